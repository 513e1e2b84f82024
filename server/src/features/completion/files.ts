/** Paths beside the document, folder by folder. */
import type { Span } from '../../text/span.ts';
import { type Nearby, type Suggestion, suits } from './suggestion.ts';

const MOST = 200;

/** What stands in the folder that the path so far names; `endings` puts those files in front. */
export function files(
  prefix: string,
  span: Span,
  { list }: Pick<Nearby, 'list'>,
  endings: readonly string[] = [],
): Suggestion[] {
  const slash = prefix.lastIndexOf('/') + 1;
  const wanted = prefix.slice(slash);
  const within = { start: span.start + slash, end: span.end };
  const usual = (name: string): number => Number(!endings.some((ending) => name.endsWith(ending)));
  return list(prefix.slice(0, slash))
    .filter((name) => suits(wanted, name) && (wanted.startsWith('.') || !name.startsWith('.')))
    .sort((a, b) => usual(a) - usual(b) || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map((name) => ({
      label: name,
      kind: name.endsWith('/') ? 'folder' : 'file',
      span: within,
      goesOn: name.endsWith('/'),
    }));
}
