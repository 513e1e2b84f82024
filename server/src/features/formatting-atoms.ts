/** The words of a pipeline that formatting moves about, with what each is. Caps and values are one word, never cut. */
import type { LaunchTree } from '../syntax/launch/tree.ts';
import type { Span } from '../text/span.ts';

/** `open` and `close` are a bin's parentheses; `pad` is `.src_0`, which belongs to the element before or behind it. */
export type Role = 'item' | 'setting' | 'link' | 'caps' | 'reference' | 'pad' | 'open' | 'close';

export interface Atom {
  readonly role: Role;
  /** The excerpt's. */
  readonly span: Span;
}

/** All words of the tree's text, in order. */
export function atomsOf({ text, tokens }: LaunchTree): Atom[] {
  const atoms: Atom[] = [];
  for (const { kind, span } of tokens) {
    switch (kind) {
      case 'LINK':
      case 'LINK_ALL':
        atoms.push(...linkAtoms(text, span));
        break;
      case 'ASSIGNMENT':
      case 'PRESET':
        atoms.push({ role: 'setting', span });
        break;
      case 'REF':
        atoms.push({ role: 'reference', span });
        break;
      case 'PADREF':
        atoms.push({ role: 'pad', span });
        break;
      case 'BINREF':
        atoms.push({ role: 'open', span });
        break;
      case 'OPERATOR':
      case 'OTHER': {
        const word = text.slice(span.start, span.end);
        atoms.push({ role: word === '(' ? 'open' : word === ')' ? 'close' : 'item', span });
        break;
      }
      default:
        atoms.push({ role: 'item', span });
    }
  }
  return atoms;
}

/** `!`, or `! caps !` as three words. */
function linkAtoms(text: string, { start, end }: Span): Atom[] {
  const open: Atom = { role: 'link', span: { start, end: start + 1 } };
  if (end - start < 2) return [{ role: 'link', span: { start, end } }];
  let from = start + 1;
  let to = end - 1;
  while (from < to && isBlank(text[from])) from++;
  while (to > from && isBlank(text[to - 1])) to--;
  const close: Atom = { role: 'link', span: { start: end - 1, end } };
  return from === to ? [open, close] : [open, { role: 'caps', span: { start: from, end: to } }, close];
}

const isBlank = (c: string | undefined): boolean => c !== undefined && ' \t\r\n'.includes(c);
