import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, type Literal, opaque, quoted, rawString } from '../text/code-tokens.ts';
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
    if (rawHit) return rawString(text, at, at + rawHit[0].length, `)${rawHit[1]!}"`);
    plain.lastIndex = at;
    const hit = plain.exec(text);
    if (hit) return quoted(text, at, at + hit[0].length - 1, '"', { escapes: 'c', holes: 'none', lines: false });
    character.lastIndex = at;
    const sign = character.exec(text);
    return sign ? opaque(at, at + sign[0].length, "'") : undefined;
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
