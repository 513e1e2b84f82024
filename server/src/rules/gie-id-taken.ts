/** Finds inferences of deepstream-app with the same gie-unique-id. */
import { type AppGroup, appConfigOf } from '../model/app-config.ts';
import { addKey, changeValue } from '../model/config-edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'gie-id-taken',
  title: 'Two inferences have the same id',
  why:
    'Objects carry the id of the inference that found them, and secondary inferences choose theirs by it. deepstream-app ' +
    'ends with "Non unique gie ids found" where two groups have the same one; a group without gie-unique-id has 0.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=/opt/a.txt\n\n[secondary-gie0]\nenable=1\ngie-unique-id=1\noperate-on-gie-id=1\nconfig-file=/opt/b.txt\n',
      good: '[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=/opt/a.txt\n\n[secondary-gie0]\nenable=1\ngie-unique-id=2\noperate-on-gie-id=1\nconfig-file=/opt/b.txt\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    if (!app || app.config.format?.id === 'deepstream-audio') return;
    const seen = new Map<number, AppGroup | undefined>();
    const primary = app.primary ? idOf(app.primary) : 0;
    if (app.secondaries.length === 0 || primary === undefined) return;
    seen.set(primary, app.primary);
    const taken = new Set([primary, ...app.secondaries.flatMap((group) => idOf(group) ?? [])]);
    for (const group of app.secondaries) {
      const id = idOf(group);
      if (id === undefined) continue;
      if (!seen.has(id)) {
        seen.set(id, group);
        continue;
      }
      const other = seen.get(id);
      const key = group.key('gie-unique-id');
      let free = Math.max(1, primary);
      while (taken.has(free)) free++;
      yield {
        span: key?.span ?? group.section.header,
        message:
          `[${group.name}] has ${key ? `gie-unique-id ${id}` : 'no gie-unique-id, which is 0'}, and so has ${other ? `[${other.name}]` : 'the primary inference, which is off'}: ` +
          `the program ends with "Non unique gie ids found".`,
        related: other
          ? [{ span: other.key('gie-unique-id')?.span ?? other.section.header, message: `the id of [${other.name}]` }]
          : [],
        fixes: [
          key
            ? changeValue(key, String(free), false)
            : addKey(reading.config.tree.text, group.section, 'gie-unique-id', String(free), false),
        ],
      };
    }
  },
};

/** The group's id, 0 where it has none; undefined where it is not known. */
const idOf = (group: AppGroup): number | undefined => (group.key('gie-unique-id') ? group.number('gie-unique-id') : 0);
