/** `key=4 # text`: key files have no comments behind a value, so the text becomes part of it. */
import { isNumeric, trailingComment } from '../model/config-comment.ts';
import { lineAbove } from '../model/config-edits.ts';
import type { ConfigKey } from '../model/config-file.ts';
import { refusesUnread, severityIn } from '../model/config-groups.ts';
import { valueFault } from '../model/config-value.ts';
import type { Rule, Severity } from '../model/finding.ts';

export const rule: Rule = {
  id: 'inline-comment',
  title: 'A comment behind a value becomes part of the value',
  why:
    'Only a line that begins with # is a comment. Behind a value the text belongs to the value: a number with a fraction or ' +
    'a switch is refused, a path names no file; behind whole numbers it happens to do no harm.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[property]\nnetwork-type=1\nnet-scale-factor=0.0039 # 1/255\ngie-unique-id=1\n',
      good: '[property]\nnetwork-type=1\n# 1/255\nnet-scale-factor=0.0039\ngie-unique-id=1\n',
    },
    {
      bad: '[property]\nnetwork-type=1\nlabelfile-path=labels.txt # four classes\ngie-unique-id=1\n',
      good: '[property]\nnetwork-type=1\n# four classes\nlabelfile-path=labels.txt\ngie-unique-id=1\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config } = reading;
    const { format } = config;
    if (!format?.judged || config.tree.syntax !== 'ini') return;
    for (const section of config.sections) {
      if (!section.spec) continue;
      for (const key of section.keys) {
        if (!key.spec || key.dropped || FREE.has(key.name)) continue;
        const found = trailingComment(key);
        // A value that is wrong without the comment too is another rule's to tell.
        if (!found || valueFault({ ...key, value: found.value }, 'ini')?.kind === 'unread') continue;
        const { severity, message } = isNumeric(key)
          ? numeric(key, refusesUnread(format, section, key))
          : textual(key, found.value);
        const span = { start: key.valueSpan.start + found.value.length, end: key.valueSpan.end };
        const edits = [{ span, text: '' }];
        if (found.comment !== '') edits.unshift(lineAbove(config.tree.text, key.span.start, `# ${found.comment}`));
        yield {
          span,
          severity: severityIn(config, section, severity),
          message,
          fixes: [{ title: 'Move the comment to a line of its own', edits, safe: true }],
        };
      }
    }
  },
};

/** Text for people, in which anything may stand. */
const FREE: ReadonlySet<string> = new Set(['description', 'name', 'font', 'source', 'version', 'password']);

function numeric(key: ConfigKey, ends: boolean): { severity: Severity; message: string } {
  const fault = valueFault(key, 'ini');
  if (fault?.kind !== 'unread') {
    return {
      severity: 'hint',
      message: `A key file has no comments behind values. It does no harm here, because reading ${key.name} stops at the blank; with a fraction, a switch or a path it would.`,
    };
  }
  return {
    severity: ends ? 'error' : 'warning',
    message: `A key file has no comments behind values: "${key.value.slice(0, 60)}" as a whole is not ${fault.wants}, ${ends ? 'and the program ends' : 'and the value is not taken'}.`,
  };
}

function textual(key: ConfigKey, value: string): { severity: Severity; message: string } {
  const surely = key.spec?.file !== undefined && key.spec.holds !== 'engine' && key.spec.holds !== 'output-file';
  return {
    severity: surely || key.name === 'uri' || key.name.endsWith('func-name') ? 'error' : 'warning',
    message: surely
      ? `The comment is part of the path: the program looks for "${key.value.slice(0, 60)}" instead of "${value.slice(0, 60)}".`
      : `The comment is part of the value: ${key.name} is "${key.value.slice(0, 60)}".`,
  };
}
