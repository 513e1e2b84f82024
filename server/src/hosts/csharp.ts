import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, type Literal, quoted } from '../text/code-tokens.ts';
import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';

// C# literals: https://learn.microsoft.com/dotnet/csharp/language-reference/builtin-types/reference-types#string-literals

const opening = /(\$*@?\$*)("{3,16}|")/y;

const dialect: CodeDialect = {
  id: 'csharp',
  lineComments: ['//'],
  blockComments: true,
  adjacent: false,
  joins: ['+'],
  linesEnd: false,
  literal(text, at): Literal | undefined {
    if (text[at] === "'") {
      return {
        ...quoted(text, at, at, "'", { escapes: 'c', holes: 'none', lines: false }),
        inner: { start: at + 1, end: at + 1 },
      };
    }
    opening.lastIndex = at;
    const hit = opening.exec(text);
    if (!hit) return undefined;
    const prefix = hit[1]!;
    const open = at + prefix.length;
    const holes = prefix.includes('$') ? 'braces' : 'none';
    if (prefix.includes('@')) return verbatim(text, at, open, holes);
    const raw = hit[2]!.length > 2;
    return quoted(text, at, open, hit[2]!, { escapes: raw ? 'none' : 'c', holes, lines: raw });
  },
};

/** `@"…"`: goes on over lines, and a doubled mark is a mark. */
function verbatim(text: string, start: number, open: number, holes: Literal['holes']): Literal {
  let end = open + 1;
  for (;;) {
    const mark = text.indexOf('"', end);
    if (mark < 0) {
      end = text.length;
      break;
    }
    end = mark;
    if (text[mark + 1] !== '"') break;
    end += 2;
  }
  return {
    kind: 'string',
    span: { start, end: Math.min(text.length, end + 1) },
    inner: { start: open + 1, end: Math.min(text.length, end) },
    escapes: 'verbatim',
    holes,
    mark: '"',
  };
}

/** C#, with verbatim, raw and interpolated strings. */
export const csharp: Host = {
  id: 'csharp',
  languageIds: ['csharp'],
  accepts: fileMatcher(['csharp'], /\.(?:cs|csx)$/),
  excerpts: (text, around) => codeExcerpts(text, around, dialect),
};
