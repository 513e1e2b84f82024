/** The grammar and the lexer, made once with the validations that the product leaves out for a quick start. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CapsParser } from '../../../server/src/syntax/caps/parser.ts';
import { makeLexer } from '../../../server/src/syntax/caps/tokens.ts';

/** Chevrotain's validations use Object.groupBy, which Node 20 does not have. */
function groupBy<T>(items: Iterable<T>, key: (item: T, index: number) => string): Record<string, T[]> {
  const groups: Record<string, T[]> = {};
  let index = 0;
  for (const item of items) (groups[key(item, index++)] ??= []).push(item);
  return groups;
}

it('is a sound grammar', () => {
  if (!('groupBy' in Object))
    Object.defineProperty(Object, 'groupBy', { value: groupBy, configurable: true, writable: true });
  assert.doesNotThrow(() => new CapsParser(false));
});

it('has a sound lexer', () => {
  assert.deepEqual(makeLexer(false).lexerDefinitionErrors, []);
});
