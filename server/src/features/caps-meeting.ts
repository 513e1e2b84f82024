/** Two elements side by side: what the one gives, what the other takes, and where the two meet. */
import { intersect, printValue } from '../caps/algebra.ts';
import type { Caps, Structure, Value } from '../caps/caps.ts';
import { memoryOf } from '../caps/memory.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { ElementSpec, PadTemplate } from '../catalog/element.ts';
import { templateCaps } from '../model/caps-text.ts';
import type { CapsMeeting, CapsRow, CapsSide, CapsText } from '../protocol.ts';

/** More alternatives than these are not compared one with one. */
const MOST_STRUCTURES = 40;
const MOST_ROWS = 400;
const LONGEST_VALUE = 300;

/** What pads of the two elements have in common by their templates. Names that no table has give empty sides. */
export function meet(catalog: Catalog, from: string, to: string): CapsMeeting {
  const left = catalog.element(from);
  const right = catalog.element(to);
  const gives = padsOf(left, 'src');
  const takes = padsOf(right, 'sink');
  return {
    from: sideOf(from, left, gives),
    to: sideOf(to, right, takes),
    pairs: gives.flatMap((src) => takes.map((sink) => pairOf(src, sink))),
    elements: [...catalog.heads()].map(({ name }) => name).sort(),
  };
}

const padsOf = (spec: ElementSpec | undefined, direction: 'src' | 'sink'): PadTemplate[] =>
  spec?.pads.filter((pad) => pad.direction === direction) ?? [];

const sideOf = (factory: string, spec: ElementSpec | undefined, pads: readonly PadTemplate[]): CapsSide => ({
  factory,
  known: spec !== undefined,
  blurb: spec?.blurb ?? '',
  pads: pads.map((pad) => ({ name: pad.name, presence: pad.presence, caps: laidOut(templateCaps(pad)) })),
});

function pairOf(src: PadTemplate, sink: PadTemplate): CapsMeeting['pairs'][number] {
  const gives = templateCaps(src);
  const takes = templateCaps(sink);
  const both = intersect(gives, takes);
  return {
    fromPad: src.name,
    toPad: sink.name,
    meet: both === 'any' || both.length > 0,
    rows: rowsOf(gives, takes),
  };
}

/** Field by field, for alternatives of the same media type and memory; where none is the same, the types themselves. */
function rowsOf(gives: Caps, takes: Caps): CapsRow[] {
  if (gives === 'any' || takes === 'any') {
    const both = gives === 'any' ? takes : gives;
    return laidOut(both)
      .slice(0, MOST_STRUCTURES)
      .map(({ media, memory }) => {
        const name = media === 'ANY' ? 'anything' : media;
        return {
          media: name,
          memory,
          field: '',
          from: gives === 'any' ? 'anything' : name,
          to: takes === 'any' ? 'anything' : name,
          both: name,
        };
      });
  }
  const rows: CapsRow[] = [];
  for (const one of gives.slice(0, MOST_STRUCTURES)) {
    for (const other of takes.slice(0, MOST_STRUCTURES)) {
      if (one.media !== other.media || rows.length >= MOST_ROWS) continue;
      const memory = memoryOf(one);
      if (memory !== memoryOf(other)) {
        rows.push({ media: one.media, memory: 'memory', field: '', from: memory, to: memoryOf(other), both: '' });
        continue;
      }
      rows.push(...fieldRows(one, other, memory));
    }
  }
  if (rows.length === 0) {
    const media = (caps: readonly Structure[]) => [...new Set(caps.map((one) => one.media))].join(', ');
    rows.push({ media: 'media type', memory: '', field: '', from: media(gives), to: media(takes), both: '' });
  }
  return rows;
}

function fieldRows(one: Structure, other: Structure, memory: string): CapsRow[] {
  const both = intersect([one], [other]);
  const met = both !== 'any' && both[0];
  const names = [...new Set([...one.fields.keys(), ...other.fields.keys()])];
  if (names.length === 0)
    return [{ media: one.media, memory, field: '', from: 'any fields', to: 'any fields', both: 'any fields' }];
  return names.map((field) => {
    const left = one.fields.get(field);
    const right = other.fields.get(field);
    return {
      media: one.media,
      memory,
      field,
      from: left ? valueText(left) : 'any',
      to: right ? valueText(right) : 'any',
      both: met ? valueOrAny(met.fields.get(field)) : commonOf(one, other, field),
    };
  });
}

/** What a single field has in common where the alternatives as a whole do not meet. */
function commonOf(one: Structure, other: Structure, field: string): string {
  const only = (structure: Structure): Structure => {
    const value = structure.fields.get(field);
    return { media: 'x', features: [], fields: new Map(value ? [[field, value]] : []) };
  };
  const both = intersect([only(one)], [only(other)]);
  return both === 'any' || !both[0] ? '' : valueOrAny(both[0].fields.get(field));
}

const laidOut = (caps: Caps): CapsText[] =>
  caps === 'any'
    ? [{ media: 'ANY', memory: '', fields: [] }]
    : caps.map((structure) => ({
        media: structure.media,
        memory: memoryOf(structure),
        fields: [...structure.fields].map(([name, value]) => ({ name, value: valueText(value) })),
      }));

const valueOrAny = (value: Value | undefined): string => (value ? valueText(value) : 'any');

function valueText(value: Value): string {
  if (value.kind === 'intRange' && value.max >= 2147483647) return value.min <= 1 ? 'any size' : `${value.min} or more`;
  const text = printValue(value);
  if (text === '[ 0/1, 2147483647/1 ]') return 'any rate';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
