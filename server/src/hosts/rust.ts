import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, type Literal, lineEnd, quoted } from '../text/code-tokens.ts';
import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';

// Rust's literals: https://doc.rust-lang.org/reference/tokens.html#character-and-string-literals

const raw = /(?:br|cr|r)(#{0,20})"/y;
const plain = /[bc]?"/y;
const character = /b?'(?:\\[^\n]{1,12}?|[^'\\\n])'/y;

const dialect: CodeDialect = {
  id: 'rust',
  lineComments: ['//'],
  blockComments: true,
  adjacent: false,
  joins: ['+'],
  linesEnd: false,
  literal(text, at): Literal | undefined {
    raw.lastIndex = at;
    const rawHit = raw.exec(text);
    if (rawHit) {
      const mark = `"${rawHit[1]!}`;
      const inner = at + rawHit[0].length;
      const close = text.indexOf(mark, inner);
      const end = close < 0 ? lineEnd(text, inner) : close;
      return {
        kind: 'string',
        span: { start: at, end: close < 0 ? end : close + mark.length },
        inner: { start: inner, end },
        escapes: 'none',
        holes: 'none',
        mark,
      };
    }
    plain.lastIndex = at;
    const hit = plain.exec(text);
    if (hit) return quoted(text, at, at + hit[0].length - 1, '"', { escapes: 'rust', holes: 'none', lines: true });
    character.lastIndex = at;
    const sign = character.exec(text);
    if (!sign) return undefined;
    const end = at + sign[0].length;
    return {
      kind: 'string',
      span: { start: at, end },
      inner: { start: end - 1, end: end - 1 },
      escapes: 'none',
      holes: 'none',
      mark: "'",
    };
  },
};

/** Rust, with raw strings, `concat!` and the `format!` family. */
export const rust: Host = {
  id: 'rust',
  languageIds: ['rust'],
  accepts: fileMatcher(['rust'], /\.rs$/),
  excerpts: (text, around) => codeExcerpts(text, around, dialect),
};
