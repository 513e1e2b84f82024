import { Lift, type Lifted, type Writer } from './lifted.ts';
import { cEscape } from './words.ts';

// The values of YAML's scalars with a map back: quotes, escapes, folding and indentation undone (YAML 1.2.2, chapters
// 7.3 and 8.1). The caller knows the value that the YAML parser gave, and checks this one against it.

/** How a scalar is written. */
export type ScalarStyle = 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' | 'BLOCK_LITERAL' | 'BLOCK_FOLDED';

/** The value of the scalar whose source stands from `start` to `end`, marks and header included. */
export function liftScalar(text: string, start: number, end: number, style: ScalarStyle): Lifted {
  if (style === 'BLOCK_LITERAL' || style === 'BLOCK_FOLDED') return block(text, start, end, style === 'BLOCK_FOLDED');
  const quotes = style === 'PLAIN' ? 0 : 1;
  return flow(text, start + quotes, Math.max(start + quotes, end - quotes), style);
}

const doubleWriter: Writer = (text) => text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
const singleWriter: Writer = (text) => text.replaceAll("'", "''");
const plainWriter: Writer = (text) => text;

function flow(text: string, start: number, end: number, style: ScalarStyle): Lifted {
  const write = style === 'QUOTE_DOUBLE' ? doubleWriter : style === 'QUOTE_SINGLE' ? singleWriter : plainWriter;
  const lift = new Lift();
  let from = start;
  for (let at = start; at < end; ) {
    const c = text[at]!;
    if (c === '\n' || (c === '\r' && text[at + 1] === '\n')) {
      // Blanks around line ends are no content; one line end is a blank, more are one fewer.
      let before = at;
      while (before > from && (text[before - 1] === ' ' || text[before - 1] === '\t')) before--;
      lift.copy(text, from, before, write);
      let lines = 0;
      let next = at;
      while (next < end && ' \t\r\n'.includes(text[next]!)) {
        if (text[next] === '\n') lines++;
        next++;
      }
      lift.put(lines === 1 ? ' ' : '\n'.repeat(lines - 1), { start: before, end: next }, write);
      at = next;
      from = next;
    } else if (style === 'QUOTE_SINGLE' && c === "'" && text[at + 1] === "'") {
      lift.copy(text, from, at, write).put("'", { start: at, end: at + 2 }, write);
      at += 2;
      from = at;
    } else if (style === 'QUOTE_DOUBLE' && c === '\\') {
      lift.copy(text, from, at, write);
      const newline = text[at + 1] === '\n' ? 1 : text[at + 1] === '\r' && text[at + 2] === '\n' ? 2 : 0;
      if (newline) {
        at += 1 + newline;
        while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
      } else {
        const undone =
          text[at + 1] === '/' || text[at + 1] === ' ' ? { text: text[at + 1]!, length: 2 } : cEscape(text, at);
        lift.put(undone.text, { start: at, end: Math.min(end, at + undone.length) }, write);
        at += undone.length;
      }
      from = at;
    } else at++;
  }
  return lift.copy(text, Math.min(from, end), end, write).done();
}

function block(text: string, start: number, end: number, folded: boolean): Lifted {
  const headerEnd = text.indexOf('\n', start);
  if (headerEnd < 0 || headerEnd >= end) return new Lift().done();
  const header = text.slice(start, headerEnd);
  const chomp = /^[|>]\d?-|^[|>]-/.test(header) ? 'strip' : /^[|>]\d?\+|^[|>]\+/.test(header) ? 'keep' : 'clip';
  const lines: { start: number; end: number; next: number }[] = [];
  for (let at = headerEnd + 1; at < end; ) {
    const newline = text.indexOf('\n', at);
    const stop = newline < 0 || newline >= end ? end : newline;
    const lineStop = stop > at && text[stop - 1] === '\r' ? stop - 1 : stop;
    lines.push({ start: at, end: lineStop, next: Math.min(end, stop + 1) });
    at = stop + 1;
  }
  const filled = lines.find((line) => text.slice(line.start, line.end).trim() !== '');
  const indent = filled ? /^ */.exec(text.slice(filled.start, filled.end))![0].length : 0;
  const write: Writer = (value) => value.replaceAll('\n', `\n${' '.repeat(indent)}`);
  let last = lines.length - 1;
  while (last >= 0 && text.slice(lines[last]!.start, lines[last]!.end).trim() === '') last--;
  const lift = new Lift();
  for (let i = 0; i <= last; i++) {
    const line = lines[i]!;
    lift.copy(text, Math.min(line.start + indent, line.end), line.end, write);
    const ending = { start: line.end, end: line.next };
    if (i === last) {
      if (chomp !== 'strip' && line.next > line.end) lift.put('\n', ending, write);
      continue;
    }
    const next = lines[i + 1]!;
    const isEmpty = (l: { start: number; end: number }): boolean => l.end - l.start <= indent;
    const more = (l: { start: number; end: number }): boolean => !isEmpty(l) && ' \t'.includes(text[l.start + indent]!);
    const nextStart = Math.min(next.start + indent, next.end);
    if (!folded) lift.put('\n', { start: line.end, end: nextStart }, write);
    else if (isEmpty(line)) {
      lift.put('\n', { start: line.end, end: nextStart }, write);
    } else if (isEmpty(next)) {
      // The line end before empty lines is dropped, unless a line beside them is indented further.
      let after = i + 1;
      while (after < last && isEmpty(lines[after]!)) after++;
      if (more(line) || more(lines[after]!)) lift.put('\n', { start: line.end, end: nextStart }, write);
    } else lift.put(more(line) || more(next) ? '\n' : ' ', { start: line.end, end: nextStart }, write);
  }
  if (chomp === 'keep')
    for (let i = last + 1; i < lines.length; i++)
      lift.put('\n', { start: lines[i]!.start, end: lines[i]!.next }, write);
  return lift.done();
}
