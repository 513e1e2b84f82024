/** What is said about lines that GLib refuses, and how each is mended. */
import type { Span } from '../../../text/span.ts';
import type { Word } from '../../launch/tree.ts';
import type { ConfigProblem, KeyNode } from '../tree.ts';

const REFUSED = 'and the program refuses the whole file';

/** A line that is neither group, key nor comment; with the header that was meant, where one was. */
export function strayProblem(
  text: string,
  line: Span,
): { problem: ConfigProblem; header?: { name: Word; header: Span } } {
  const written = text.slice(line.start, line.end);
  const group = /^\[([^[\]\0]+)\]/.exec(written);
  if (group) {
    const header = { start: line.start, end: line.start + group[0].length };
    const rest = written.slice(group[0].length).trim();
    const name = { text: group[1] ?? '', span: { start: header.start + 1, end: header.end - 1 } };
    return {
      header: { name, header },
      problem: {
        rule: 'syntax-config-line',
        code: 'parse',
        span: { start: header.end, end: line.end },
        message: `Behind ${group[0]} nothing may follow, also no comment: the line is no group then, ${REFUSED}.`,
        fixes: /^(#|;|\/\/)/.test(rest)
          ? [
              {
                title: 'Move the comment above the group',
                edits: [
                  { span: { start: line.start, end: line.start }, text: `# ${rest.replace(/^(#|;|\/\/)+\s*/, '')}\n` },
                  { span: { start: header.end, end: line.end }, text: '' },
                ],
                safe: true,
              },
            ]
          : [],
      },
    };
  }

  const comment = /^(;+|\/\/+)/.exec(written);
  if (comment) {
    const marker = { start: line.start, end: line.start + comment[0].length };
    return stray(
      line,
      `${comment[0]} does not start a comment in a key file; only # does. The line is no key either, ${REFUSED}.`,
      [{ title: 'Start the comment with #', edits: [{ span: marker, text: '#' }], safe: true }],
    );
  }
  const colon = /^([A-Za-z][\w.-]*)[ \t]*:[ \t]*/.exec(written);
  if (colon) {
    const span = { start: line.start + (colon[1] ?? '').length, end: line.start + colon[0].length };
    return stray(line, `A key and its value are joined by "=" here. This line has none, ${REFUSED}.`, [
      { title: 'Replace ":" by "="', edits: [{ span, text: '=' }], safe: true },
    ]);
  }
  if (text.charCodeAt(line.start) === 0xfeff) {
    return stray(
      { start: line.start, end: line.start + 1 },
      `The file begins with a byte order mark. The first line is nothing that the program knows, ${REFUSED}.`,
      [
        {
          title: 'Remove the byte order mark',
          edits: [{ span: { start: line.start, end: line.start + 1 }, text: '' }],
          safe: true,
        },
      ],
    );
  }
  if (written.startsWith('=')) return stray(line, `The key's name is missing before "=", ${REFUSED}.`, []);
  return stray(line, `This line is no [group], no key=value and no comment (#), ${REFUSED}.`, [
    {
      title: 'Make the line a comment',
      edits: [{ span: { start: line.start, end: line.start }, text: '# ' }],
      safe: false,
    },
  ]);
}

const stray = (span: Span, message: string, fixes: ConfigProblem['fixes']): { problem: ConfigProblem } => ({
  problem: { rule: 'syntax-config-line', code: 'parse', span, message, fixes },
});

export const groupNameProblem = (group: { name: Word; header: Span }): ConfigProblem => ({
  rule: 'syntax-config-line',
  code: 'parse',
  span: group.header,
  message:
    group.name.text === ''
      ? `The group has no name, ${REFUSED}.`
      : `A group's name may hold no bracket and no control character, ${REFUSED}.`,
  fixes: [],
});

export const keyNameProblem = (key: KeyNode): ConfigProblem => ({
  rule: 'syntax-config-line',
  code: 'parse',
  span: key.name.span,
  message: `"${key.name.text.slice(0, 60)}" is no name for a key (brackets may stand only around a language at its end), ${REFUSED}.`,
  fixes: [],
});

export const outsideProblem = (key: KeyNode): ConfigProblem => ({
  rule: 'syntax-config-line',
  code: 'group-not-found',
  span: key.name.span,
  message: `The key stands before the first [group], ${REFUSED}.`,
  fixes: [],
});

export const encodingProblem = (key: KeyNode): ConfigProblem => ({
  rule: 'syntax-config-line',
  code: 'unknown-encoding',
  span: key.value.span,
  message: `Encoding in the first group can only be UTF-8, ${REFUSED}.`,
  fixes: [],
});
