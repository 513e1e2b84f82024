import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, type Literal, lineEnd, quoted } from '../text/code-tokens.ts';
import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';

// C and C++ literals: ISO C17 6.4.5, ISO C++20 [lex.string].

const raw = /(?:u8|[uUL])?R"([^()\\\s]{0,16})\(/y;
const plain = /(?:u8|[uUL])?"/y;
const character = /(?:u8|[uUL])?'(?:\\.[^'\n]{0,8}|[^'\\\n]{1,4})'/y;

const dialect: CodeDialect = {
  id: 'c',
  lineComments: ['//'],
  blockComments: true,
  adjacent: true,
  joins: ['+', '<<'],
  linesEnd: false,
  literal(text, at): Literal | undefined {
    raw.lastIndex = at;
    const rawHit = raw.exec(text);
    if (rawHit) {
      const mark = `)${rawHit[1]!}"`;
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
    if (hit) return quoted(text, at, at + hit[0].length - 1, '"', { escapes: 'c', holes: 'none', lines: false });
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

/** C, C++ and their kin, with adjacent, raw and formatted strings. */
export const c: Host = {
  id: 'c',
  languageIds: ['c', 'cpp', 'cuda-cpp', 'objective-c', 'objective-cpp'],
  accepts: fileMatcher(
    ['c', 'cpp', 'cuda-cpp', 'objective-c', 'objective-cpp'],
    /\.(?:c|h|cc|cpp|cxx|c\+\+|hh|hpp|hxx|h\+\+|inl|ipp|tpp|cu|cuh|m|mm|ino|vala)$/i,
  ),
  excerpts: (text, around) => codeExcerpts(text, around, dialect),
};
