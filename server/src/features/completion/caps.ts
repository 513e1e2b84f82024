/** Caps in the making: what both neighbours of the place can agree on comes first, and then what is usual. */
import { intersect, printValue } from '../../caps/algebra.ts';
import type { Caps, Structure, Value } from '../../caps/caps.ts';
import { countsOf, noHabits } from '../../catalog/habits.ts';
import { templateCaps } from '../../model/caps-text.ts';
import { AUDIO_FORMATS, FIELDS, MEDIA_TYPES, MEMORIES, VIDEO_FORMATS } from '../../model/caps-words.ts';
import type { AtCaps, Cursor } from '../../model/cursor.ts';
import { type Here, hereAround, hereAt } from '../../model/here.ts';
import type { LaunchReading } from '../../model/read.ts';
import { type Giving, givingOf, valuesGiven, wholeCaps } from './cameras.ts';
import { STANDARD_SIZES } from './numbers.ts';
import { type Nearby, type Suggestion, suits } from './suggestion.ts';

type AtCapsWord = Extract<Cursor, { caps: AtCaps }>;

export function caps(cursor: AtCapsWord, reading: LaunchReading, nearby: Nearby): Suggestion[] {
  const flow = flowAt(cursor.caps, reading, nearby);
  const found = offers(cursor, flow, reading);
  return found.filter(({ label }) => suits(cursor.prefix, label));
}

function offers(cursor: AtCapsWord, flow: Flow, reading: LaunchReading): Suggestion[] {
  switch (cursor.kind) {
    case 'caps-media':
      return media(flow, reading, cursor.caps.features === undefined, cursor.caps.fields.size === 0);
    case 'caps-feature':
      return features(cursor.caps, flow);
    case 'caps-field':
      return fields(cursor.caps, flow, reading);
    case 'caps-value':
      return valuesOf(cursor.caps, cursor.field, flow, reading);
  }
}

/** What comes and what is wanted where the caps stand. */
interface Flow {
  readonly offered: Caps;
  readonly taken: Caps;
  readonly both: Caps;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The camera in front. */
  readonly giving: Giving | undefined;
}

function flowAt({ whole, property }: AtCaps, reading: LaunchReading, nearby: Nearby): Flow {
  const element = property?.at.element;
  const here: Here | undefined = property ? element && hereAround(reading, element, whole) : hereAt(reading, whole);
  let offered = here?.offered ?? 'any';
  if (property && !here?.before) {
    // A source's caps property says what its own pad gives.
    const pad = property.at.spec?.pads.find(({ direction }) => direction === 'src');
    if (pad && !pad.open) offered = templateCaps(pad);
  }
  const taken = here?.taken ?? 'any';
  const both = intersect(offered, taken);
  return {
    offered,
    taken,
    both: both !== 'any' && both.length === 0 ? 'any' : both,
    before: here?.before?.factory,
    after: here?.after?.factory,
    giving: givingOf(here?.before, nearby),
  };
}

/** Media types for a link, the ones that flow there first. `withMemory`: with the features that they flow with. */
export function mediaOf(here: Here, reading: LaunchReading, nearby: Nearby): Suggestion[] {
  const both = intersect(here.offered, here.taken);
  const flow: Flow = {
    offered: here.offered,
    taken: here.taken,
    both: both !== 'any' && both.length === 0 ? 'any' : both,
    before: here.before?.factory,
    after: here.after?.factory,
    giving: givingOf(here.before, nearby),
  };
  return media(flow, reading, true, true);
}

function media(flow: Flow, reading: LaunchReading, withMemory: boolean, whole: boolean): Suggestion[] {
  const habits = (reading.target.catalog.habits?.() ?? noHabits).media;
  const times = (name: string): number => (Object.hasOwn(habits, name) ? habits[name]! : 0);
  const found = new Map<string, Suggestion>();
  const add = (name: string, why: string): void => {
    if (!found.has(name)) found.set(name, { label: name, kind: 'media', ...(why !== '' && { why }) });
  };
  const named = (list: Caps): string[] =>
    list === 'any'
      ? []
      : [...new Set(list.flatMap((structure) => namesOf(structure, withMemory)))].sort((a, b) => times(b) - times(a));
  for (const shot of flow.giving?.shots ?? []) {
    add(withMemory && shot.features !== '' ? `${shot.media}(${shot.features})` : shot.media, flow.giving!.why);
  }
  if (flow.giving && withMemory && whole) for (const one of wholeCaps(flow.giving)) found.set(one.label, one);
  for (const name of named(flow.both)) add(name, whyOf(flow));
  const usual = Object.keys(habits)
    .map((name) => (withMemory ? name : name.replace(/\(.*/, '')))
    .sort((a, b) => times(b) - times(a));
  const known = flow.both !== 'any';
  for (const name of named(flow.offered)) add(name, known ? '' : `${flow.before} gives it`);
  for (const name of named(flow.taken)) add(name, known ? '' : `${flow.after} takes it`);
  for (const name of usual) add(name, '');
  for (const name of MEDIA_TYPES) add(name, '');
  return [...found.values()];
}

const namesOf = ({ media: name, features: list }: Structure, withMemory: boolean): string[] =>
  !withMemory || list === 'any' || list.length === 0 ? [name] : [`${name}(${list.join(', ')})`];

const whyOf = ({ offered, taken, before, after }: Flow): string =>
  offered !== 'any' && taken !== 'any' && before && after
    ? `${before} gives it, ${after} takes it`
    : offered !== 'any' && before
      ? `${before} gives it`
      : taken !== 'any' && after
        ? `${after} takes it`
        : '';

function features({ media: name, features: written }: AtCaps, flow: Flow): Suggestion[] {
  const there = new Set((written ?? '').split(',').map((one) => one.trim()));
  const found = new Map<string, Suggestion>();
  for (const list of [flow.both, flow.offered, flow.taken]) {
    if (list === 'any') continue;
    for (const structure of list) {
      if (structure.media !== name || structure.features === 'any') continue;
      for (const label of structure.features) {
        if (!found.has(label)) found.set(label, { label, kind: 'feature', why: whyOf(flow) });
      }
    }
  }
  const usual = ['memory:NVMM', ...MEMORIES.map((memory) => `memory:${memory}`)];
  for (const label of usual) if (!found.has(label)) found.set(label, { label, kind: 'feature' });
  const complete = [...found.values()].filter(({ label }) => !there.has(label));
  return complete.map((one) => ({ ...one, detail: memoryInWords(one.label) }));
}

/** What a memory feature means. */
export function memoryInWords(feature: string): string {
  switch (feature) {
    case 'memory:NVMM':
      return "NVIDIA's buffers, which the engines reach without a copy";
    case 'memory:SystemMemory':
      return 'ordinary memory';
    case 'memory:DMABuf':
      return 'a buffer of the kernel that drivers share';
    case 'memory:CUDAMemory':
      return 'memory of the GPU, for CUDA';
    case 'memory:GLMemory':
      return 'a texture of OpenGL';
    case 'memory:EGLImage':
      return 'an image of EGL';
    case 'memory:VAMemory':
    case 'memory:VASurface':
      return 'a surface of VA-API';
    default:
      return 'memory';
  }
}

function fields(at: AtCaps, flow: Flow, reading: LaunchReading): Suggestion[] {
  const usual = countsOf((reading.target.catalog.habits?.() ?? noHabits).fields, at.media);
  const names = new Map<string, number>();
  for (const name of FIELDS.get(at.media) ?? []) names.set(name, 1);
  for (const list of [flow.both, flow.offered, flow.taken]) {
    for (const structure of fitting(list, at)) for (const name of structure.fields.keys()) names.set(name, 1);
  }
  for (const [name, times] of Object.entries(usual)) names.set(name, 1 + times);
  // Of a media type that nobody knows, any field may be one.
  if (names.size === 0) for (const list of FIELDS.values()) for (const name of list) names.set(name, 0);
  return [...names]
    .filter(([name]) => !at.fields.has(name))
    .sort((a, b) => b[1] - a[1])
    .map(([name]) => ({
      label: name,
      kind: 'field',
      insert: { before: `${name}=` },
      goesOn: true,
      ...detailOf(name),
    }));
}

const detailOf = (field: string): { detail?: string } => {
  const said = FIELD_WORDS[field];
  return said === undefined ? {} : { detail: said };
};

/** What the fields of caps say. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  format: 'how the samples or pixels are laid out',
  width: 'pixels in a row',
  height: 'rows of a picture',
  framerate: 'pictures a second, as a fraction',
  'pixel-aspect-ratio': 'width of a pixel against its height',
  'interlace-mode': 'whole pictures or fields',
  colorimetry: 'what the numbers mean as colours',
  'stream-format': 'how the coded units are packed',
  alignment: 'what one buffer holds',
  profile: 'the set of coding tools',
  level: 'the limit on size and rate',
  rate: 'samples a second',
  channels: 'how many channels',
  layout: 'channels mixed or one after the other',
  media: 'audio or video',
  'clock-rate': 'ticks of the RTP clock a second',
  'encoding-name': 'the codec inside, in capitals',
  payload: 'the number of the payload type',
  'batch-size': 'pictures in one buffer',
};

/** Alternatives of the caps that the written ones could be. */
function fitting(list: Caps, { media: name, features: written }: AtCaps): readonly Structure[] {
  if (list === 'any') return [];
  const same = list.filter((structure) => structure.media === name);
  const memory = (written ?? '').trim();
  const exact = same.filter(
    ({ features: own }) =>
      own === 'any' ||
      own.join(',') === memory.replace(/\s/g, '') ||
      (own.length === 0 && memory === 'memory:SystemMemory'),
  );
  return exact.length > 0 ? exact : same;
}

function valuesOf(at: AtCaps, field: string, flow: Flow, reading: LaunchReading): Suggestion[] {
  const habits = reading.target.catalog.habits?.() ?? noHabits;
  const usual = countsOf(habits.fieldValues, `${at.media}.${field}`);
  const standard = STANDARD[field] ?? [];
  const times = (value: string): number => {
    const place = standard.indexOf(value);
    return (Object.hasOwn(usual, value) ? usual[value]! : 0) + (place < 0 ? 0 : 1 - place / 100);
  };
  const found = new Map<string, Suggestion>();
  const add = (label: string, why: string): void => {
    if (!found.has(label)) found.set(label, { label, kind: 'value', ...(why !== '' && { why }) });
  };
  const listed = (list: Caps): string[] =>
    [...new Set(fitting(list, at).flatMap((structure) => single(structure.fields.get(field))))]
      .map((value, index) => ({ value, index }))
      .sort((a, b) => times(b.value) - times(a.value) || a.index - b.index)
      .map(({ value }) => value);
  for (const value of flow.giving ? valuesGiven(flow.giving, at, field) : []) add(value, flow.giving!.why);
  for (const value of listed(flow.both)) add(value, whyOf(flow));
  const ranges = fitting(flow.both, at).map((structure) => structure.fields.get(field));
  const common = Object.keys(usual).sort((a, b) => times(b) - times(a));
  for (const value of [...common, ...standard])
    if (ranges.length === 0 || ranges.some((one) => holds(one, value))) add(value, '');
  for (const list of [flow.offered, flow.taken]) for (const value of listed(list)) add(value, '');
  for (const value of [...common, ...standard]) add(value, '');
  if (field === 'format' && at.media !== 'audio/x-raw') for (const value of VIDEO_FORMATS) add(value, '');
  if (field === 'format' && at.media === 'audio/x-raw') for (const value of AUDIO_FORMATS) add(value, '');
  return [...found.values()];
}

/** What cameras, screens, converters and codecs have as a rule. */
const STANDARD: Readonly<Record<string, readonly string[]>> = {
  format: [
    'NV12',
    'I420',
    'RGBA',
    'BGRx',
    'RGB',
    'BGR',
    'YUY2',
    'UYVY',
    'RGBx',
    'BGRA',
    'GRAY8',
    'NV21',
    'P010_10LE',
    'S16LE',
  ],
  ...Object.fromEntries(STANDARD_SIZES),
  framerate: ['30/1', '60/1', '25/1', '15/1', '10/1', '120/1', '30000/1001'],
  rate: ['48000', '44100', '16000', '8000'],
  channels: ['2', '1'],
  'clock-rate': ['90000', '48000', '8000'],
  payload: ['96', '97', '26', '0'],
  'interlace-mode': ['progressive', 'interleaved', 'mixed', 'fields'],
  'pixel-aspect-ratio': ['1/1'],
};

/** The values that are named one by one; ranges name none. */
function single(value: Value | undefined): string[] {
  if (value === undefined) return [];
  if (value.kind === 'list') return value.values.flatMap(single);
  return value.kind.endsWith('Range') || value.kind === 'other' || value.kind === 'array' ? [] : [printValue(value)];
}

/** Whether a range or a list leaves room for the number as written. */
function holds(value: Value | undefined, text: string): boolean {
  if (value === undefined) return true;
  const number = Number(text);
  switch (value.kind) {
    case 'intRange':
      return value.min <= number && number <= value.max;
    case 'fractionRange': {
      const [num = 0, den = 1] = text.split('/').map(Number);
      return value.min[0] / value.min[1] <= num / den && num / den <= value.max[0] / value.max[1];
    }
    case 'list':
      return value.values.some((one) => holds(one, text));
    default:
      return printValue(value) === text;
  }
}
