/** Values of a configuration that the program cannot read, or that the key does not take. */
import { trailingComment } from '../model/config-comment.ts';
import type { ConfigFile, ConfigKey, ConfigSection } from '../model/config-file.ts';
import { isSkipped, refusesUnread, severityIn } from '../model/config-groups.ts';
import { type ValueFault, valueFault } from '../model/config-value.ts';
import type { Finding, Fix, Rule, Severity } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { atLeast, type Target } from '../model/target.ts';

export const rule: Rule = {
  id: 'config-bad-value',
  title: 'The key does not take this value',
  why:
    'Numbers and switches are read by GLib, which takes neither quotes nor units nor true for a number; many keys are ' +
    'checked for their range besides. A value that is refused ends the program.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[property]\ngie-unique-id=1\nnetwork-type=1\nnetwork-mode=5\n',
      good: '[property]\ngie-unique-id=1\nnetwork-type=1\nnetwork-mode=2\n',
    },
    {
      bad: '[tiled-display]\nenable=true\nrows=1\ncolumns=1\n\n[osd]\nenable=1\n',
      good: '[tiled-display]\nenable=1\nrows=1\ncolumns=1\n\n[osd]\nenable=1\n',
    },
    {
      bad: '[property]\ngie-unique-id=1\nnetwork-type=1\nmaintain-aspect-ratio=True\n',
      good: '[property]\ngie-unique-id=1\nnetwork-type=1\nmaintain-aspect-ratio=true\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config, target } = reading;
    if (!config.format?.judged) return;
    for (const section of config.sections) {
      for (const key of section.keys) {
        const fault = valueFault(key, config.tree.syntax);
        if (!fault) {
          const young = tooNew(key, target);
          if (young) yield { ...young, severity: severityIn(config, section, key.spec?.refuses ? 'error' : 'warning') };
        } else if (!commented(config, key)) yield finding(config, section, key, fault);
      }
    }
  },
};

/** A comment behind the value is another rule's to tell. */
const commented = (config: ConfigFile, key: ConfigKey): boolean => {
  const found = config.tree.syntax === 'ini' ? trailingComment(key) : undefined;
  return found !== undefined && valueFault({ ...key, value: found.value }, 'ini')?.kind !== 'unread';
};

function finding(config: ConfigFile, section: ConfigSection, key: ConfigKey, fault: ValueFault): Finding {
  const isIni = config.tree.syntax === 'ini';
  const ends =
    isIni && (key.spec?.refuses === true || (fault.kind === 'unread' && refusesUnread(config.format!, section, key)));
  const skipped = isSkipped(config, section);
  const off = key.name === 'enable' && skipped && isIni && fault.kind === 'unread';
  const cost = off
    ? 'so the whole group is skipped without a word'
    : key.spec?.source === 'ANA-10' && fault.kind === 'outside'
      ? 'and the program reads beyond the end of the list'
      : ends
        ? skipped
          ? 'so the program will end once the group is switched on'
          : 'so the program ends'
        : fault.kind === 'unread'
          ? 'so it is not taken'
          : 'so what it does is not defined';
  const severity: Severity = off ? 'warning' : skipped ? 'hint' : ends ? 'error' : 'warning';
  const written = key.value === '' ? 'An empty value' : `"${key.value.slice(0, 60)}"`;
  const span = key.value === '' ? key.nameSpan : key.valueSpan;
  return {
    span,
    severity,
    message: `${key.name} takes ${fault.wants}. ${written} is not, ${cost}.`,
    fixes: fixes(key, config.tree.syntax === 'ini').filter(
      ({ edits }) => edits[0] && !valueFault({ ...key, value: edits[0].text }, config.tree.syntax),
    ),
  };
}

/** What was probably meant. */
function fixes(key: ConfigKey, isIni: boolean): Fix[] {
  const raw = key.value.trim();
  const change = (text: string, safe: boolean): Fix => ({
    title: `Change to ${text}`,
    edits: [{ span: key.valueSpan, text }],
    safe,
  });
  const plain = raw.replace(/^(["'])(.*)\1$/, '$2');
  if (isIni && plain !== raw) return [change(plain, true)];
  if (isIni && raw !== key.value && raw !== '') return [change(raw, true)];
  const { type, reader } = key.spec!;
  const isSwitch = SWITCHES.get(raw.toLowerCase());
  if (isSwitch !== undefined && (type.kind === 'bool' || type.kind === 'int')) {
    return [change(reader === 'boolean' && /^(?:true|false)$/i.test(raw) ? raw.toLowerCase() : isSwitch, true)];
  }
  if (type.kind === 'list') {
    const list = raw
      .replace(/[,:][ \t]*/g, ';')
      .replace(/;{2,}/g, ';')
      .replace(/^;|[ \t]+(?=;)/g, '');
    return list !== raw && type.separator === ';' ? [change(list, true)] : [];
  }
  if (type.kind === 'int' && /^[+-]?\d+\.0*$/.test(raw)) return [change(raw.replace(/\..*/, ''), true)];
  if ((type.kind === 'int' || type.kind === 'string') && type.values) {
    const named = type.values.find(({ meaning }) => meaning.toLowerCase() === raw.toLowerCase());
    if (named) return [change(named.value, true)];
    const near = nearest(raw, type.kind === 'string' ? type.values.map(({ value }) => value) : []);
    if (near) return [change(near.name, near.how !== 'similar')];
  }
  if ((type.kind === 'int' || type.kind === 'double') && /^[+-]?[\d.]+$/.test(raw)) {
    if (type.max !== undefined && Number(raw) > type.max) return [change(String(type.max), false)];
    if (type.min !== undefined && Number(raw) < type.min) return [change(String(type.min), false)];
  }
  return [];
}

const SWITCHES: ReadonlyMap<string, string> = new Map([
  ['true', '1'],
  ['yes', '1'],
  ['on', '1'],
  ['false', '0'],
  ['no', '0'],
  ['off', '0'],
]);

/** A value that the target's version does not have yet. */
function tooNew(key: ConfigKey, target: Target): Finding | undefined {
  const type = key.spec?.type;
  if (!type || (type.kind !== 'int' && type.kind !== 'string') || !type.values || !target.deepstream) return undefined;
  const value = type.values.find((one) => one.value === key.value.trim());
  if (!value?.lastWithout || !atLeast(value.lastWithout, target.deepstream)) return undefined;
  const cost = key.spec?.refuses ? 'so the program ends' : 'which does not know it';
  return {
    span: key.valueSpan,
    message: `${key.name} takes ${value.value} (${value.meaning}) from DeepStream ${value.since} on; the target has ${target.deepstream}, ${cost}.`,
  };
}
