import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, type Literal, opaque, quoted } from '../text/code-tokens.ts';
import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';

// JavaScript's literals: ECMA-262 12.9.4 and 12.9.6. Regular expressions are passed over where one may stand.

const expression = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;

const dialect: CodeDialect = {
  id: 'javascript',
  lineComments: ['//'],
  blockComments: true,
  adjacent: false,
  joins: ['+'],
  linesEnd: false,
  literal(text, at): Literal | undefined {
    const c = text[at];
    if (c === '"' || c === "'") return quoted(text, at, at, c, { escapes: 'c', holes: 'none', lines: false });
    if (c === '`') return template(text, at);
    if (c !== '/' || !mayBeExpression(text, at)) return undefined;
    expression.lastIndex = at;
    const hit = expression.exec(text);
    return hit ? opaque(at, at + hit[0].length, '/') : undefined;
  },
};

/** A template goes on over lines; what stands between `${` and its `}` may hold strings and templates. */
function template(text: string, start: number): Literal {
  let depth = 0;
  let end = start + 1;
  for (; end < text.length; end++) {
    const c = text[end];
    if (c === '\\') end++;
    else if (depth === 0 && c === '`') break;
    else if (c === '$' && text[end + 1] === '{') {
      depth++;
      end++;
    } else if (depth > 0 && c === '}') depth--;
    else if (depth > 0 && c === '{') depth++;
  }
  const inner = Math.min(end, text.length);
  return {
    kind: 'string',
    span: { start, end: Math.min(text.length, end + 1) },
    inner: { start: start + 1, end: inner },
    escapes: 'c',
    holes: 'dollar',
    mark: '`',
  };
}

/** A slash divides behind a value, and begins an expression elsewhere. */
function mayBeExpression(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && at - before < 200 && ' \t\r\n'.includes(text[before]!)) before--;
  return before < 0 || '(,=:[!&|?{};+-*%<>~^'.includes(text[before]!);
}

const languageIds = ['javascript', 'typescript', 'javascriptreact', 'typescriptreact', 'vue', 'svelte'];

/** JavaScript and TypeScript, with templates. */
export const javascript: Host = {
  id: 'javascript',
  languageIds,
  accepts: fileMatcher(languageIds, /\.(?:js|mjs|cjs|jsx|ts|mts|cts|tsx|vue|svelte)$/),
  excerpts: (text, around) => codeExcerpts(text, around, dialect),
};
