/** Groups that a format does not have. Most are passed over silently, some names end deepstream-app. */
import { type ConfigFile, type ConfigSection, sectionsNamed } from '../model/config-file.ts';
import { sectionSpec } from '../model/config-names.ts';
import type { Finding, Fix, Rule } from '../model/finding.ts';
import { type Nearest, nearest } from '../model/nearest.ts';

export const rule: Rule = {
  id: 'unknown-group',
  title: 'The format has no such group',
  why: 'All keys of the group are passed over, mostly without a message; deepstream-app ends at names that begin with "source".',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[tiled-display]\nenable=1\nrows=1\ncolumns=1\n\n[ods]\nenable=1\n\n[streammux]\nwidth=640\nheight=480\n',
      good: '[tiled-display]\nenable=1\nrows=1\ncolumns=1\n\n[osd]\nenable=1\n\n[streammux]\nwidth=640\nheight=480\n',
    },
    {
      bad: '[tiled-display]\nenable=1\nrows=1\ncolumns=1\n\n[osd]\nenable=1\n\n[source-0]\nenable=0\ntype=2\nuri=file:///a.mp4\n',
      good: '[tiled-display]\nenable=1\nrows=1\ncolumns=1\n\n[osd]\nenable=1\n\n[source0]\nenable=0\ntype=2\nuri=file:///a.mp4\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config } = reading;
    if (!config.format?.judged) return;
    for (const section of config.sections.filter(({ spec }) => !spec).slice(0, MOST)) {
      const finding = unknown(config, section);
      if (finding) yield finding;
    }
  },
};

/** More of them in one file help nobody, and looking for what was meant takes its time. */
const MOST = 1000;

function unknown(config: ConfigFile, section: ConfigSection): Finding | undefined {
  const format = config.format!;
  const { name } = section;
  const meant = likely(config, name);
  const fixes: Fix[] = meant
    ? [
        {
          title: `Change to ${meant.name}`,
          edits: [{ span: section.nameSpan, text: meant.name }],
          safe: meant.how !== 'similar',
        },
      ]
    : [];
  const ask = meant ? ` Did you mean ${meant.name}?` : '';
  if (format.id.startsWith('deepstream-a') && config.tree.syntax === 'ini' && name.startsWith('source')) {
    return {
      span: section.nameSpan,
      severity: 'error',
      message: `A group whose name begins with "source" must be [source<number>], [source-list] or [source-attr-all]; deepstream-app ends at ${name}.${ask}`,
      fixes,
    };
  }
  if (name === 'message-broker') {
    return {
      span: section.nameSpan,
      message:
        '[message-broker] belongs to the file of a broker adapter; here it is passed over. The broker of a sink is set by msg-broker-… keys of [sinkN] with type=6.',
    };
  }
  const header = config.tree.syntax === 'ini' ? `[${name.slice(0, 60)}]` : name.slice(0, 60);
  return {
    span: section.nameSpan,
    // A program that was built upon the sample may read groups of its own.
    severity: meant ? 'warning' : 'hint',
    message: `The ${format.title} has no group ${header}, so all of its keys are passed over.${ask}`,
    fixes,
  };
}

/** The group that was probably meant, with the number that was written. */
function likely(config: ConfigFile, name: string): Pick<Nearest, 'name' | 'how'> | undefined {
  const format = config.format!;
  const number = /\d+$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - number.length);
  const bases = format.sections.map((section) => section.name.replace('%u', ''));
  if (number !== '' || stem.endsWith('-')) {
    const joined = `${stem.replace(/[-_]$/, '')}${number}`;
    if (joined !== name && sectionSpec(format, joined)) return { name: joined, how: 'same' };
  }
  const near = nearest(stem, bases) ?? transposed(stem, bases);
  if (!near) return undefined;
  const whole = sectionSpec(format, `${near.name}${number}`) ? `${near.name}${number}` : near.name;
  return sectionSpec(format, whole) && sectionsNamed(config, whole).length === 0
    ? { name: whole, how: near.how }
    : undefined;
}

/** Short names with the same letters in another order, which are too short to be compared letter by letter. */
function transposed(stem: string, bases: readonly string[]): Pick<Nearest, 'name' | 'how'> | undefined {
  const sorted = (text: string): string => [...text].sort().join('');
  const found = stem.length > 2 && stem.length < 8 ? bases.find((base) => sorted(base) === sorted(stem)) : undefined;
  return found === undefined ? undefined : { name: found, how: 'similar' };
}
