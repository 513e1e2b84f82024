/**
 * The page that `gst-inspect-1.0 NAME` prints, read into an {@link ElementSpec}. Follows the printer of GStreamer 1.14 to
 * 1.26 (`tools/gst-inspect.c`) and survives what terminals and plugins do to it: colours, hard wraps, lost trailing blanks,
 * lines that a plugin prints in between. It takes facts only; the plugin's own descriptions are read when asked for.
 */
import type { ElementSpec, PadTemplate, PropertySpec } from './element.ts';
import { readCaps } from './inspect-caps.ts';
import { readProperties } from './inspect-properties.ts';

export interface InspectOptions {
  /** The factory's name: the page itself does not say it. */
  readonly name: string;
  /** Where the page came from, for {@link ElementSpec.origin}. */
  readonly layer: string;
  readonly source: string;
  readonly live?: boolean;
  /** Also read what the plugin says of itself and of its properties, to be shown for a live device. */
  readonly blurbs?: boolean;
}

/** The element that the page describes; undefined where the text is no page of an element. Never throws. */
export function inspectElement(text: string, options: InspectOptions): ElementSpec | undefined {
  const sections = cut(unwrap(text));
  const factory = details(sections.get('Factory Details'));
  const plugin = details(sections.get('Plugin Details'));
  const pads = readPads(sections.get('Pad Templates') ?? [], options.blurbs === true);
  const properties = readProperties(sections.get('Element Properties') ?? [], options.blurbs === true);
  const types = readHierarchy(sections.get('GObject') ?? []);
  if (factory.size === 0 && pads.length === 0 && properties.length === 0) return undefined;
  const rank = /\((-?\d+)\)/.exec(factory.get('Rank') ?? '')?.[1];
  const protocols = readProtocols(sections.get('URI handling capabilities') ?? []);
  const typeName = types.at(-1);
  return {
    name: options.name,
    plugin: plugin.get('Name') ?? '',
    ...(typeName !== undefined && { typeName }),
    ancestry: types.slice(0, -1).reverse(),
    blurb: options.blurbs ? (factory.get('Description') ?? '') : '',
    klass: (factory.get('Klass') ?? '').split('/').filter((word) => word !== ''),
    ...(rank !== undefined && { rank: Number(rank) }),
    pads,
    properties: properties.map((property) => withoutCounter(property)),
    ...(protocols.length > 0 && { protocols }),
    complete: sections.has('Element Properties'),
    origin: { layer: options.layer, source: options.source, live: options.live ?? false },
  };
}

/** Every heading that stands at the left margin of a page, in any version. */
const HEADING =
  /^(?:(Factory Details|Plugin Details|Implemented Interfaces|Pad Templates|URI handling capabilities|Clocking Interaction|Pads|Element Properties|Element Signals|Element Actions|Element Flags|Element Implementation|Bin Flags|Children|Presets):|(GObject)\s*$|Element has no (?:clocking|URI handling|pads|indexing))/;

const COLOUR = /\x1b\[[0-9;]*[A-Za-z]/g;

/** Lines without colours; what stands at the left margin without being a heading belongs to the line before. */
function unwrap(text: string): string[] {
  const lines: string[] = [];
  let tree = false;
  for (const raw of text.replace(COLOUR, '').split(/\r?\n/)) {
    const heading = HEADING.exec(raw);
    if (heading) tree = heading[2] !== undefined;
    const last = lines.at(-1);
    const loose = raw !== '' && !/^\s{2}/.test(raw) && !heading && !(tree && /^\s*\+/.test(raw));
    if (loose && last !== undefined) lines[lines.length - 1] = last + raw;
    else lines.push(raw);
  }
  return lines;
}

/** Section heading → its lines. A heading that comes twice keeps its first text. */
function cut(lines: readonly string[]): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines) {
    const heading = HEADING.exec(line);
    if (heading) {
      current = [];
      const name = heading[1] ?? heading[2];
      if (name !== undefined && !sections.has(name)) sections.set(name, current);
      if (name === 'GObject') current.push(line);
    } else current.push(line);
  }
  return sections;
}

/** `  Long-name                Video sink` lines as a map. */
function details(lines: readonly string[] | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of lines ?? []) {
    const match = /^ {2}(\S+(?: \S+)*) {2,}(\S.*)$/.exec(line);
    if (match) found.set(match[1]!, match[2]!.trimEnd());
  }
  return found;
}

/** Type names from the one below GstElement down to the element's own. */
function readHierarchy(lines: readonly string[]): string[] {
  const types = lines.flatMap((line) => /^\s*(?:\+-+)?(\w+)\s*$/.exec(line)?.[1] ?? []);
  return types.slice(types.indexOf('GstElement') + 1);
}

function readProtocols(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => line.includes('Supported URI protocols'));
  if (start < 0) return [];
  return lines.slice(start + 1).flatMap((line) => /^ {4}(\S+)\s*$/.exec(line)?.[1] ?? []);
}

const PRESENCE: Readonly<Record<string, PadTemplate['presence']>> = {
  Always: 'always',
  Sometimes: 'sometimes',
  'On request': 'request',
};

function readPads(lines: readonly string[], blurbs: boolean): PadTemplate[] {
  const pads: PadTemplate[] = [];
  const starts = lines.flatMap((line, at) => (/^ {2}(SINK|SRC) template: /.test(line) ? [at] : []));
  starts.forEach((start, index) => {
    const head = /^ {2}(SINK|SRC) template: '(.*)'/.exec(lines[start]!);
    const body = lines.slice(start + 1, starts[index + 1]);
    const presence = PRESENCE[/Availability: (.*?)\s*$/m.exec(body.join('\n'))?.[1] ?? ''];
    if (!head || presence === undefined) return;
    const own = body.findIndex((line) => /^ {4}Pad Properties:/.test(line));
    const properties = own < 0 ? [] : readProperties(body.slice(own + 1), blurbs, 6);
    pads.push({
      name: head[2]!,
      direction: head[1] === 'SRC' ? 'src' : 'sink',
      presence,
      caps: readCaps(capsLines(body)),
      ...(properties.length > 0 && { properties }),
    });
  });
  return pads;
}

/** The lines below "Capabilities:" that speak of caps, wrapped lines joined. */
function capsLines(body: readonly string[]): string[] {
  const start = body.findIndex((line) => /^ {4}Capabilities:/.test(line));
  if (start < 0) return [];
  const found: string[] = [];
  for (const line of body.slice(start + 1)) {
    if (/^ {4}\S/.test(line)) break;
    if (line.trim() !== '') found.push(line);
  }
  return found;
}

/** The instance's name counts up (`queue0`), so it says nothing. */
function withoutCounter(property: PropertySpec): PropertySpec {
  if (property.name !== 'name' || property.default === undefined) return property;
  const { default: _counter, ...rest } = property;
  return rest;
}
