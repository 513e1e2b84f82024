/**
 * The door of the room: gst-launch text to its tree and its problems. It never throws, and says of every text whether
 * GStreamer's own parser takes it.
 */

import { explain } from './explain.ts';
import { LaunchGrammar, type LevelCst } from './grammar.ts';
import { splitLevels } from './levels.ts';
import { Lowering } from './lower.ts';
import { type LaunchOptions, type LaunchToken, plainToken, tokenize } from './tokens.ts';
import type { Chain, LaunchTree } from './tree.ts';

export type { LaunchOptions } from './tokens.ts';
export { accepted, crash } from './verdict.ts';

/** The tree of a gst-launch text, as GStreamer reads it. */
export function parseLaunch(text: string, options: LaunchOptions = {}): LaunchTree {
  const tokens = tokenize(text, options);
  const read = options.arch === 'x86_64' ? tokens.slice(0, silentEnd(tokens)) : tokens;
  const levels = splitLevels(read);
  const lowering = new Lowering(options, read.length);
  grammar ??= new LaunchGrammar({ skipValidations: true });
  let chains: readonly Chain[] = [];
  for (let i = levels.length - 1; i >= 0; i--) {
    const level = levels[i]!;
    grammar.input = level.tokens;
    chains = lowering.level(level, grammar.level() as unknown as LevelCst);
  }
  return {
    kind: 'launch',
    text,
    chains,
    tokens: tokens.map(plainToken),
    problems: explain({ text, tokens, read, levels, chains, refusals: lowering.refusals }),
  };
}

let grammar: LaunchGrammar | undefined;

/** The first token at which the lexer hands out a negative number on x86_64, which its parser takes for the end. */
function silentEnd(tokens: readonly LaunchToken[]): number {
  const end = tokens.findIndex((token) => token.kind === 'OTHER' && token.image.charCodeAt(0) > 127);
  return end < 0 ? tokens.length : end;
}
