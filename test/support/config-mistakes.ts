/**
 * Puts one mistake into a configuration, of a kind that people make. Knows the tables and what may be changed, and says
 * which rule is to find it on which line; whether it is found is the measurement's question.
 */
import type { KeySpec } from '../../server/src/catalog/config-format.ts';
import { appConfigOf, groupOf, streamCount } from '../../server/src/model/app-config.ts';
import type { ConfigFile, ConfigKey, ConfigSection } from '../../server/src/model/config-file.ts';
import { isSkipped } from '../../server/src/model/config-groups.ts';
import { keySpec } from '../../server/src/model/config-names.ts';
import { isOpen, valueFault } from '../../server/src/model/config-value.ts';
import { engineName } from '../../server/src/model/engine-name.ts';
import { configReferences } from '../../server/src/model/references.ts';
import { atLeast, type Target } from '../../server/src/model/target.ts';
import { applyEdits, type Edit } from '../../server/src/text/edit.ts';
import type { Random } from './random.ts';

export interface Mistake {
  readonly text: string;
  /** Offset in the new text of the line that is wrong; and of others where it may as well be told. */
  readonly at: readonly number[];
  /** Any of these is right. */
  readonly rules: readonly string[];
  /** What was done, for a person. */
  readonly what: string;
}

/** Makes the mistake somewhere in the configuration; undefined where it has no place for it. */
export type Make = (config: ConfigFile, target: Target, random: Random) => Mistake | undefined;

/** A key that counts: known, in a group that is judged as a whole, not repeated, its value whole and right. */
interface Place {
  readonly section: ConfigSection;
  readonly key: ConfigKey;
  readonly spec: KeySpec;
}

function places(config: ConfigFile): Place[] {
  return config.sections.flatMap((section) => {
    const spec = section.spec;
    if (!spec?.closed || spec.complete === false || isSkipped(config, section)) return [];
    if (config.sections.filter(({ name }) => name === section.name).length > 1) return [];
    return section.keys.flatMap((key): Place[] => {
      const whole = key.spec && !key.dropped && !key.nested && key.value !== '' && !isOpen(key.value);
      const alone = section.keys.filter(({ name }) => name === key.name).length === 1;
      const right = whole && alone && valueFault(key, config.tree.syntax) === undefined;
      const plain = key.valueSpan.end - key.valueSpan.start === key.value.length && !key.value.includes('#');
      return right && plain && key.spec ? [{ section, key, spec: key.spec }] : [];
    });
  });
}

const pick = <T>(list: readonly T[], random: Random): T | undefined =>
  list.length === 0 ? undefined : random.pick(list);

/** The text with one edit; `at` is the edit's own place. */
const edited = (config: ConfigFile, edit: Edit, rules: readonly string[], what: string): Mistake => ({
  text: applyEdits(config.tree.text, [edit]),
  at: [edit.span.start],
  rules,
  what,
});

const withValue = (config: ConfigFile, key: ConfigKey, value: string, rules: readonly string[]): Mistake =>
  edited(config, { span: key.valueSpan, text: value }, rules, `${key.name}=${value} in place of ${key.value}`);

/** A letter left out, doubled, changed for its neighbour or swapped with it. */
function keyTypo(config: ConfigFile, _target: Target, random: Random): Mistake | undefined {
  const place = pick(
    places(config).filter(({ key }) => key.name.length >= 5 && !key.label),
    random,
  );
  if (!place) return undefined;
  const { name } = place.key;
  const at = 1 + random.below(name.length - 2);
  const typo = random.pick([
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + name[at]! + name.slice(at),
    name.slice(0, at) + name[at + 1]! + name[at]! + name.slice(at + 2),
    name.replace(/[-_]/, (mark) => (mark === '-' ? '_' : '-')),
  ]);
  const section = place.section.spec!;
  if (typo === name || keySpec(section, typo)) return undefined;
  return edited(config, { span: place.key.nameSpan, text: typo }, ['unknown-key'], `${typo} in place of ${name}`);
}

/** A word, a fraction or a switch in words for a number. */
function wrongType(config: ConfigFile, _target: Target, random: Random): Mistake | undefined {
  const place = pick(
    places(config).filter(({ spec }) => isRead(spec)),
    random,
  );
  if (!place) return undefined;
  const value = random.pick(place.spec.type.kind === 'double' ? ['high', 'one'] : ['high', 'yess', 'x1']);
  return withValue(config, place.key, value, ['config-bad-value']);
}

/** Whether the program reads numbers or switches from it, and so refuses words. */
const isRead = ({ type, reader }: KeySpec): boolean =>
  (type.kind === 'int' || type.kind === 'double' || type.kind === 'bool') &&
  reader !== undefined &&
  reader !== 'string';

function outOfRange(config: ConfigFile, _target: Target, random: Random): Mistake | undefined {
  const limited = places(config).flatMap(({ key, spec }) => {
    const value = isRead(spec) ? beyond(spec) : undefined;
    return value === undefined ? [] : [{ key, value }];
  });
  const place = pick(limited, random);
  return place && withValue(config, place.key, place.value, ['config-bad-value']);
}

function beyond({ type }: KeySpec): string | undefined {
  if (type.kind !== 'int' && type.kind !== 'double') return undefined;
  if (type.kind === 'int' && type.values) return String(Math.max(...type.values.map((one) => Number(one.value))) + 37);
  if (type.max !== undefined) return String(type.max + 1);
  return type.min === undefined ? undefined : String(type.min - 1);
}

/** Another batch than there are sources, or than the engine was built for. */
function batchMismatch(config: ConfigFile, _target: Target, random: Random): Mistake | undefined {
  const app = appConfigOf(config);
  if (app) {
    const streams = streamCount(app);
    const key = app.mux?.key('batch-size');
    if (!streams || !key || isOpen(key.value) || app.list) return undefined;
    const wrong = random.chance(0.5) && streams.count > 1 ? streams.count - 1 : streams.count + 1 + random.below(6);
    return withValue(config, key, String(wrong), ['mux-batch-size']);
  }
  const property = config.sections.find(({ name }) => name === 'property');
  if (config.format?.id !== 'nvinfer' || !property) return undefined;
  const group = groupOf(config, property);
  const engine = group.key('model-engine-file');
  const batch = group.key('batch-size');
  const name = engine && engineName(engine.value.trim());
  if (!engine || !batch || !name) return undefined;
  const mistake = withValue(config, batch, String(name.batch + 1 + random.below(7)), ['engine-batch-size']);
  const shift = engine.span.start > batch.span.start ? mistake.text.length - config.tree.text.length : 0;
  return { ...mistake, at: [...mistake.at, engine.span.start + shift] };
}

/** A path with a letter too much. The measurement puts all files beside the configuration that it names. */
function missingFile(config: ConfigFile, _target: Target, random: Random): Mistake | undefined {
  const named = configReferences(config).filter(
    ({ used, relativeTo, holds, path }) =>
      used && relativeTo === 'file' && (holds === 'config' || holds === 'labels') && !/^\/|^[a-z]+:/i.test(path),
  );
  const reference = pick(named, random);
  if (!reference) return undefined;
  const dot = reference.path.lastIndexOf('.');
  const end = dot < 1 ? reference.path.length : dot;
  const path = reference.path.slice(0, end) + random.pick(['s', '_1', 'x']) + reference.path.slice(end);
  return edited(
    config,
    { span: reference.span, text: path },
    ['missing-file'],
    `${path} in place of ${reference.path}`,
  );
}

/** A secondary inference with the id of another one. */
function idClash(config: ConfigFile, _target: Target, random: Random): Mistake | undefined {
  const app = appConfigOf(config);
  const group = app && pick(app.secondaries, random);
  const key = group?.key('gie-unique-id');
  const primary = app?.primary?.number('gie-unique-id');
  if (!app || !group || !key || primary === undefined) return undefined;
  const others = app.secondaries.filter((other) => other !== group);
  const id = pick([primary, ...others.flatMap((other) => other.number('gie-unique-id') ?? [])], random)!;
  const mistake = withValue(config, key, String(id), ['gie-id-taken']);
  // Of two groups with one id, the second one is told.
  const shift = mistake.text.length - config.tree.text.length;
  const homes = others.flatMap((other) => {
    const there = other.number('gie-unique-id') === id ? other.key('gie-unique-id') : undefined;
    return there ? [there.span.start + (there.span.start > key.span.start ? shift : 0)] : [];
  });
  return { ...mistake, at: [...mistake.at, ...homes] };
}

/** A key moved into a group that does not know it. */
function wrongGroup(config: ConfigFile, _target: Target, random: Random): Mistake | undefined {
  const place = pick(places(config), random);
  if (!place) return undefined;
  const homes = config.sections.filter(
    (section) =>
      section.spec?.closed &&
      section.spec.complete !== false &&
      section.keys.length > 0 &&
      !isSkipped(config, section) &&
      section.name !== place.section.name &&
      !keySpec(section.spec, place.key.name),
  );
  const home = pick(homes, random);
  const first = home?.keys[0];
  if (!home || !first) return undefined;
  const { text } = config.tree;
  const start = text.lastIndexOf('\n', first.span.start - 1) + 1;
  const indent = text.slice(start, first.span.start);
  const line = `${indent}${text.slice(place.key.span.start, place.key.span.end)}\n`;
  return edited(
    config,
    { span: { start, end: start }, text: line },
    ['unknown-key'],
    `${place.key.name} in [${home.name}]`,
  );
}

/** What key files take for a part of the value. */
function inlineComment(config: ConfigFile, _target: Target, random: Random): Mistake | undefined {
  if (config.tree.syntax !== 'ini') return undefined;
  const place = pick(
    places(config).filter(({ key, spec }) => spec.type.kind !== 'list' && !key.value.endsWith(' ')),
    random,
  );
  if (!place) return undefined;
  const value = `${place.key.value} # ${random.pick(['as agreed', 'see the wiki', 'was 4'])}`;
  return withValue(config, place.key, value, ['inline-comment']);
}

/** A key that the target's release does not read any more. */
function removedKey(config: ConfigFile, target: Target, random: Random): Mistake | undefined {
  const gone = config.sections.flatMap((section) => {
    const [first] = section.keys;
    if (!first || isSkipped(config, section)) return [];
    return (section.spec?.keys ?? []).flatMap((spec) => {
      const old = spec.firstWithout ?? spec.until;
      const removed = old !== undefined && target.deepstream !== undefined && spec.until !== target.deepstream;
      if (!removed || !atLeast(target.deepstream!, old) || section.keys.some(({ name }) => name === spec.name))
        return [];
      return spec.name.includes('%') ? [] : [{ first, spec }];
    });
  });
  const place = pick(gone, random);
  if (!place) return undefined;
  const { text, syntax } = config.tree;
  const start = text.lastIndexOf('\n', place.first.span.start - 1) + 1;
  const indent = text.slice(start, place.first.span.start);
  const value = place.spec.type.kind === 'string' ? 'a' : '1';
  const line = `${indent}${place.spec.name}${syntax === 'yaml' ? ': ' : '='}${value}\n`;
  return edited(config, { span: { start, end: start }, text: line }, ['removed-key'], `${place.spec.name} added`);
}

export const MISTAKES: Readonly<Record<string, Make>> = {
  'key typo': keyTypo,
  'wrong type': wrongType,
  'out of range': outOfRange,
  'batch mismatch': batchMismatch,
  'missing file': missingFile,
  'id clash': idClash,
  'wrong group': wrongGroup,
  'inline comment': inlineComment,
  'removed key': removedKey,
};
