/** Label files of nvinfer: one line a class, empty lines at the end not counted. */

/** The labels in order; of a classifier's line with several, the line as a whole. */
export function labelsIn(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
