/** Groups, keys and ids of configurations in Markdown. */
import type { KeySpec } from '../../catalog/config-format.ts';
import type { ConfigKey, ConfigSection } from '../../model/config-file.ts';
import { wanted } from '../../model/config-value.ts';
import type { ConfigReading } from '../../model/read.ts';
import { paragraphs } from './paragraphs.ts';

export function groupText({ config }: ConfigReading, section: ConfigSection): string {
  if (!section.spec) return '';
  const needed = section.spec.keys.filter(({ required }) => required).map(({ name }) => name);
  const number = section.number === undefined ? '' : ` · number ${section.number} of \`${section.spec.name}\``;
  return paragraphs(
    `**[${section.name}]**${number}`,
    section.spec.blurb,
    section.spec.required ? 'Every file needs this group.' : '',
    needed.length > 0 ? `It needs ${needed.map((key) => `\`${key}\``).join(', ')}.` : '',
    config.format ? `*${config.format.title}; ${config.format.source.split(';')[0]}*` : '',
  );
}

export function keyText(spec: KeySpec, value?: string): string {
  const values = 'values' in spec.type ? (spec.type.values ?? []) : [];
  const set = (one: string): boolean => value !== undefined && value.trim() === one;
  return paragraphs(
    `**${spec.name}**${spec.deprecated === undefined ? '' : ` · *deprecated:* ${spec.deprecated}`}`,
    spec.blurb,
    [
      values.length > 0 ? '' : wanted(spec),
      spec.required ? 'needed' : '',
      spec.default === undefined || spec.default === '' ? '' : `default \`${spec.default}\``,
      spec.unit ?? '',
      spec.platform === undefined ? '' : spec.platform === 'tegra' ? 'Jetson only' : 'discrete GPU only',
      releases(spec),
    ]
      .filter((fact) => fact !== '')
      .join(' · '),
    values
      .map(({ value: one, meaning }) => (set(one) ? `- **\`${one}\` ${meaning}**` : `- \`${one}\` ${meaning}`))
      .join('\n'),
    spec.replacedBy === undefined ? '' : `Use \`${spec.replacedBy}\` instead.`,
    spec.file !== undefined && spec.relativeTo !== undefined ? PATHS[spec.relativeTo] : '',
  );
}

const PATHS = {
  file: "Paths count from this file's folder.",
  cwd: 'Paths count from the folder that the program is started in.',
  loader: 'Found as the loader finds libraries.',
} as const;

const releases = ({ since, until }: KeySpec): string =>
  [since === undefined ? '' : `since DeepStream ${since}`, until === undefined ? '' : `up to ${until}`]
    .filter(Boolean)
    .join(', ');

/** Which inference an id means. */
export function idText({ config }: ConfigReading, key: ConfigKey): string {
  if (!/gie-id|gie-unique-id|unique-id/.test(key.name)) return '';
  const homes = config.sections.filter((section) =>
    section.keys.some(({ name, value }) => /^(?:gie-)?unique-id$/.test(name) && value === key.value),
  );
  const users = config.sections.filter((section) =>
    section.keys.some(({ name, value }) => /on-gie-id$/.test(name) && value === key.value),
  );
  return paragraphs(
    homes.length > 0 ? `Id ${key.value} is ${homes.map(({ name }) => `[${name}]`).join(', ')}.` : '',
    users.length > 0 ? `Works on its results: ${users.map(({ name }) => `[${name}]`).join(', ')}.` : '',
  );
}
