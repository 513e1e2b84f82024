/** The same group twice. GLib makes one of them; deepstream-app refuses the same source number in two spellings. */
import type { ConfigSection } from '../model/config-file.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'repeated-group',
  title: 'The group stands twice in the file',
  why:
    'Groups of the same name become one, and of a key that is in both the last one counts. The same number in another ' +
    'spelling (source0, source00) ends deepstream-app.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[osd]\nenable=1\n\n[tracker]\nenable=0\n\n[osd]\nborder-width=2\n',
      good: '[osd]\nenable=1\nborder-width=2\n\n[tracker]\nenable=0\n',
    },
    {
      bad: '[osd]\nenable=1\n[source0]\nenable=0\ntype=2\nuri=file:///a.mp4\n[source00]\nenable=0\ntype=2\nuri=file:///b.mp4\n',
      good: '[osd]\nenable=1\n[source0]\nenable=0\ntype=2\nuri=file:///a.mp4\n[source1]\nenable=0\ntype=2\nuri=file:///b.mp4\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config } = reading;
    if (!config.format?.judged || config.tree.syntax !== 'ini') return;
    const named = new Map<string, ConfigSection>();
    const numbered = new Map<string, ConfigSection>();
    for (const section of config.sections) {
      const first = named.get(section.name);
      if (first) {
        yield {
          span: section.header,
          message: `[${section.name}] stands further up already. The two become one; a key that is in both has the value of the last.`,
          related: [{ span: first.header, message: 'The first one' }],
        };
        continue;
      }
      named.set(section.name, section);
      if (section.number === undefined || !section.spec || !REFUSED.has(`${config.format.id} ${section.spec.name}`))
        continue;
      const number = `${section.spec.name} ${section.number}`;
      const other = numbered.get(number);
      if (other) {
        yield {
          span: section.header,
          severity: 'error',
          message: `[${other.name}] has the number ${section.number} already, and the program ends when two groups have the same.`,
          related: [{ span: other.header, message: 'The other one' }],
        };
      } else numbered.set(number, section);
    }
  },
};

/** Formats whose reader compares the numbers (APP-04, CNV-03). */
const REFUSED: ReadonlySet<string> = new Set([
  'deepstream-app source%u',
  'deepstream-audio source%u',
  'nvmsgconv sensor%u',
  'nvmsgconv place%u',
  'nvmsgconv analytics%u',
]);
