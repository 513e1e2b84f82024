import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, quoted } from '../text/code-tokens.ts';
import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';

// Go's literals: https://go.dev/ref/spec#String_literals

const dialect: CodeDialect = {
  id: 'go',
  lineComments: ['//'],
  blockComments: true,
  adjacent: false,
  joins: ['+'],
  linesEnd: true,
  literal(text, at) {
    if (text[at] === '"') return quoted(text, at, at, '"', { escapes: 'c', holes: 'none', lines: false });
    if (text[at] === '`') return quoted(text, at, at, '`', { escapes: 'none', holes: 'none', lines: true });
    if (text[at] === "'")
      return {
        ...quoted(text, at, at, "'", { escapes: 'c', holes: 'none', lines: false }),
        inner: { start: at + 1, end: at + 1 },
      };
    return undefined;
  },
};

/** Go, with raw strings and `fmt.Sprintf`. */
export const go: Host = {
  id: 'go',
  languageIds: ['go'],
  accepts: fileMatcher(['go'], /\.go$/),
  excerpts: (text, around) => codeExcerpts(text, around, dialect),
};
