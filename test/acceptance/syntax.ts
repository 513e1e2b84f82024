/**
 * Whether we cut and accept gst-launch text as GStreamer's own parser does. Alone:
 * `npx tsx test/acceptance/syntax.ts FOLDER`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { bundledCatalog } from '../../server/src/catalog/bundled.ts';
import type { Catalog } from '../../server/src/catalog/catalog.ts';
import { judgeValue } from '../../server/src/catalog/value.ts';
import { accepted, crash, type LaunchOptions, parseLaunch } from '../../server/src/syntax/launch/parser.ts';
import type { ElementNode, LaunchTree, Token, UriNode } from '../../server/src/syntax/launch/tree.ts';
import { type Corpus, type Figure, reached, share } from './figures.ts';

export interface SyntaxRow {
  readonly id: string;
  readonly pipeline: string | null;
  readonly truth: {
    readonly syntax: 'ok' | 'error';
    readonly syntax_aarch64?: 'ok' | 'error';
    readonly crash?: string;
    readonly tokens?: readonly (readonly [string, string, number, number])[];
    readonly tokens_exact?: boolean;
  } | null;
}

/** Verdicts on both machines, and tokens, of every row that the real parser has judged. */
export function syntaxFigures(corpus: Corpus): Figure[] {
  const catalog = stockElements();
  return ['torture.jsonl', 'pipelines.jsonl'].flatMap((file) => {
    const verdicts = new Tally();
    const arm = new Tally();
    const tokens = new Tally();
    for (const { id, pipeline, truth } of corpus.rows<SyntaxRow>(file)) {
      if (pipeline === null || truth === null) continue;
      const options = { gstreamer: '1.22', arch: 'x86_64' } as const;
      const tree = parseLaunch(pipeline, options);
      verdicts.add(id, pipeline, truth.crash ? 'error' : truth.syntax, verdict(tree, catalog));
      if (truth.syntax_aarch64) arm.add(id, pipeline, truth.syntax_aarch64, verdictFor(pipeline, catalog, 'aarch64'));
      if (truth.tokens_exact && truth.tokens) tokens.add(id, pipeline, theirs(truth.tokens), ours(tree));
    }
    return [
      verdicts.figure(`syntax verdict equal (${file})`),
      arm.figure(`syntax verdict on aarch64 equal (${file})`),
      tokens.figure(`tokens equal (${file})`),
    ];
  });
}

/** What GStreamer makes of the text as a whole: what crashes it counts as refused. */
export function verdict(tree: LaunchTree, catalog: Catalog): 'ok' | 'error' {
  return accepted(tree) && crash(tree, (node) => made(node, catalog)) === undefined ? 'ok' : 'error';
}

/** Whether GStreamer makes the element: from 1.22 on it does not if one of its properties cannot be set. */
function made(node: ElementNode | UriNode, catalog: Catalog): boolean {
  if (node.kind === 'uri') return true;
  const spec = catalog.element(node.factory.text);
  return (
    spec !== undefined &&
    node.settings.every((setting) => {
      if (setting.kind === 'preset' || setting.name.text.includes('::')) return true;
      const name = setting.name.text.replaceAll('_', '-');
      const property = spec.properties.find((candidate) => candidate.name === name);
      return property !== undefined && judgeValue(property.type, setting.value.text).verdict !== 'refused';
    })
  );
}

const verdictFor = (text: string, catalog: Catalog, arch: LaunchOptions['arch']) =>
  verdict(parseLaunch(text, { gstreamer: '1.22', arch: arch! }), catalog);

/** Tokens as one line of text: kind, first byte, byte behind the last. The log tells no difference between the two links. */
export function ours(tree: LaunchTree): string {
  const bytes = byteOffsets(tree.text);
  const kind = (token: Token): string =>
    token.kind === 'LINK_ALL' ? 'LINK' : token.kind === 'OTHER' ? 'INVALID' : token.kind;
  return tree.tokens.map((token) => `${kind(token)} ${bytes(token.span.start)}-${bytes(token.span.end)}`).join(' ');
}

export const theirs = (tokens: readonly (readonly [string, string, number, number])[]): string =>
  tokens.map(([kind, , start, end]) => `${kind} ${start}-${end}`).join(' ');

/** Offsets in UTF-8 of offsets in UTF-16. */
function byteOffsets(text: string): (offset: number) => number {
  const bytes: number[] = [0];
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    at += c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3;
    bytes.push(at);
  }
  return (offset) => bytes[offset]!;
}

/** The bundled tables of stock GStreamer. */
export const stockElements = (): Catalog =>
  bundledCatalog(['gstreamer-1.22'], (path) => {
    const file = fileURLToPath(new URL(`../../schemas/${path}`, import.meta.url));
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  });

class Tally {
  #equal = 0;
  #judged = 0;
  readonly #exceptions: string[] = [];

  add(id: string, text: string, theirs: string, ours: string): void {
    this.#judged++;
    if (theirs === ours) this.#equal++;
    else
      this.#exceptions.push(`${id}: GStreamer says ${theirs}, we say ${ours}: ${JSON.stringify(text.slice(0, 200))}`);
  }

  figure(name: string): Figure {
    return share(name, this.#equal, this.#judged, 1, this.#exceptions);
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const folder = argv[2] ?? '.';
  const rows = <Row>(file: string): readonly Row[] =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Row);
  const started = performance.now();
  const figures = syntaxFigures({ folder, rows });
  const seconds = (performance.now() - started) / 1000;
  for (const { name, counts, exceptions } of figures) {
    console.log(`${name}: ${counts.equal} of ${counts.judged}`);
    for (const exception of exceptions) console.log(`  ${exception}`);
  }
  console.log(`${seconds.toFixed(2)} s`);
  process.exitCode = figures.every(reached) ? 0 : 1;
}
