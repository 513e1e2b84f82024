/**
 * Names that are given in one place and used in others: of elements in a pipeline, of inferences (their ids) and of shapes
 * in configurations. Definition, references, highlights, rename and linked editing all look here.
 */
import type { ConfigKey } from '../model/config-file.ts';
import type { Setting } from '../model/pipeline.ts';
import type { ConfigReading, LaunchReading, Reading } from '../model/read.ts';
import type { Chain, Item } from '../syntax/launch/tree.ts';
import { HOLE } from '../text/excerpt.ts';
import { type Span, touches } from '../text/span.ts';

export interface Occurrence {
  readonly kind: 'element' | 'pad' | 'inference' | 'shape';
  readonly name: string;
  /** Shapes are told apart by their group too, pads by their element. */
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

/** All places of the same name in a reading; the reading need not be the name's own. Without a scope, of any. */
export const sameName = (
  reading: Reading,
  { kind, name, scope }: Pick<Occurrence, 'kind' | 'name'> & { readonly scope: string | undefined },
): Occurrence[] =>
  occurrences(reading).filter(
    (one) => one.kind === kind && one.name === name && (scope === undefined || one.scope === scope),
  );

/** Why a new name cannot be given; undefined where it can. */
export function refusedName({ kind }: Pick<Occurrence, 'kind'>, name: string): string | undefined {
  switch (kind) {
    case 'element':
      return /^[A-Za-z0-9_][\w%:-]*$/.test(name)
        ? undefined
        : 'An element\'s name has letters, digits, "_" and "-", so that it can be referred to.';
    case 'pad':
      return 'The names of pads are given by the element.';
    case 'inference':
      return /^\d+$/.test(name) ? undefined : 'The id of an inference is a whole number.';
    case 'shape':
      return /^[\w.-]+$/.test(name) ? undefined : 'A label is part of its key: letters, digits, "_", "." and "-".';
  }
}

function ofPipeline({ pipeline, tree, excerpt }: LaunchReading): Occurrence[] {
  const found: Occurrence[] = [];
  // In quotes, the value is what stands between them.
  const valueAt = ({ value, valueSpan }: Setting): Span | undefined => {
    const at =
      value === undefined || value === '' ? -1 : excerpt.text.slice(valueSpan.start, valueSpan.end).indexOf(value);
    return at < 0 ? undefined : { start: valueSpan.start + at, end: valueSpan.start + at + value!.length };
  };
  for (const element of [...pipeline.elements, ...pipeline.dropped]) {
    const infers = element.spec?.roles?.infers;
    for (const setting of element.settings) {
      const { name, path, nameSpan } = setting;
      const span = valueAt(setting);
      const value = setting.value ?? '';
      const pad = path[0];
      if (pad !== undefined) {
        const start = nameSpan.start;
        if (!element.named || !excerpt.text.startsWith(`${pad}::`, start)) continue;
        found.push({
          kind: 'pad',
          name: pad,
          scope: element.name,
          gives: false,
          span: { start, end: start + pad.length },
        });
      } else if (!span) continue;
      else if (name === 'name') found.push({ kind: 'element', name: value, scope: '', gives: true, span });
      else if (infers && /^\d+$/.test(value) && (name === infers.id || name === infers.on)) {
        found.push({ kind: 'inference', name: value, scope: '', gives: name === infers.id, span });
      }
    }
  }
  for (const item of itemsOf(tree.chains)) {
    if (item.kind !== 'reference' || !item.element || item.element.text.includes(HOLE)) continue;
    const { text: name, span } = item.element;
    found.push({ kind: 'element', name, scope: '', gives: false, span });
    for (const pad of item.pads) {
      if (!pad.text.includes(HOLE))
        found.push({ kind: 'pad', name: pad.text, scope: name, gives: false, span: pad.span });
    }
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

/** An element for examples and one for preparing have ids too, which are not those of inferences. */
function idOf({ name, value, valueSpan }: ConfigKey): Occurrence[] | undefined {
  const gives = name === 'gie-unique-id';
  const uses = /^(?:operate|infer)-on-gie-id$|^tensor-meta-gie-id$|^target-unique-ids$/.test(name);
  if (!gives && !uses) return undefined;
  return [...value.matchAll(/(?<![-\d])\d+/g)].slice(0, name === 'target-unique-ids' ? undefined : 1).map((match) => {
    const start = valueSpan.start + match.index;
    return { kind: 'inference', name: match[0], scope: '', gives, span: { start, end: start + match[0].length } };
  });
}
