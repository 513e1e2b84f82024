/** Which class a number in a configuration of nvinfer means, and which file gives it its label. */
import { keyNamed } from '../model/config-file.ts';
import type { Reading } from '../model/read.ts';
import { type Span, touches } from '../text/span.ts';

export interface ClassNumber {
  /** Counted from 0, as the lines of the label file are. */
  readonly number: number;
  /** As the configuration writes it. */
  readonly file: string;
  readonly span: Span;
}

/** The class of a `[class-attrs-2]`, or the one that a list of classes names, at the offset. */
export function classAt(reading: Reading, offset: number): ClassNumber | undefined {
  if (reading.kind !== 'config') return undefined;
  const file = keyNamed(reading.config, 'property', 'labelfile-path')?.value.trim();
  if (file === undefined || file === '') return undefined;
  for (const { spec, number, nameSpan, keys } of reading.config.sections) {
    if (touches(nameSpan, offset)) {
      return spec?.name === 'class-attrs-%u' && number !== undefined ? { number, file, span: nameSpan } : undefined;
    }
    const list = keys.find(({ name, valueSpan }) => name === 'filter-out-class-ids' && touches(valueSpan, offset));
    for (const match of list?.value.matchAll(/\d+/g) ?? []) {
      const start = list!.valueSpan.start + match.index;
      const span = { start, end: start + match[0].length };
      if (touches(span, offset)) return { number: Number(match[0]), file, span };
    }
  }
  return undefined;
}
