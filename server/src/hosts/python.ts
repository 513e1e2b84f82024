import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, type Literal, quoted } from '../text/code-tokens.ts';
import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';

// Python's literals: https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals

const opening = /([rRbBfFuUtT]{0,3})("""|'''|"|')/y;

const dialect: CodeDialect = {
  id: 'python',
  lineComments: ['#'],
  blockComments: false,
  adjacent: true,
  joins: ['+', '%'],
  linesEnd: true,
  literal(text, at): Literal | undefined {
    opening.lastIndex = at;
    const hit = opening.exec(text);
    if (!hit) return undefined;
    const prefix = hit[1]!.toLowerCase();
    const mark = hit[2]!;
    const literal = quoted(text, at, at + prefix.length, mark, {
      escapes: 'python',
      holes: prefix.includes('f') || prefix.includes('t') ? 'braces' : 'none',
      lines: mark.length === 3,
    });
    return prefix.includes('r') ? { ...literal, escapes: 'none' } : literal;
  },
};

/** Python, with its raw, formatted and triple-quoted strings. */
export const python: Host = {
  id: 'python',
  languageIds: ['python'],
  accepts: fileMatcher(['python'], /\.(?:py|pyw|pyi|ipy)$|\/(?:SConstruct|SConscript|wscript)$/),
  excerpts: (text, around) => codeExcerpts(text, around, dialect),
};
