/** What a C or C++ source says of a function, as far as a symbol of its library depends on it. */

/** How the source has the function: not at all, for itself only, under a C++ name, or under its own name. */
export type Export = 'absent' | 'static' | 'mangled' | 'exported';

/**
 * How the function is defined or declared in a source. Macros, `#if` and declarations in headers are not followed: where
 * the name stands in any way that is not understood, `exported` is the answer.
 *
 * @param isC whether the file is compiled as C, which does not change names
 */
export function exportOf(source: string, name: string, isC: boolean): Export {
  const code = withoutComments(source);
  const word = new RegExp(`\\b${name.replace(/[^\w]/g, '\\$&')}\\b`);
  if (!word.test(code)) return 'absent';
  const definition = new RegExp(`(?:^|[;{}])([^;{}()#]*)\\b${name}\\s*\\(`, 'gm');
  // What stands before a definition or a declaration is its type; before a call, it is none.
  const heads = [...code.matchAll(definition)]
    .map(([, head]) => head ?? '')
    .filter((head) => /\w\s+[&*]?\s*$/.test(head) && !/\b(?:return|else|throw|new|delete|case|do)\s+$/.test(head));
  if (heads.length === 0) return 'exported';
  if (heads.every((head) => /\bstatic\b/.test(head))) return 'static';
  return isC || /extern\s*"C"/.test(code) || /#\s*define|#\s*include\s*"/.test(code) ? 'exported' : 'mangled';
}

const withoutComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ');
