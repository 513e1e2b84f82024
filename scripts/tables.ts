/**
 * Element tables from the pages of gst-inspect-1.0: `npx tsx scripts/tables.ts stock [--pages FOLDER] [--behaviour FILE]`.
 * Without a folder of pages the installed gst-inspect-1.0 is asked for every element it lists. Writes one file a plugin and
 * the index of the set; facts only, no text of the plugins' authors.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Behaviour, Passage } from '../server/src/catalog/element.ts';
import { inspectElement } from '../server/src/catalog/inspect.ts';
import type { TableElement } from '../server/src/catalog/table.ts';
import { tableOf, writeSet } from './tables-write.ts';

const ELEMENTS = fileURLToPath(new URL('../schemas/elements', import.meta.url));

function main(words: readonly string[]): void {
  const option = (name: string): string | undefined => words[words.indexOf(name) + 1 || words.length];
  if (words[0] !== 'stock') {
    process.stderr.write('usage: tables.ts stock [--pages FOLDER] [--behaviour FILE]\n');
    process.exitCode = 2;
    return;
  }
  const layer = 'gstreamer-1.22';
  const source = 'gst-inspect-1.0 1.22.0, Debian 12';
  const behaviour = readBehaviour(option('--behaviour'));
  const elements: [string, TableElement][] = [];
  for (const [name, page] of pages(option('--pages'))) {
    const spec = inspectElement(page, { name, layer, source });
    // An element that cannot be made here shows no properties; half a page is no table.
    if (!spec?.complete) continue;
    const does = behaviour.get(name);
    elements.push([spec.plugin, tableOf({ ...spec, ...(does && { behaviour: does }) })]);
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

/** What each element was measured to do to caps, by asking the element itself between two fixed capsfilters. */
interface Measured {
  readonly gstreamer: string;
  readonly elements: Readonly<Record<string, MeasuredElement>>;
}
interface MeasuredElement {
  readonly forward?: MeasuredPassage;
  readonly backward?: MeasuredPassage;
  readonly memory?: 'passes' | 'refused' | 'converts' | 'either';
  readonly pads?: { readonly more: readonly string[] };
  readonly klass?: string;
}
interface MeasuredPassage {
  readonly media: string;
  readonly becomes?: readonly string[];
  readonly kept: readonly string[];
  readonly free: readonly string[];
  readonly gone: readonly string[];
}

function readBehaviour(file: string | undefined): Map<string, Behaviour> {
  const found = new Map<string, Behaviour>();
  if (file === undefined) return found;
  const measured = JSON.parse(readFileSync(file, 'utf8')) as Measured;
  const source = `measured, ${measured.gstreamer}`;
  for (const [name, element] of Object.entries(measured.elements)) {
    const forward = passage(element.forward);
    const backward = passage(element.backward);
    const memory = memoryOf(element);
    const autoplugs =
      /Decoder|Player|Source/.test(element.klass ?? '') &&
      /^Generic\/Bin/.test(element.klass ?? '') &&
      (element.pads?.more.length ?? 0) > 0;
    if (!forward && !backward && memory === undefined && !autoplugs) continue;
    found.set(name, {
      source,
      ...(forward && { forward }),
      ...(backward && { backward }),
      ...(memory !== undefined && { memory }),
      ...(autoplugs && { autoplugs }),
    });
  }
  return found;
}

/** An element that takes NVMM on its sink and answers with system memory only swallows it, unless it has its own way out. */
function memoryOf(element: MeasuredElement): Behaviour['memory'] {
  if (element.memory === 'either') return 'passes';
  if (element.memory === 'converts') return 'swallowed';
  return element.memory;
}

function passage(measured: MeasuredPassage | undefined): Passage | undefined {
  // "any" and "none" say that the probe could not see through the element: nothing is claimed then.
  if (!measured || (measured.media !== 'same' && measured.media !== 'other')) return undefined;
  const { kept, free, gone } = measured;
  return {
    media: measured.media,
    ...(measured.media === 'other' && measured.becomes && { becomes: measured.becomes }),
    kept,
    free,
    gone,
  };
}

main(process.argv.slice(2));
