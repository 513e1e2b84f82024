/** The same key twice in a group: the last one counts. */
import { removeLine } from '../model/config-edits.ts';
import type { ConfigKey } from '../model/config-file.ts';
import { severityIn } from '../model/config-groups.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'repeated-key',
  title: 'The key stands twice in its group',
  why: 'The last value counts and the earlier ones are lost without a word, also where the group itself is written twice.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\ngie-unique-id=1\nnetwork-type=1\nbatch-size=4\nbatch-size=8\n',
      good: '[property]\ngie-unique-id=1\nnetwork-type=1\nbatch-size=8\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config } = reading;
    // Readers of YAML differ in what they make of it.
    if (!config.format?.judged || config.tree.syntax !== 'ini') return;
    const groups = new Map<string, Map<string, ConfigKey>>();
    for (const section of config.sections.toReversed()) {
      let later = groups.get(section.name);
      if (!later) groups.set(section.name, (later = new Map()));
      for (const key of section.keys.toReversed()) {
        if (key.dropped || key.name.startsWith(';')) continue;
        const last = later.get(key.name);
        if (!last) {
          later.set(key.name, key);
          continue;
        }
        const same = last.value.trim() === key.value.trim();
        yield {
          span: key.nameSpan,
          severity: severityIn(config, section, same ? 'hint' : 'warning'),
          message: same
            ? `${key.name} stands again further down with the same value.`
            : `${key.name} stands again further down: "${last.value.slice(0, 40)}" counts, "${key.value.slice(0, 40)}" is lost.`,
          related: [{ span: last.span, message: 'This one counts' }],
          tag: 'unnecessary',
          fixes: [
            { title: 'Remove the line that is lost', edits: [removeLine(config.tree.text, key.span)], safe: same },
          ],
        };
      }
    }
  },
};
