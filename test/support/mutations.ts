/** Changes a text at random, reproducibly, in the ways that matter to a reader of key files. */

const PIECES = [
  '[',
  ']',
  '=',
  '#',
  ';',
  '\\',
  ' ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\f',
  '\v',
  '\0',
  '"',
  '//',
  '[]',
  '[a]',
  '[x] # y',
  'k=v',
  'k[de]=v',
  'k[C]=v',
  'Encoding=UTF-8',
  'Encoding=latin1',
  '; note',
  ';k=1',
  'true',
  'True',
  '-1',
  '1.5',
  '1e3',
  '0x1f',
  'inf',
  'nan',
  '99999999999',
  '2147483648',
  '1;2;3',
  '1;;2',
  '; ;',
  '\\s',
  '\\q',
  '\\;',
  'é',
  '😀',
  '\ufeff',
  ' = ',
  '==',
  ':',
];

/**
 * The text with one to four changes: pieces put in or exchanged, stretches removed, doubled or moved, lines broken.
 * `pieces` are what is put in; those of key files where none are given.
 */
export function mutate(text: string, next: () => number, pieces: readonly string[] = PIECES): string {
  const below = (n: number): number => Math.floor(next() * n);
  let out = text;
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const lines = next() < 0.3 ? out.split('\n') : [];
    const at = lines.length > 0 ? lines.slice(0, below(lines.length)).join('\n').length : below(out.length + 1);
    const length = next() < 0.8 ? below(8) : below(Math.max(1, out.length >> 3));
    const piece = pieces[below(pieces.length)]!;
    const kind = below(5);
    if (kind === 0) out = out.slice(0, at) + piece + out.slice(at);
    else if (kind === 1) out = out.slice(0, at) + piece + out.slice(at + 1 + below(3));
    else if (kind === 2) out = out.slice(0, at) + out.slice(at + length);
    else if (kind === 3) out = out.slice(0, at + length) + out.slice(at);
    else {
      const taken = out.slice(at, at + length);
      const rest = out.slice(0, at) + out.slice(at + length);
      const to = below(rest.length + 1);
      out = rest.slice(0, to) + taken + rest.slice(to);
    }
  }
  return out;
}
