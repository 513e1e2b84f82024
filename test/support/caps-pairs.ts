/** Draws pairs of caps: pad templates and filters as they are, and what small changes make of them. */
import type { Caps, Value } from '../../server/src/caps/caps.ts';
import { capsOf } from '../../server/src/syntax/caps/lower.ts';
import type { Pair } from './caps-oracle.ts';
import type { Random } from './random.ts';

/** Endless pairs from these texts. The same seed and texts give the same pairs. */
export class CapsPairs {
  readonly #random: Random;
  readonly #texts: readonly string[];
  readonly #byMedia = new Map<string, string[]>();

  constructor(texts: readonly string[], random: Random) {
    this.#texts = [...new Set(texts)].sort();
    this.#random = random;
    for (const text of this.#texts) {
      for (const structure of text.split(';')) {
        const media = mediaOf(structure);
        if (media === '' || structure.length > 4000) continue;
        const known = this.#byMedia.get(media);
        if (known) known.push(structure.trim());
        else this.#byMedia.set(media, [structure.trim()]);
      }
    }
  }

  next(): Pair {
    const random = this.#random;
    const a = this.#text();
    const kin = this.#byMedia.get(mediaOf(a));
    const other = random.chance(0.4) ? a : kin && random.chance(0.7) ? random.pick(kin) : this.#text();
    let b = other;
    for (let n = random.below(4); n > 0; n--) b = this.#mutate(b);
    const pair = random.chance(0.3) ? { a: this.#mutate(a), b } : random.chance(0.5) ? { a, b } : { a: b, b: a };
    return { ...pair, heavy: isLight(capsOf(pair.a)) && isLight(capsOf(pair.b)) };
  }

  #text(): string {
    const random = this.#random;
    if (random.chance(0.5)) return random.pick(this.#texts);
    return random.pick(this.#byMedia.get(random.pick([...this.#byMedia.keys()])) ?? this.#texts);
  }

  #mutate(text: string): string {
    const random = this.#random;
    if (random.chance(0.12)) return this.#mutateCharacters(text);
    if (random.chance(0.1)) return `${text}; ${this.#text()}`;
    const structures = text.split(';');
    const at = random.below(structures.length);
    structures[at] = this.#mutateStructure(structures[at]!);
    return structures.join(';');
  }

  #mutateStructure(structure: string): string {
    const random = this.#random;
    const fields = splitFields(structure);
    const at = 1 + random.below(Math.max(1, fields.length - 1));
    switch (random.below(8)) {
      case 0:
        fields.splice(at, 1);
        break;
      case 1:
        fields.splice(at, 0, ` ${random.pick(NAMES)}=${this.#value()}`);
        break;
      case 2:
        fields[0] = `${fields[0]?.replace(/\(.*$/s, '') ?? ''}${random.pick(FEATURES)}`;
        break;
      case 3:
        fields[at] = fields[at]?.replace(/=\s*(\([^)]*\))?/, () => `=${random.pick(CASTS)}`) ?? ' x=1';
        break;
      case 4:
        if (fields.length > 2) fields.push(fields.splice(at, 1)[0]!);
        break;
      case 5:
        fields[at] = this.#mutateList(fields[at] ?? ` format=${this.#value()}`);
        break;
      default:
        fields[at] = fields[at]?.replace(/=.*$/s, () => `=${this.#value()}`) ?? ` width=${this.#value()}`;
    }
    return fields.join(',');
  }

  /** A member out, a member in, the order changed, a number moved by a little. */
  #mutateList(field: string): string {
    const random = this.#random;
    if (!field.includes('{')) {
      const numbers = [...field.matchAll(/\d+/g)];
      const number = numbers.length > 0 ? random.pick(numbers) : undefined;
      if (!number) return field;
      const changed = String(Math.max(0, Number(number[0]) + random.below(5) - 2));
      return field.slice(0, number.index) + changed + field.slice(number.index + number[0].length);
    }
    return field.replace(/\{([^{}]*)\}/, (_all, inner: string) => {
      const members = inner.split(',');
      const at = random.below(members.length);
      if (random.chance(0.4)) members.splice(at, 1 + random.below(members.length));
      else if (random.chance(0.5)) members.splice(at, 0, this.#value());
      else members.reverse();
      return `{${members.join(',')}}`;
    });
  }

  #value(): string {
    const random = this.#random;
    if (random.chance(0.75)) return random.pick(VALUES);
    const members = Array.from({ length: 1 + random.below(4) }, () => random.pick(PLAIN));
    return random.chance(0.7) ? `{ ${members.join(', ')} }` : `< ${members.join(', ')} >`;
  }

  #mutateCharacters(text: string): string {
    const random = this.#random;
    const at = random.below(text.length + 1);
    const sign = random.pick([...SIGNS]);
    switch (random.below(3)) {
      case 0:
        return text.slice(0, at) + text.slice(at + 1);
      case 1:
        return text.slice(0, at) + sign + text.slice(at);
      default:
        return text.slice(0, at) + sign + text.slice(at + 1);
    }
  }
}

const SIGNS = ' \t\n\\",;=(){}[]<>/:+-_.09axé!';
const NAMES = ['width', 'height', 'format', 'framerate', 'rate', 'channels', 'layout', 'alignment', 'x-own'];
const FEATURES = [
  '',
  '()',
  '(ANY)',
  '(memory:NVMM)',
  '(memory:SystemMemory)',
  '(memory:DMABuf)',
  '(memory:NVMM, meta:Foo)',
  '(meta:Foo,memory:NVMM)',
  '( memory:NVMM)',
  '(memory:NVMM )',
  '(memory)',
  '(memory:NVMM,)',
  '(memory:NVMM',
  '(memory:NVMM\\, meta:Foo)',
];
const CASTS = [
  '',
  '(int)',
  '(i)',
  '(string)',
  '(s)',
  '(fraction)',
  '(double)',
  '(f)',
  '(gint64)',
  '(uint)',
  '(b)',
  '( bitmask )',
  '(wrong)',
];
const PLAIN = [
  '0',
  '1',
  '5',
  '10',
  '640',
  '1920',
  '-1',
  '+3',
  '007',
  '0x10',
  '2147483647',
  '4294967295',
  'min',
  'MAX',
  '1.5',
  '.5',
  '1e3',
  '0/1',
  '30/1',
  '60/2',
  '30000/1001',
  'max',
  'true',
  'No',
  'f',
  'NV12',
  'I420',
  'RGBA',
  'S16LE',
  'raw',
  'NULL',
  'bt709',
  '1:1:5:1',
  '2:4:5:1',
  '"quoted text"',
  '"NV12"',
  '"5"',
  '"a\\"b"',
  '"\\303\\251"',
  'a+b',
  '1:f',
  '3:7',
  '(string)16',
  '(int)16',
  '(gint64)5',
  '(gint64)99999999999',
  '(guint64)7',
  '(uint)8',
  '(bitmask)0x3',
  '(float)0.1',
  '(flagset)1:3:+this',
  '(buffer)0a1B',
  '(double)2',
  '(string)"5"',
  '(boolean)yes',
  '(s)é',
  '""',
  'inf',
];
const VALUES = [
  ...PLAIN,
  '[ 1, 100 ]',
  '[ 0, 2147483647 ]',
  '[ 0, max ]',
  '[ 2, 10, 2 ]',
  '[ 0, 9, 3 ]',
  '[ 5, 1 ]',
  '[ -5, 5 ]',
  '(int)[ 10, 20 ]',
  '[ 16, 4096, 16 ]',
  '[ 0/1, 2147483647/1 ]',
  '[ 15/1, 60/1 ]',
  '(fraction)[ 0, max ]',
  '[ 1/1, 30/1 ]',
  '[ 0.0, 1.0 ]',
  '[ 1.0, 2.5 ]',
  '(double)[ 0, 10 ]',
  '(gint64)[ 0, 100 ]',
  '(gint64)[ 4, 40, 4 ]',
  '(gint64)[ 50, 200 ]',
  '{ }',
  '{ 1 }',
  '{ NV12, I420 }',
  '{ I420, NV12 }',
  '{ 1, 2, 3 }',
  '{ [ 1, 5 ], 8 }',
  '{ 8, [ 1, 5 ] }',
  '{ 15/1, 30/1 }',
  '{ , 1, 2, }',
  '{ [ 1/1, 5/1 ], 30/1 }',
  '{ { 1, 2 }, { 3 } }',
  '(string){ mono, left, right }',
  '< 1, 2 >',
  '< [ 1, 5 ], { 1, 2 } >',
  '< >',
  '{ true, false }',
  '(guint64){ 1, 2 }',
  '{ 1,, 2 }',
  '[ 1 ]',
  '[ x, y=1 ]',
  '(GstCaps)[ video/x-raw(memory:NVMM) ]',
  '(bitmask){ 0x1, 0x3 }',
  '(structure)"x, y=(int)1;"',
  '1 2',
  '',
  '(int)',
  '{ 1',
  '"open',
  '[ 1, 2, 3, 4 ]',
];

const mediaOf = (text: string): string => /^\s*"?([\w/.+-]+)/.exec(text)?.[1] ?? '';

/** Cuts at the commas that are outside brackets; a rough cut is enough for making changes. */
function splitFields(structure: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let i = 0; i < structure.length; i++) {
    const c = structure[i]!;
    if ('({[<'.includes(c)) depth++;
    else if (')}]>'.includes(c)) depth--;
    else if (c === ',' && depth === 0) {
      parts.push(structure.slice(begin, i));
      begin = i + 1;
    }
  }
  parts.push(structure.slice(begin));
  return parts;
}

/** Whether normal form and simplification stay small enough to be asked of the library by the thousand. */
function isLight(caps: Caps | undefined): boolean {
  if (caps === undefined || caps === 'any') return true;
  let alternatives = 0;
  for (const { fields } of caps) {
    let combinations = 1;
    for (const v of fields.values()) combinations *= choices(v);
    alternatives += combinations;
  }
  return caps.length <= 40 && alternatives <= 300;
}

/** The library never comes back from making the normal form of an empty list. */
const choices = (v: Value): number => {
  if (v.kind !== 'list') return 1;
  return v.values.length === 0 ? Number.POSITIVE_INFINITY : v.values.reduce((sum, item) => sum + choices(item), 0);
};
