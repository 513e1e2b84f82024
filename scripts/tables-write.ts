/** How a set of element tables stands on disk: one file a plugin, one line a property or pad, what is usual left out. */
import type { ElementSpec, PropertySpec } from '../server/src/catalog/element.ts';
import type { IndexRow, TableElement, TablePad, TableProperty } from '../server/src/catalog/table.ts';

export interface SetHead {
  readonly source: string;
  readonly date: string;
}

/** File name → text: `index.json` and a file for every plugin. */
export function writeSet(
  head: SetHead,
  elements: readonly (readonly [plugin: string, TableElement])[],
): Map<string, string> {
  const plugins = new Map<string, TableElement[]>();
  for (const [plugin, element] of [...elements].sort(([, a], [, b]) => (a.name < b.name ? -1 : 1))) {
    const own = plugins.get(plugin);
    if (own) own.push(element);
    else plugins.set(plugin, [element]);
  }
  const files = new Map<string, string>();
  const index = [...plugins]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([plugin, own]) => {
      files.set(`${plugin}.json`, writePlugin(plugin, head, own));
      const rows = own.map((element) => `${JSON.stringify(element.name)}: ${JSON.stringify(indexRow(element))}`);
      return `    ${JSON.stringify(plugin)}: {\n      ${rows.join(',\n      ')}\n    }`;
    });
  files.set('index.json', `{\n  ${headText(head)},\n  "plugins": {\n${index.join(',\n')}\n  }\n}\n`);
  return files;
}

/** The table's form of what a page of gst-inspect said. */
export function tableOf(spec: ElementSpec): TableElement {
  const { plugin: _plugin, blurb: _blurb, klass, pads, properties, complete, origin: _origin, ...rest } = spec;
  return {
    ...rest,
    klass: klass.join('/'),
    ...(!complete && { complete: false as const }),
    pads: pads.map(({ properties: own, ...pad }) => ({ ...pad, ...(own && { properties: own.map(propertyOf) }) })),
    properties: properties.map(propertyOf),
  };
}

function propertyOf(property: PropertySpec): TableProperty {
  const { blurb: _blurb, readable, writable, deprecated, ...rest } = property;
  return {
    ...rest,
    ...(!readable && { readable: false as const }),
    ...(!writable && { writable: false as const }),
    ...(deprecated && { deprecated: true as const }),
  };
}

/** The class alone, or with what decides whether a release has the element. */
function indexRow(element: TableElement): IndexRow {
  const { klass, since, seenIn, absentIn, only } = element;
  if (since === undefined && absentIn === undefined && only === undefined) return klass;
  return {
    klass,
    ...(since !== undefined && { since }),
    ...(absentIn && { seenIn, absentIn }),
    ...(only && { only }),
  };
}

function headText(head: SetHead): string {
  return `"source": ${JSON.stringify(head.source)},\n  "date": ${JSON.stringify(head.date)}`;
}

function writePlugin(plugin: string, head: SetHead, elements: readonly TableElement[]): string {
  const texts = elements.map(writeElement).join(',\n');
  return `{\n  "plugin": ${JSON.stringify(plugin)},\n  ${headText(head)},\n  "elements": [\n${texts}\n  ]\n}\n`;
}

function writeElement(element: TableElement): string {
  const { pads, padVariants, properties, name, klass, ...rest } = element;
  const facts = { name, klass, ...rest };
  const lines = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  lines.push(`      "pads": ${rows(pads.map(padText), '      ')}`);
  if (padVariants) {
    const texts = padVariants.map(({ pads: own, ...when }) => {
      return `${JSON.stringify(when).slice(0, -1)},"pads":${rows(own.map(padText), '        ')}}`;
    });
    lines.push(`      "padVariants": ${rows(texts, '      ')}`);
  }
  lines.push(
    `      "properties": ${rows(
      properties.map((property) => JSON.stringify(property)),
      '      ',
    )}`,
  );
  return `    {\n${lines.join(',\n')}\n    }`;
}

function padText(pad: TablePad): string {
  const { properties, ...rest } = pad;
  if (!properties) return JSON.stringify(rest);
  const own = rows(
    properties.map((property) => JSON.stringify(property)),
    '        ',
  );
  return `${JSON.stringify(rest).slice(0, -1)},"properties":${own}}`;
}

function rows(lines: readonly string[], margin: string): string {
  return lines.length === 0 ? '[]' : `[\n${lines.map((line) => `${margin}  ${line}`).join(',\n')}\n${margin}]`;
}
