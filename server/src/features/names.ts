/**
 * Names that are given in one place and used in others: of elements in a pipeline, of inferences (their ids) and of shapes
 * in configurations. Definition, references, highlights, rename and linked editing all look here.
 */
import type { ConfigKey } from '../model/config-file.ts';
import type { ConfigReading, LaunchReading, Reading } from '../model/read.ts';
import type { Chain, Item } from '../syntax/launch/tree.ts';
import { HOLE } from '../text/excerpt.ts';
import { type Span, touches } from '../text/span.ts';

export interface Occurrence {
  readonly kind: 'element' | 'inference' | 'shape';
  readonly name: string;
  /** Shapes are told apart by their group too. */
  readonly scope: string;
  /** True where the name is given, false where it is used. */
  readonly gives: boolean;
  readonly span: Span;
}

const kept = new WeakMap<object, readonly Occurrence[]>();

/** Every name of the reading, in the order of the text. */
export function occurrences(reading: Reading): readonly Occurrence[] {
  const owner = reading.kind === 'launch' ? reading.pipeline : reading.config;
  let known = kept.get(owner);
  if (!known) {
    known = reading.kind === 'launch' ? ofPipeline(reading) : ofConfig(reading);
    kept.set(owner, known);
  }
  return known;
}

/** The name at the offset. */
export const nameAt = (reading: Reading, offset: number): Occurrence | undefined =>
  occurrences(reading).find(({ span }) => touches(span, offset));

/** All places of the same name in a reading; the reading need not be the name's own. */
export const sameName = (reading: Reading, { kind, name, scope }: Occurrence): Occurrence[] =>
  occurrences(reading).filter((one) => one.kind === kind && one.name === name && one.scope === scope);

/** Why a new name cannot be given; undefined where it can. */
export function refusedName({ kind }: Occurrence, name: string): string | undefined {
  switch (kind) {
    case 'element':
      return /^[A-Za-z0-9_][\w%:-]*$/.test(name)
        ? undefined
        : 'An element\'s name has letters, digits, "_" and "-", so that it can be referred to.';
    case 'inference':
      return /^\d+$/.test(name) ? undefined : 'The id of an inference is a whole number.';
    case 'shape':
      return /^[\w.-]+$/.test(name) ? undefined : 'A label is part of its key: letters, digits, "_", "." and "-".';
  }
}

function ofPipeline({ pipeline, tree, excerpt }: LaunchReading): Occurrence[] {
  const found: Occurrence[] = [];
  for (const element of [...pipeline.elements, ...pipeline.dropped]) {
    for (const setting of element.settings) {
      const { name, path, value, valueSpan } = setting;
      if (name !== 'name' || path.length > 0 || value === undefined || value === '') continue;
      // In quotes, the name is what stands between them.
      const at = excerpt.text.slice(valueSpan.start, valueSpan.end).indexOf(value);
      if (at < 0) continue;
      const start = valueSpan.start + at;
      found.push({ kind: 'element', name: value, scope: '', gives: true, span: { start, end: start + value.length } });
    }
  }
  for (const item of itemsOf(tree.chains)) {
    if (item.kind !== 'reference' || !item.element || item.element.text.includes(HOLE)) continue;
    const { text: name, span } = item.element;
    found.push({ kind: 'element', name, scope: '', gives: false, span });
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function* itemsOf(chains: readonly Chain[]): Generator<Item> {
  const lists = [chains];
  for (let list = lists.pop(); list; list = lists.pop()) {
    for (const chain of list) {
      for (const item of chain.items) {
        yield item;
        if (item.kind === 'bin') lists.push(item.chains);
      }
    }
  }
}

function ofConfig({ config }: ConfigReading): Occurrence[] {
  return config.sections.flatMap((section) =>
    section.keys.flatMap((key): Occurrence[] => {
      if (key.nested || key.dropped) return [];
      const inference = idOf(key);
      if (inference) return inference;
      if (key.label === undefined || !key.spec?.name.endsWith('%s')) return [];
      const start = key.nameSpan.end - key.label.length;
      return [
        { kind: 'shape', name: key.label, scope: section.name, gives: true, span: { start, end: key.nameSpan.end } },
      ];
    }),
  );
}

function idOf({ name, value, valueSpan }: ConfigKey): Occurrence[] | undefined {
  const gives = /^(?:gie-)?unique-id$/.test(name);
  if (!gives && !/^(?:operate|infer)-on-gie-id$/.test(name)) return undefined;
  const id = /^\s*(\d+)/.exec(value)?.[1];
  if (id === undefined) return [];
  const start = valueSpan.start + value.indexOf(id);
  return [{ kind: 'inference', name: id, scope: '', gives, span: { start, end: start + id.length } }];
}
