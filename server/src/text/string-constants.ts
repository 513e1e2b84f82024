import type { CodeToken } from './code-tokens.ts';

// Which names of a program stand for one string: those that are given a value once in the file, and are no parameter
// and no loop's variable. Whether that value is a string is for the reader of strings to say.

/** The brackets of a program by pairs of tokens. */
export interface Brackets {
  readonly close: ReadonlyMap<number, number>;
  readonly open: ReadonlyMap<number, number>;
}

/** Matches round, square and curly brackets. One that does not fit is left alone, so that one slip does not undo all others. */
export function matchBrackets(tokens: readonly CodeToken[]): Brackets {
  const close = new Map<number, number>();
  const open = new Map<number, number>();
  const stack: { index: number; sign: string }[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'sign') return;
    if ('([{'.includes(token.text)) stack.push({ index, sign: token.text });
    else if (')]}'.includes(token.text)) {
      const top = stack.at(-1);
      if (top?.sign !== '([{'[')]}'.indexOf(token.text)]) return;
      stack.pop();
      close.set(top!.index, index);
      open.set(index, top!.index);
    }
  });
  return { close, open };
}

/** The names with the token at which their only value begins. */
export function stringConstants(
  text: string,
  tokens: readonly CodeToken[],
  brackets: Brackets,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const several = new Set<string>();
  const never = (index: number): void => {
    const token = tokens[index];
    if (token?.kind === 'word') several.add(token.text);
  };
  const note = (name: string, value: number): void => {
    if (found.has(name) || value >= tokens.length) several.add(name);
    else found.set(name, value);
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind === 'word') {
      if (token.text === 'define' && isSign(tokens[i - 1], '#')) {
        const name = tokens[i + 1];
        if (name?.kind === 'word') note(name.text, i + 2);
      } else if (token.text === 'for') never(i + 1);
      else if (introducesParameters.has(token.text)) parameters(tokens, i, brackets).forEach(never);
      else if (isParameter(tokens, i)) several.add(token.text);
    } else if (token.kind === 'sign') {
      if (token.text === '+=' || token.text === '<<=' || token.text === '++') never(i - 1);
      else if (token.text === '=' || token.text === ':=') {
        const name = assignedName(text, tokens, i);
        if (name !== undefined) note(name, i + 1);
      } else if (token.text === '=>' && isSign(tokens[i - 1], ')'))
        parameters(tokens, (brackets.open.get(i - 1) ?? i) - 1, brackets).forEach(never);
    }
  }
  for (const name of several) found.delete(name);
  return found;
}

const introducesParameters = new Set(['def', 'fn', 'func', 'function', 'lambda']);

/** The words between the parentheses that follow a token closely. */
function parameters(tokens: readonly CodeToken[], index: number, brackets: Brackets): number[] {
  for (let open = index + 1; open <= index + 3; open++) {
    if (!isSign(tokens[open], '(')) continue;
    const close = brackets.close.get(open);
    if (close === undefined || close - open > 200) return [];
    return Array.from({ length: close - open - 1 }, (_, offset) => open + 1 + offset);
  }
  return [];
}

/** `const char *name,` and `String name)`: a type before a name, and an end of a parameter behind it. */
function isParameter(tokens: readonly CodeToken[], index: number): boolean {
  if (!isSign(tokens[index + 1], ',') && !isSign(tokens[index + 1], ')')) return false;
  const before = tokens[index - 1];
  if (before?.kind === 'word')
    return !/^(?:return|in|new|await|not|and|or|if|else|is|yield|case|mut|ref|out)$/.test(before.text);
  return (isSign(before, '*') || isSign(before, '&')) && tokens[index - 2]?.kind === 'word';
}

/** The name on the left of an assignment; undefined where it is no plain name. */
function assignedName(text: string, tokens: readonly CodeToken[], equals: number): string | undefined {
  let at = equals - 1;
  if (isSign(tokens[at], ']') && isSign(tokens[at - 1], '[')) at -= 2;
  let name = tokens[at];
  // `NAME: &'static str = …`, `NAME: string = …`, `const NAME string = …`.
  if (name?.kind === 'word' && /^(?:str|String|string|char|AnyStr)$/.test(name.text)) {
    let back = at - 1;
    while (back > at - 6 && (isSign(tokens[back], '&') || isSign(tokens[back], "'") || isWord(tokens[back], 'static')))
      back--;
    if (isSign(tokens[back], ':')) name = tokens[back - 1];
    else if (tokens[back]?.kind === 'word') name = tokens[back];
  }
  if (name?.kind !== 'word') return undefined;
  if (isSign(tokens[at - 1], '.') || isSign(tokens[at - 1], '->')) {
    const owner = tokens[at - 2];
    if (!owner || !/^(?:self|this)$/.test(text.slice(owner.span.start, owner.span.end))) return undefined;
  }
  return name.text;
}

const isSign = (token: CodeToken | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text;
const isWord = (token: CodeToken | undefined, text: string): boolean => token?.kind === 'word' && token.text === text;
