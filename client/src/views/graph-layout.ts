/** Graphs → SVG, outside of any page. The layout itself runs in a thread; this file starts it, and ends it where it must. */
import { Worker } from 'node:worker_threads';
import type { GraphElement, GraphLink, PipelineGraph, PlaceRange } from '../../../server/src/protocol.ts';
import type { LayoutDone, LayoutJob } from './graphviz-worker.ts';

/** Layouts that take longer are given up, in milliseconds. */
const LIMIT = 20_000;
/** Larger files are not laid out, in characters. */
const LARGEST = 2_000_000;

export class GraphLayout {
  readonly #program: string;
  #worker: Worker | undefined;
  #count = 0;

  /** @param program path of the bundled thread. */
  constructor(program: string) {
    this.#program = program;
  }

  /** The SVG of a graph in Graphviz' language. Rejects with Graphviz' own words, or where it takes too long. */
  async svg(dot: string): Promise<string> {
    if (dot.length > LARGEST) throw new Error(`the graph has ${dot.length} characters, more than can be laid out`);
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      const over = (): void => {
        clearTimeout(timer);
        worker.off('message', answered);
        worker.off('error', failed);
      };
      const answered = (done: LayoutDone): void => {
        if (done.id !== id) return;
        over();
        if ('svg' in done) resolve(done.svg);
        else reject(new Error(done.error));
      };
      const failed = (error: unknown): void => {
        over();
        reject(error instanceof Error ? error : new Error(String(error)));
      };
      const timer = setTimeout(() => {
        over();
        this.#end(worker);
        reject(new Error(`the layout took longer than ${LIMIT / 1000} s`));
      }, LIMIT);
      worker.on('message', answered);
      worker.on('error', failed);
      worker.postMessage({ id, dot } satisfies LayoutJob);
    });
  }

  dispose(): void {
    if (this.#worker) this.#end(this.#worker);
  }

  #start(): Worker {
    const worker = new Worker(this.#program);
    worker.unref();
    worker.setMaxListeners(0);
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }

  #end(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
    void worker.terminate();
  }
}

/**
 * Graphviz guesses how wide a text is from a font of its own; the page's may be wider. It is told this much larger sizes
 * than the page draws, so that every text has room.
 */
export const WIDER = 1.2;

/** How long a line of the reason at a broken link is, in characters, and how many of them there are. */
const REASON_LINE = 34;
const REASON_LINES = 4;

/** A pipeline in Graphviz' language. Elements are `e<id>` and links `l<id>`; colours are left to the page. */
export function toDot(graph: PipelineGraph<PlaceRange>, direction: 'LR' | 'TB'): string {
  const lines = [
    'digraph pipeline {',
    `  rankdir=${direction}; nodesep=0.3; ranksep=0.45; bgcolor=none; pad=0.2;`,
    `  node [shape=box, style="rounded", fontname="Helvetica", fontsize=${size(11)}, margin="0.14,0.08", height=0.4];`,
    `  edge [fontname="Helvetica", fontsize=${size(9)}, arrowsize=0.7];`,
  ];
  const bins = new Map<number, GraphElement<PlaceRange>[]>();
  for (const element of graph.elements) {
    if (element.bin === undefined) lines.push(`  ${nodeOf(element)}`);
    else bins.set(element.bin, [...(bins.get(element.bin) ?? []), element]);
  }
  for (const [bin, elements] of bins) {
    lines.push(`  subgraph cluster_${bin} {`, '    class="bin"; style="rounded,dashed"; margin=12;');
    for (const element of elements) lines.push(`    ${nodeOf(element)}`);
    lines.push('  }');
  }
  for (const link of graph.links) lines.push(`  ${edgeOf(link)}`);
  return [...lines, '}', ''].join('\n');
}

function nodeOf(element: GraphElement<PlaceRange>): string {
  const { id, factory, name, named, engine, settings, known, problems } = element;
  const detail = [...(named ? [name] : []), ...settings];
  const rows = [
    `<FONT POINT-SIZE="${size(12)}"><B>${escaped(factory)}</B></FONT>`,
    ...detail.map((line) => `<FONT POINT-SIZE="${size(9)}">${escaped(line)}</FONT>`),
    ...(engine ? [`<FONT POINT-SIZE="${size(9)}"><I>${engine.toUpperCase()}</I></FONT>`] : []),
  ];
  const classes = ['element', ...(known ? [] : ['unknown']), ...(engine ? ['engine'] : []), ...worst(problems)];
  const tip = [name, ...problems.map(({ message }) => message)].join('\n');
  return `e${id} [id="e${id}", class="${classes.join(' ')}", label=<${rows.join('<BR/>')}>, tooltip=${quoted(tip)}];`;
}

function edgeOf(link: GraphLink<PlaceRange>): string {
  const { id, from, to, memory, verdict, flow, delayed, problems, caps } = link;
  const label = [memory === 'unknown' ? '' : MEMORY[memory], flow].filter((part) => part !== '');
  const text = verdict === 'broken' ? ['✗ does not link', ...(reasonOf(problems) ?? label)] : label;
  const pads = [link.fromPad, link.toPad].map((pad) => pad ?? '');
  const tip = [...problems.map(({ message }) => message), caps].join('\n');
  const attributes = [
    `id="l${id}"`,
    `class="link ${memory} ${[verdict, ...worst(problems)].join(' ')}"`,
    `label=${quoted(text.join('\n'))}`,
    `tooltip=${quoted(tip)}`,
    `labeltooltip=${quoted(tip)}`,
    ...(pads[0] && !plainPad(pads[0]) ? [`taillabel=${quoted(pads[0])}`] : []),
    ...(pads[1] && !plainPad(pads[1]) ? [`headlabel=${quoted(pads[1])}`] : []),
    ...(verdict === 'broken' || delayed ? ['style=dashed'] : []),
    `penwidth=${verdict === 'broken' || memory !== 'unknown' ? 2 : 1}`,
  ];
  return `e${from} -> e${to} [${attributes.join(', ')}];`;
}

/** Why a link is broken, in short lines: the first sentence of the finding. */
function reasonOf(problems: GraphLink<PlaceRange>['problems']): string[] | undefined {
  const found = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  if (!found) return undefined;
  const lines: string[] = [];
  for (const word of found.message.replace(/(?<=[a-z])[.:] .*$/s, '').split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < REASON_LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > REASON_LINES ? [...lines.slice(0, REASON_LINES - 1), `${lines[REASON_LINES - 1]} …`] : lines;
}

const size = (points: number): string => (points * WIDER).toFixed(1);

/** A pad that every element has says nothing. */
const plainPad = (pad: string): boolean => pad === 'src' || pad === 'sink';

const worst = (problems: readonly { readonly severity: string }[]): string[] =>
  problems.some(({ severity }) => severity === 'error')
    ? ['error']
    : problems.some(({ severity }) => severity === 'warning')
      ? ['warning']
      : [];

/** As people call them. */
export const MEMORY: Readonly<Record<string, string>> = {
  system: 'system memory',
  nvmm: 'NVMM',
  dmabuf: 'DMABuf',
  cuda: 'CUDA',
  gl: 'GL',
  va: 'VA',
};

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ');

const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
