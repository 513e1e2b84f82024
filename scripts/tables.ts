/**
 * Element tables from the pages of gst-inspect-1.0: `npx tsx scripts/tables.ts stock [--pages FOLDER] [--behaviour FILE]
 * [--versions FILE]`.
 * Without a folder of pages the installed gst-inspect-1.0 is asked for every element it lists. Writes one file a plugin and
 * the index of the set; facts only, no text of the plugins' authors.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Behaviour, ElementSpec } from '../server/src/catalog/element.ts';
import { inspectElement } from '../server/src/catalog/inspect.ts';
import type { TableElement } from '../server/src/catalog/table.ts';
import { readVersions } from './tables-versions.ts';
import { tableOf, writeSet } from './tables-write.ts';

const ELEMENTS = fileURLToPath(new URL('../schemas/elements', import.meta.url));

function main(words: readonly string[]): void {
  const option = (name: string): string | undefined => words[words.indexOf(name) + 1 || words.length];
  if (words[0] !== 'stock') {
    process.stderr.write('usage: tables.ts stock [--pages FOLDER] [--behaviour FILE] [--versions FILE]\n');
    process.exitCode = 2;
    return;
  }
  const layer = 'gstreamer-1.22';
  const source = 'gst-inspect-1.0 1.22.0, Debian 12';
  const behaviour = readBehaviour(option('--behaviour'));
  const withVersions = readVersions(option('--versions'));
  const elements: [string, TableElement][] = [];
  for (const [name, page] of pages(option('--pages'))) {
    const spec = inspectElement(page, { name, layer, source });
    // An element that cannot be made here shows no properties; half a page is no table.
    if (!spec?.complete) continue;
    elements.push([spec.plugin, withVersions(withAutoplug(tableOf(withTold(spec, behaviour.get(name))), source))]);
  }
  const folder = join(ELEMENTS, layer);
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  mkdirSync(folder, { recursive: true });
  const files = writeSet({ source, date: new Date().toISOString().slice(0, 10) }, elements);
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  process.stdout.write(`${elements.length} elements of ${files.size - 1} plugins\n`);
}

/** Element name → page, from a folder of saved pages or from the tool itself. */
function* pages(folder: string | undefined): Iterable<[string, string]> {
  if (folder !== undefined) {
    for (const file of readdirSync(folder).sort()) {
      if (file.endsWith('.txt')) yield [file.slice(0, -'.txt'.length), readFileSync(join(folder, file), 'utf8')];
    }
    return;
  }
  const env = { ...process.env, LC_ALL: 'C', GST_REGISTRY_FORK: 'no' };
  const list = execFileSync('gst-inspect-1.0', [], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const names = new Set(
    list.split('\n').flatMap((line) => /^[\w.-]+: +([\w.-]+): (?!.*\(typefind\))/.exec(line)?.[1] ?? []),
  );
  for (const name of [...names].sort()) {
    try {
      yield [
        name,
        execFileSync('gst-inspect-1.0', ['--no-colors', name], {
          env,
          encoding: 'utf8',
          timeout: 20_000,
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      ];
    } catch {
      process.stderr.write(`${name}: gst-inspect-1.0 gave no page\n`);
    }
  }
}

/** What scripts/probe_behaviour.py was told by each element. */
interface Probed {
  readonly source: string;
  readonly elements: Readonly<
    Record<string, Omit<Behaviour, 'source'> & { readonly error?: string; readonly open?: readonly string[] }>
  >;
}

interface Told {
  readonly behaviour: Behaviour;
  /** Pads whose templates prove nothing. */
  readonly open: readonly string[];
}

function readBehaviour(file: string | undefined): ReadonlyMap<string, Told> {
  if (file === undefined) return new Map();
  const probed = JSON.parse(readFileSync(file, 'utf8')) as Probed;
  const rows = Object.entries(probed.elements).filter(
    ([, own]) => own.error === undefined && Object.keys(own).length > 0,
  );
  return new Map(
    rows.map(([name, { open = [], error: _, ...own }]) => [
      name,
      { behaviour: { source: probed.source, ...own }, open },
    ]),
  );
}

/** The spec with what the element itself said. */
function withTold(spec: ElementSpec, told: Told | undefined): ElementSpec {
  if (!told) return spec;
  const pads = spec.pads.map((pad) => (told.open.includes(pad.name) ? { ...pad, open: true } : pad));
  return { ...spec, pads, behaviour: told.behaviour };
}

/** An element whose outputs come and go while it runs says their caps only then. */
function withAutoplug(element: TableElement, source: string): TableElement {
  const sometimes = element.pads.some((pad) => pad.presence === 'sometimes' && pad.direction === 'src');
  return sometimes ? { ...element, behaviour: { source, ...element.behaviour, autoplugs: true } } : element;
}

main(process.argv.slice(2));
