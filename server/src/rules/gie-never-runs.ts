/** Finds secondary inferences whose objects nobody finds, and rings of them. */
import { type AppConfig, type AppGroup, appConfigOf } from '../model/app-config.ts';
import { addKey, changeValue } from '../model/config-edits.ts';
import type { Finding, Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'gie-never-runs',
  title: 'The secondary inference works on nobody’s objects',
  why:
    'A secondary inference takes the objects of the one that operate-on-gie-id names. Where none has that id, or none is ' +
    'written, deepstream-app does not build the element and says nothing; where inferences wait for one another in a ' +
    'ring, it never comes to an end.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=/opt/a.txt\n\n[secondary-gie0]\nenable=1\ngie-unique-id=2\noperate-on-gie-id=5\nconfig-file=/opt/b.txt\n',
      good: '[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=/opt/a.txt\n\n[secondary-gie0]\nenable=1\ngie-unique-id=2\noperate-on-gie-id=1\nconfig-file=/opt/b.txt\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    if (!app || app.secondaries.length === 0) return;
    const primary = app.primary ? idOf(app.primary, 'gie-unique-id') : 0;
    if (primary === undefined) return;
    for (const group of app.secondaries) {
      const finding = judge(app, group, primary, reading.config.tree.text);
      if (finding) yield finding;
    }
  },
};

function judge(app: AppConfig, group: AppGroup, primary: number, text: string): Finding | undefined {
  const key = group.key('operate-on-gie-id');
  const wanted = idOf(group, 'operate-on-gie-id');
  if (wanted === undefined) return undefined;
  const end = follow(app, group, primary);
  if (end === 'primary' || end === 'unknown') return undefined;
  // A group that is off by itself, or waits for one that is, is told once: at the one that names nobody.
  if (end === 'elsewhere') return undefined;
  const span = key?.span ?? group.section.header;
  const fixes = [
    key
      ? changeValue(key, String(primary), false)
      : addKey(text, group.section, 'operate-on-gie-id', String(primary), false),
  ];
  if (end === 'ring') {
    return {
      span,
      message: `operate-on-gie-id leads from [${group.name}] back to it: the program looks for the first inference without end and crashes. Name the primary one (${primary}).`,
      fixes,
    };
  }
  const says = key
    ? `operate-on-gie-id is ${wanted}, and no inference that is on has that id`
    : 'operate-on-gie-id is missing, which means 0';
  return {
    span,
    message: `${says}: [${group.name}] is left out without a word. The primary inference has ${primary}.`,
    fixes,
  };
}

type End = 'primary' | 'nobody' | 'elsewhere' | 'ring' | 'unknown';

/** Where the chain of parents ends, as the program follows it: by the first group that has the id. */
function follow(app: AppConfig, group: AppGroup, primary: number): End {
  const passed = new Set<AppGroup>();
  let at = group;
  for (;;) {
    const parent = idOf(at, 'operate-on-gie-id');
    if (parent === undefined) return 'unknown';
    if (parent === primary) return 'primary';
    passed.add(at);
    const next = app.secondaries.find((other) => idOf(other, 'gie-unique-id') === parent);
    if (!next) return at === group ? 'nobody' : 'elsewhere';
    if (passed.has(next)) return 'ring';
    at = next;
  }
}

/** The number, 0 where the key is missing; undefined where it is not known. */
const idOf = (group: AppGroup, name: string): number | undefined => (group.key(name) ? group.number(name) : 0);
