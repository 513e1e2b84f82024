/**
 * Parentheses, matched before anything else is looked at: each pair becomes a level of its own, and one token in the
 * level around it. So the grammar needs no recursion, however deep a text nests.
 */
import { binToken, type LaunchToken } from './tokens.ts';

/** What stands between two parentheses, or the whole text. */
export interface Level {
  /** The `(` or `name.(`; undefined for the whole text. */
  readonly open: LaunchToken | undefined;
  /** The `)`, where there is one. */
  close: LaunchToken | undefined;
  /** The bin's own assignments, right behind the parenthesis. */
  readonly settings: LaunchToken[];
  /** The rest, each inner bin as one token. */
  readonly tokens: LaunchToken[];
  /** 0 for the whole text. */
  readonly depth: number;
}

/** The levels of a text in the order of their opening; the first is the whole text. A `)` too many stays a token. */
export function splitLevels(tokens: readonly LaunchToken[]): Level[] {
  let current = newLevel(undefined, 0);
  const levels = [current];
  const around: Level[] = [];
  let heading = false;
  const leave = (close: LaunchToken | undefined, endOffset: number): void => {
    const left = current;
    left.close = close;
    current = around.pop()!;
    current.tokens.push(binToken(left.open!, endOffset, left));
    heading = false;
  };
  for (const token of tokens) {
    if (isOpener(token)) {
      around.push(current);
      current = newLevel(token, around.length);
      levels.push(current);
      heading = true;
    } else if (isCloser(token) && around.length > 0) {
      leave(token, token.endOffset);
    } else if (heading && token.kind === 'ASSIGNMENT') {
      current.settings.push(token);
    } else {
      heading = false;
      current.tokens.push(token);
    }
  }
  const end = tokens.at(-1)?.endOffset ?? -1;
  while (around.length > 0) leave(undefined, end);
  return levels;
}

const newLevel = (open: LaunchToken | undefined, depth: number): Level => ({
  open,
  close: undefined,
  settings: [],
  tokens: [],
  depth,
});

const isOpener = (token: LaunchToken): boolean =>
  token.kind === 'BINREF' || (token.kind === 'OPERATOR' && token.image === '(');
const isCloser = (token: LaunchToken): boolean => token.kind === 'OPERATOR' && token.image === ')';
