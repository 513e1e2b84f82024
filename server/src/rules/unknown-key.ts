/** Keys that a group does not have: slips of the hand, keys of another group, a `;` that was meant as a comment. */
import type { Catalog } from '../catalog/catalog.ts';
import { type ConfigFile, type ConfigKey, type ConfigSection, keyOf } from '../model/config-file.ts';
import { severityIn } from '../model/config-groups.ts';
import { keySpec } from '../model/config-names.ts';
import type { Finding, Rule } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';

export const rule: Rule = {
  id: 'unknown-key',
  title: 'The group has no such key',
  why:
    'The program prints one line, or nothing at all, and goes on without the setting. Names are case-sensitive and written ' +
    'with - in most files.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\ngie-unique-id=1\nnetwork-type=1\nclustor-mode=2\n',
      good: '[property]\ngie-unique-id=1\nnetwork-type=1\ncluster-mode=2\n',
    },
    {
      bad: '[property]\ngie-unique-id=1\nnetwork-type=1\n; batch-size=4\n',
      good: '[property]\ngie-unique-id=1\nnetwork-type=1\n# batch-size=4\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config, target } = reading;
    if (!config.format?.judged) return;
    let told = 0;
    for (const section of config.sections) {
      if (!section.spec) continue;
      for (const key of section.keys) {
        const finding = key.dropped
          ? translation(key)
          : key.spec || !section.spec.closed
            ? undefined
            : unknown(config, section, key, target.catalog);
        if (!finding) continue;
        yield { ...finding, severity: severityIn(config, section, 'warning') };
        if (++told === MOST) return;
      }
    }
  },
};

/** More of them in one file help nobody, and looking for what was meant takes its time. */
const MOST = 1000;

function translation(key: ConfigKey): Finding {
  return {
    span: key.nameSpan,
    message: `A name that ends in brackets is a translation for a key file, so ${key.name} is dropped without a word.`,
  };
}

function unknown(config: ConfigFile, section: ConfigSection, key: ConfigKey, catalog: Catalog): Finding | undefined {
  const spec = section.spec!;
  if (key.name.startsWith(';') || key.name.startsWith('//')) {
    const marker = /^(?:;|\/)+/.exec(key.name)![0].length;
    const span = { start: key.nameSpan.start, end: key.nameSpan.start + marker };
    return {
      span: key.nameSpan,
      message: `${key.name.slice(0, marker)} does not start a comment in a key file; with "=" in it the line becomes a key of that name, which the program does not know.`,
      fixes: [{ title: 'Start the comment with #', edits: [{ span, text: '#' }], safe: true }],
    };
  }
  const names = spec.keys.map(({ name }) => name).filter((name) => !name.includes('%') && !keyOf(section, name));
  const near = nearest(key.name, names);
  const elsewhere = near && near.how !== 'similar' ? [] : owners(config, section, key.name, catalog);
  if (spec.complete === false && !near) return undefined;
  const header = config.tree.syntax === 'ini' ? `[${section.name}]` : section.name;
  const said = [`${header} has no key ${key.name.slice(0, 60)}, so the program goes on without it.`];
  if (near?.how === 'same') said.push(`It is written ${near.name}.`);
  else if (elsewhere.length > 0) said.push(`It belongs to ${elsewhere.slice(0, 3).join(', ')}.`);
  else if (near) said.push(`Did you mean ${near.name}?`);
  return {
    span: key.nameSpan,
    message: said.join(' '),
    fixes:
      near && elsewhere.length === 0
        ? [
            {
              title: `Change to ${near.name}`,
              edits: [{ span: key.nameSpan, text: near.name }],
              safe: near.how !== 'similar',
            },
          ]
        : [],
  };
}

/** Other groups of the format that have the key. Common ones such as `enable` say nothing. */
function owners(config: ConfigFile, section: ConfigSection, name: string, catalog: Catalog): string[] {
  // The application's group and the element's own file are often taken for one another.
  const inference = /^(?:primary|secondary)-gie/.test(section.name) ? catalog.format('nvinfer') : undefined;
  if (inference?.sections.some((other) => keySpec(other, name))) return ['the file that config-file names'];
  const found = config.format!.sections.filter((other) => other !== section.spec && keySpec(other, name));
  if (found.length > 6) return [];
  return found.map((other) => {
    const shown = other.name.replace('%u', 'N');
    return config.tree.syntax === 'ini' ? `[${shown}]` : shown;
  });
}
