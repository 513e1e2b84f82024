/** Finds caps in JSON: the `caps` of pads anywhere in a table, and the filters of `pipeline` texts. */

/** The caps texts of a JSON file, or of one with a JSON value on each line. What is no JSON holds none. */
export function capsTexts(file: string, lines: boolean): string[] {
  const found: string[] = [];
  for (const text of lines ? file.split('\n') : [file]) {
    try {
      collect(JSON.parse(text) as unknown, found);
    } catch {
      // Not JSON; other files may lie in the folder.
    }
  }
  return found;
}

function collect(value: unknown, into: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== 'string') collect(item, into);
      else if (key === 'caps') into.push(item);
      else if (key === 'pipeline') into.push(...filtersOf(item));
    }
  }
}

/** What stands between two links and begins like a media type. */
function filtersOf(pipeline: string): string[] {
  return pipeline
    .split('!')
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/s, '$2'))
    .filter((part) => /^[a-z]+\/[\w.+-]+/.test(part));
}
