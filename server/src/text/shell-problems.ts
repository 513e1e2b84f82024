import type { HostProblem } from './excerpt.ts';
import { shellWord, wordText } from './shell-words.ts';
import type { Span } from './span.ts';
import type { Word } from './words.ts';

// What the shell makes of a command that its author did not mean. Spans are those of the script.

/** How the arguments of a command ended. */
export interface CommandEnd {
  readonly kind: 'newline' | 'operator' | 'comment' | 'end';
  readonly span: Span;
  /** The operator. */
  readonly text?: string;
}

/** The problems in the arguments of one gst-launch command. */
export function commandProblems(args: readonly Word[], end: CommandEnd, script: string, limit: number): HostProblem[] {
  const problems: HostProblem[] = [];
  for (const word of args) {
    const parenthesis = word.pieces.find(
      (piece) => piece.quote === 'none' && !piece.expansion && /[()]/.test(piece.text),
    );
    if (parenthesis) problems.push(unquotedParenthesis(word, parenthesis.span.start + parenthesis.text.search(/[()]/)));
    if (word.unbalanced !== undefined) problems.push(unbalancedQuote(word.unbalanced, script));
    const blank = blankAfterBackslash(word, script, limit);
    if (blank) problems.push(blank);
  }
  const last = args.at(-1);
  if (!last) return problems;
  if (end.kind === 'newline') problems.push(...lostContinuation(last, end.span, script, limit));
  if (end.kind === 'comment') problems.push(...commentWithin(last, end.span, script, limit));
  if (end.kind === 'operator') problems.push(...operatorWithin(last, end, script, limit));
  return problems;
}

/** Whether a word is what `\` and a blank at the end of a line become. */
export const isBlankAfterBackslash = (word: Word, script: string, limit: number): boolean =>
  blankAfterBackslash(word, script, limit) !== undefined;

function unquotedParenthesis(word: Word, at: number): HostProblem {
  const quotable = word.pieces.every((piece) => piece.quote === 'none' && !piece.expansion);
  const plain = wordText(word);
  return {
    rule: 'shell-unquoted-parenthesis',
    severity: 'error',
    span: { start: at, end: at + 1 },
    message: `A parenthesis outside quotes is the shell's own: it stops with "syntax error near unexpected token" and starts nothing. Put ${plain.length > 60 ? 'the word' : plain} in quotes.`,
    ...(quotable && {
      fixes: [{ title: 'Put it in single quotes', edits: [{ span: word.span, text: shellWord(plain) }], safe: true }],
    }),
  };
}

const unbalancedQuote = (at: number, script: string): HostProblem => ({
  rule: 'shell-unbalanced-quote',
  severity: 'error',
  span: { start: at, end: at + 1 },
  message: `This ${script[at] === '"' ? 'double' : 'single'} quotation mark is never closed, so the shell waits for more and starts nothing. Close it, or remove it.`,
});

function blankAfterBackslash(word: Word, script: string, limit: number): HostProblem | undefined {
  const last = word.pieces.at(-1);
  if (last?.quote !== 'escaped' || (last.text !== ' ' && last.text !== '\t')) return undefined;
  let end = last.span.end;
  while (end < limit && (script[end] === ' ' || script[end] === '\t')) end++;
  const newline = script[end] === '\n' || (script[end] === '\r' && script[end + 1] === '\n');
  if (end >= limit || !newline) return undefined;
  const span = { start: last.span.start + 1, end };
  return {
    rule: 'shell-blank-after-backslash',
    severity: 'error',
    span,
    message:
      'A backslash continues a line only if nothing stands behind it. The blank after this one ends the command here, and the next line is run as another command. Remove the blank.',
    fixes: [{ title: 'Remove the blank', edits: [{ span, text: '' }], safe: true }],
  };
}

function lostContinuation(last: Word, newline: Span, script: string, limit: number): HostProblem[] {
  const endsInLink = wordText(last) === '!' || /\S!$/.test(wordText(last));
  const next = firstLine(script, newline.end, limit);
  const goesOn = /^[ \t]*!(?:[ \t]|\\?\r?$)/.test(next) && !/^[ \t]*![ \t]+(?:\[|test\b|command\b|grep\b)/.test(next);
  if (!goesOn && !(endsInLink && next.trim() !== '')) return [];
  const at = last.span.end;
  return [
    {
      rule: 'shell-lost-continuation',
      severity: 'error',
      span: { start: Math.max(last.span.start, at - 1), end: at },
      message:
        'The command ends with this line, because no backslash stands at its end; what follows is run as another command. Add a backslash at the end of the line.',
      fixes: [
        {
          title: 'Continue the line with a backslash',
          edits: [{ span: { start: at, end: at }, text: ' \\' }],
          safe: false,
        },
      ],
    },
  ];
}

function commentWithin(last: Word, comment: Span, script: string, limit: number): HostProblem[] {
  const text = script.slice(comment.start, comment.end);
  const next = firstLine(script, comment.end + (script[comment.end] === '\r' ? 2 : 1), limit);
  const cutOff = wordText(last) === '!' || /\\[ \t]*$/.test(text) || /^[ \t]*![ \t]/.test(next);
  if (!cutOff && !/^#[^ \t].*[ \t]![ \t]/.test(text)) return [];
  return [
    {
      rule: 'shell-unquoted-hash',
      severity: 'error',
      span: comment,
      message:
        'From this # on the shell reads a comment, up to the end of the line, and a backslash within it continues nothing: the command ends here. Put the value in quotes, or move the comment above the command.',
    },
  ];
}

function operatorWithin(last: Word, end: CommandEnd, script: string, limit: number): HostProblem[] {
  const touching = end.span.start === last.span.end;
  const rest = script.slice(end.span.end, Math.min(limit, end.span.end + 200));
  if (end.text === ';' && /^[ \t]*[a-z]+\/[\w.-]+[ \t,(;!]/.test(rest) && /\//.test(wordText(last))) {
    return [
      {
        rule: 'shell-unquoted-semicolon',
        severity: 'error',
        span: end.span,
        message:
          'A semicolon outside quotes ends the command: the rest of the caps is run as a command of its own. Put the caps in quotes.',
      },
    ];
  }
  if (end.text === '&' && touching && /^[\w%.-]+=/.test(rest)) {
    return [
      {
        rule: 'shell-unquoted-ampersand',
        severity: 'error',
        span: end.span,
        message:
          'An ampersand outside quotes ends the command and sends it to the background: the rest of the value is lost. Put the value in quotes.',
      },
    ];
  }
  return [];
}

const firstLine = (script: string, start: number, limit: number): string => {
  const newline = script.indexOf('\n', start);
  return script.slice(start, Math.min(limit, newline < 0 ? limit : newline, start + 2000));
};
