import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, quoted } from '../text/code-tokens.ts';
import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';

// JSON's strings (RFC 8259, section 7), also where comments stand between them. The document need not be well formed.

const dialect: CodeDialect = {
  id: 'json',
  lineComments: ['//'],
  blockComments: true,
  adjacent: false,
  joins: [],
  linesEnd: false,
  keys: true,
  literal: (text, at) =>
    text[at] === '"' ? quoted(text, at, at, '"', { escapes: 'c', holes: 'none', lines: false }) : undefined,
};

/** JSON, with or without comments. */
export const json: Host = {
  id: 'json',
  languageIds: ['json', 'jsonc', 'json5', 'jsonl'],
  accepts: fileMatcher(['json', 'jsonc', 'json5', 'jsonl'], /\.(?:json|jsonc|json5|jsonl|ipynb|code-workspace)$/),
  excerpts: (text, around) => codeExcerpts(text, around, dialect),
};
