/** The property blocks of a gst-inspect page: name, flags, type, limits, values and the default of a fresh instance. */
import type { EnumValue, PropertySpec, PropertyType } from './element.ts';
import { readCaps } from './inspect-caps.ts';

/** Properties of a block whose names stand `indent` blanks from the left margin. Lines are as printed, wrapped ones joined. */
export function readProperties(lines: readonly string[], blurbs: boolean, indent = 2): PropertySpec[] {
  const blocks: { name: string; blurb: string; body: string[] }[] = [];
  let body: string[] | undefined;
  const head = new RegExp(`^ {${indent}}([A-Za-z_][\\w-]*) *: ?(.*)$`);
  for (const line of lines) {
    const start = head.exec(line);
    if (start) {
      body = [];
      blocks.push({ name: start[1]!, blurb: start[2]!, body });
    } else if (body && line.trim() !== '') body.push(line);
  }
  return blocks.flatMap((block) => readBlock(block.name, block.blurb, block.body, blurbs) ?? []);
}

function readBlock(name: string, first: string, body: readonly string[], blurbs: boolean): PropertySpec | undefined {
  // A blurb may hold the word itself; the real line is the last that names a flag before the type.
  const at = body.findIndex((line) => /^\s*flags: /.test(line) && /readable|writable|0x[0-9a-f]+/.test(line));
  if (at < 0) return undefined;
  const flags = body[at]!;
  const facts = body.slice(at + 1);
  const type = readType(facts);
  const value = readDefault(facts, type);
  const changeable = readChangeable(flags);
  return {
    name,
    type,
    ...(value !== undefined && { default: value }),
    blurb: blurbs
      ? [first, ...body.slice(0, at)]
          .map((line) => line.trim())
          .join(' ')
          .trim()
      : '',
    readable: /readable/.test(flags),
    writable: /writable/.test(flags),
    ...(changeable && { changeable }),
    ...(/\bdeprecated\b/.test(flags) && { deprecated: true }),
  };
}

function readChangeable(flags: string): PropertySpec['changeable'] {
  if (/construct.only/i.test(flags)) return 'never';
  if (/changeable only in NULL or READY/.test(flags)) return 'ready';
  if (/changeable only in NULL, READY or PAUSED/.test(flags)) return 'paused';
  if (/changeable in NULL, READY, PAUSED or PLAYING/.test(flags)) return 'playing';
  return undefined;
}

const INTEGERS: readonly (readonly [RegExp, 'int' | 'uint' | 'int64' | 'uint64'])[] = [
  [/^Integer\. /, 'int'],
  [/^Unsigned Integer\. /, 'uint'],
  [/^(?:Integer64|Long)\. /, 'int64'],
  [/^(?:Unsigned Integer64|Unsigned Long)\. /, 'uint64'],
];

function readType(facts: readonly string[]): PropertyType {
  for (const line of facts) {
    const text = line.trim();
    for (const [start, kind] of INTEGERS) {
      if (!start.test(text)) continue;
      const range = /Range: (-?\d+) - (-?\d+)/.exec(text);
      return range ? { kind, min: range[1]!, max: range[2]! } : { kind };
    }
    if (text.startsWith('Boolean.')) return { kind: 'bool' };
    if (text.startsWith('String.')) return { kind: 'string' };
    const real = /^(Float|Double)\. +Range: +(\S+) - +(\S+)/.exec(text);
    if (real) {
      const kind = real[1] === 'Float' ? 'float' : 'double';
      const [min, max] = [Number(real[2]), Number(real[3])];
      return { kind, ...(Number.isFinite(min) && { min }), ...(Number.isFinite(max) && { max }) };
    }
    const choice = /^(Enum|Flags) "(.*?)"/.exec(text);
    if (choice) {
      return { kind: choice[1] === 'Enum' ? 'enum' : 'flags', type: choice[2]!, values: readValues(facts) };
    }
    const fraction = /^Fraction\. Range: (\S+) - (\S+)/.exec(text);
    if (fraction) return { kind: 'fraction', min: fraction[1]!, max: fraction[2]! };
    if (/^Caps\b/.test(text)) return { kind: 'caps' };
    const list = /^GstValueArray of GValues of type "(.*?)"/.exec(text);
    if (list) return { kind: 'array', of: list[1]! };
    if (/^GstValueArray of GValues/.test(text)) return { kind: 'array' };
    const old = /^Array of GValues of type "(.*?)"/.exec(text);
    if (old) return { kind: 'other', type: 'GValueArray' };
    const pointed = /^(Object|Boxed pointer) of type "(.*?)"/.exec(text);
    if (pointed) {
      if (pointed[2] === 'GstStructure') return { kind: 'structure' };
      if (pointed[2] === 'GstCaps') return { kind: 'caps' };
      return { kind: pointed[1] === 'Object' ? 'object' : 'boxed', type: pointed[2]! };
    }
    if (text.startsWith('Pointer.')) return { kind: 'pointer' };
    const unknown = /^Unknown type -?\d+ "(.*?)"/.exec(text);
    if (unknown) return { kind: 'other', type: unknown[1]! };
  }
  // Caps with a value are printed without the word: a media type alone on its line, or ANY.
  const caps = facts.some((line) => /^ {27,}(?:ANY|EMPTY|[\w.+-]+\/[\w.+-]+(?:\(.*\))?)\s*$/.test(line));
  return caps ? { kind: 'caps' } : { kind: 'other' };
}

/** Names of values are kept where they are names; sentences are the plugin's prose. */
const NAME = /^[A-Za-z0-9_][\w.-]*$/;

function readValues(facts: readonly string[]): EnumValue[] {
  const values: EnumValue[] = [];
  for (const line of facts) {
    const match = /^\s*\((-?\d+|0x[0-9a-fA-F]+)\): (.*)$/.exec(line);
    if (!match) continue;
    const dash = /^(.*?) +- (.*)$/.exec(match[2]!);
    const nick = (dash ? dash[1]! : match[2]!).trim();
    const name = dash?.[2]?.trim();
    values.push({
      value: Number(match[1]),
      nick,
      ...(name !== undefined && NAME.test(name) && name !== nick && { name }),
    });
  }
  return values;
}

/** Texts that an element makes up for each instance: temporary files, random names, certificates. */
const MADE_UP = /^\/tmp\/|^\/var\/tmp\/|@host-|-----BEGIN/;

function readDefault(facts: readonly string[], type: PropertyType): string | undefined {
  if (type.kind === 'caps') return capsDefault(facts);
  const at = facts.findIndex((line) => /Default: /.test(line));
  const text = at < 0 ? undefined : /Default: *(.*?) *(?:Write only)?$/.exec(facts[at]!)?.[1];
  if (text === undefined || text === '' || text === 'null') return undefined;
  switch (type.kind) {
    case 'string': {
      // A default may run over several lines; such a text is of no use to a reader and is left out.
      const quoted = /^"(.*)"$/.exec(text)?.[1];
      return quoted === undefined || MADE_UP.test(quoted) ? undefined : quoted;
    }
    case 'enum':
    case 'flags': {
      const chosen = /^(-?\d+|0x[0-9a-fA-F]+), "(.*)"/.exec(text);
      if (!chosen) return undefined;
      const nick = chosen[2]!;
      const known = nick.split('+').every((part) => type.values.some((value) => value.nick === part));
      return known && /^[\w+-]+$/.test(nick) ? nick : chosen[1]!;
    }
    case 'array':
      return /^"(.*)"$/.exec(text)?.[1];
    case 'float':
    case 'double':
    case 'bool':
    case 'int':
    case 'uint':
    case 'int64':
    case 'uint64':
    case 'fraction':
      return text;
    default:
      return undefined;
  }
}

function capsDefault(facts: readonly string[]): string | undefined {
  const lines = facts.filter((line) => !/^\s*(?:Caps\b|Boxed|Write only|$)/.test(line));
  const caps = readCaps(lines);
  return caps === '' ? undefined : caps;
}
