/** Every path that is written in a reading: properties that hold one, `file:` URIs, and keys that name a file. */
import type { Reading } from '../model/read.ts';
import { HOLE } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';
import { isPath } from './completion/properties.ts';

export interface WrittenPath {
  readonly span: Span;
  /** Relative ones count from the document's folder. */
  readonly path: string;
}

/** In the order of the text. Patterns such as `%05d` and device nodes are no files. */
export function writtenPaths(reading: Reading): WrittenPath[] {
  const found: WrittenPath[] = [];
  const add = (span: Span, written: string): void => {
    const path = written.trim().replace(/^file:\/\/(?=\/)|^file:(?!\/\/)/, '');
    const skipped = written.trim().length - path.length;
    if (path === '' || /^[a-z][\w+.-]*:\/\//i.test(path) || /%\d*d|%s|[\n*]/.test(path) || path.includes(HOLE)) return;
    if (path.startsWith('/dev/')) return;
    found.push({ span: { start: span.start + skipped, end: span.end }, path });
  };
  if (reading.kind === 'launch') {
    for (const element of reading.pipeline.elements) {
      for (const { name, value, valueSpan, spec } of element.settings) {
        if (value === undefined || (spec && spec.type.kind !== 'string')) continue;
        const uri = name === 'uri' && value.startsWith('file:');
        if (!uri && !isPath(name)) continue;
        const at = reading.excerpt.text.slice(valueSpan.start, valueSpan.end).indexOf(value);
        if (at < 0) continue;
        add({ start: valueSpan.start + at, end: valueSpan.start + at + value.length }, value);
      }
    }
    return found;
  }
  for (const section of reading.config.sections) {
    for (const key of section.keys) {
      const { spec } = key;
      if (key.nested || !spec) continue;
      const uri = key.name === 'uri' && key.value.startsWith('file:');
      if (!uri && spec.file === undefined && spec.holds === undefined) continue;
      if (key.items && key.items.length > 0) for (const item of key.items) add(item.span, item.text);
      else if (spec.type.kind !== 'list') add(key.valueSpan, key.value);
      else {
        let at = key.valueSpan.start;
        for (const piece of key.value.split(spec.type.separator)) {
          add({ start: at, end: at + piece.length }, piece);
          at += piece.length + 1;
        }
      }
    }
  }
  return found;
}
