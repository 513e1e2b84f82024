/**
 * Elements and links against the graph that the real parser made: `npm run acceptance -- FOLDER --only graph`, or
 * `npx tsx test/acceptance/graph.ts FOLDER` for all exceptions. The bar is on pipelines of real elements; where stand-ins
 * were registered for unknown ones, names and links are still GStreamer's own, and are told without a bar.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Pipeline } from '../../server/src/model/pipeline.ts';
import { read } from '../../server/src/model/read.ts';
import { bareExcerpt } from '../../server/src/workspace/bare.ts';
import { targetNamed } from '../support/world.ts';
import { type Corpus, type Figure, share } from './figures.ts';

interface Row {
  readonly id: string;
  readonly pipeline: string | null;
  readonly truth: {
    readonly graph?: Graph | null;
    readonly stub?: { readonly graph?: Graph | null; readonly links_tried?: readonly Tried[] } | null;
  } | null;
}

interface Graph {
  readonly elements: readonly { readonly factory: string; readonly name: string; readonly parent: number | null }[];
  readonly links_tried?: readonly Tried[];
  readonly delayed?: readonly { readonly src: string; readonly sink: string }[];
}

interface Tried {
  readonly src: string;
  readonly sink: string;
  readonly src_pads: number;
  readonly sink_pads: number;
  readonly caps: string | null;
}

/** Elements by factory and name, and links in the order in which they are tried. */
export function graphFigures(corpus: Corpus): Figure[] {
  const real = { judged: 0, elements: [] as string[], links: [] as string[] };
  const stubs = { judged: 0, elements: [] as string[], links: [] as string[] };
  // The truth is GStreamer 1.22's on a machine without NVIDIA's plugins.
  const target = targetNamed('pc gstreamer-1.22');
  for (const file of ['pipelines.jsonl', 'torture.jsonl']) {
    for (const row of corpus.rows<Row>(file)) {
      const graph = row.truth?.graph ?? row.truth?.stub?.graph;
      if (!graph || row.pipeline === null) continue;
      const tried = row.truth?.graph ? graph.links_tried : (row.truth?.stub?.links_tried ?? graph.links_tried);
      const reading = read(bareExcerpt(row.pipeline), target);
      if (reading.kind !== 'launch') continue;
      const into = row.truth?.graph ? real : stubs;
      into.judged++;
      const elements = differ(theirElements(graph, reading.pipeline), ourElements(reading.pipeline));
      if (elements) into.elements.push(`${row.id}: ${elements}`);
      const links = differ((tried ?? []).map(theirLink), ourLinks(reading.pipeline));
      if (links) into.links.push(`${row.id}: ${links}`);
    }
  }
  const figure = (name: string, bar: number | undefined, judged: number, exceptions: readonly string[]): Figure =>
    share(name, judged - exceptions.length, judged, bar, exceptions);
  return [
    figure('elements equal', 0.995, real.judged, real.elements),
    figure('links equal', 0.995, real.judged, real.links),
    figure('elements equal (with stand-ins)', undefined, stubs.judged, stubs.elements),
    figure('links equal (with stand-ins)', undefined, stubs.judged, stubs.links),
  ];
}

/** Without the pipeline around all, and without the capsfilters that GStreamer makes of filters while it links. */
function theirElements(graph: Graph, pipeline: Pipeline): string[] {
  const written = new Set(pipeline.elements.map((element) => element.name));
  return graph.elements
    .filter(({ factory, name, parent }) => !(parent === null && factory === 'pipeline' && !written.has(name)))
    .filter(({ factory, name }) => !(factory === 'capsfilter' && !written.has(name)))
    .map(({ factory, name }) => `${factory} ${name}`)
    .sort();
}

const ourElements = ({ elements }: Pipeline): string[] =>
  elements.map((element) => `${element.factory} ${element.name}`).sort();

const theirLink = (link: Tried): string =>
  `${link.src} ${link.src_pads || ''}>${link.sink_pads || ''} ${link.sink}${link.caps === null ? '' : ' filtered'}`;

/** One entry for each link as it is written, however many pads it names. */
function ourLinks({ links }: Pipeline): string[] {
  return links
    .filter((link, index) => index === 0 || links[index - 1]!.node !== link.node)
    .map(({ from, to, node, filter }) => {
      const source = node?.fromPads.length || '';
      const sink = node?.toPads.length || '';
      return `${from.element.name} ${source}>${sink} ${to.element.name}${filter === undefined ? '' : ' filtered'}`;
    });
}

/** Undefined where both lists are equal; else what only one of them has. */
function differ(theirs: readonly string[], ours: readonly string[]): string | undefined {
  if (theirs.length === ours.length && theirs.every((one, index) => one === ours[index])) return undefined;
  const only = (a: readonly string[], b: readonly string[]): string => a.filter((one) => !b.includes(one)).join(', ');
  return `GStreamer alone: ${only(theirs, ours) || '–'}; we alone: ${only(ours, theirs) || '–'}${only(theirs, ours) === '' && only(ours, theirs) === '' ? ' (another order or number)' : ''}`;
}

const [, program, folder] = process.argv;
if (program && import.meta.url === pathToFileURL(program).href && folder) {
  const rows = <R>(file: string): readonly R[] =>
    readFileSync(join(resolve(folder), file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as R);
  for (const figure of graphFigures({ folder: resolve(folder), rows })) {
    console.log(figure.name, figure.value, figure.counts);
    for (const exception of figure.exceptions) console.log(`  ${exception}`);
  }
}
