import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, type Literal, opaque, quoted, rawString } from '../text/code-tokens.ts';
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
    if (rawHit) return rawString(text, at, at + rawHit[0].length, `"${rawHit[1]!}`);
    plain.lastIndex = at;
    const hit = plain.exec(text);
    if (hit) return quoted(text, at, at + hit[0].length - 1, '"', { escapes: 'rust', holes: 'none', lines: true });
    character.lastIndex = at;
    const sign = character.exec(text);
    return sign ? opaque(at, at + sign[0].length, "'") : undefined;
  },
};

/** Rust, with raw strings, `concat!` and the `format!` family. */
export const rust: Host = {
  id: 'rust',
  languageIds: ['rust'],
  accepts: fileMatcher(['rust'], /\.rs$/),
  excerpts: (text, around) => codeExcerpts(text, around, dialect),
};
