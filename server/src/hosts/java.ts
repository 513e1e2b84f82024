import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, quoted } from '../text/code-tokens.ts';
import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';

// Java's literals: Java Language Specification 3.10.5, 3.10.6. The indentation of text blocks is left in: blanks
// between words mean nothing in a pipeline.

const dialect: CodeDialect = {
  id: 'java',
  lineComments: ['//'],
  blockComments: true,
  adjacent: false,
  joins: ['+'],
  linesEnd: false,
  literal(text, at) {
    if (text.startsWith('"""', at)) return quoted(text, at, at, '"""', { escapes: 'c', holes: 'none', lines: true });
    if (text[at] === '"') return quoted(text, at, at, '"', { escapes: 'c', holes: 'none', lines: false });
    if (text[at] === "'")
      return {
        ...quoted(text, at, at, "'", { escapes: 'c', holes: 'none', lines: false }),
        inner: { start: at + 1, end: at + 1 },
      };
    return undefined;
  },
};

/** Java and Kotlin, with text blocks and `String.format`. */
export const java: Host = {
  id: 'java',
  languageIds: ['java', 'kotlin'],
  accepts: fileMatcher(['java', 'kotlin'], /\.(?:java|kt|kts)$/),
  excerpts: (text, around) => codeExcerpts(text, around, dialect),
};
