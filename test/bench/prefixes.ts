/**
 * Types texts into the server letter by letter, and asks for completion and hover behind each: half-written text is the
 * normal case. `npx tsx test/bench/prefixes.ts FOLDER` types 500 pipelines of a corpus folder in their hosts, with the
 * bundled server that `npm run build` made; `npm run bench` types the texts of our own cases.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { count, type Figure, LANGUAGES, reached } from '../acceptance/figures.ts';
import { readCases } from '../support/cases.ts';
import { startServer } from './lsp-client.ts';

interface Typed {
  readonly id: string;
  readonly languageId: string;
  readonly text: string;
}

/** So many texts of a folder are typed, spread over all of it. */
const TEXTS = 500;
/** Longer texts are typed so far. */
const LONGEST = 4000;
/** From the key to the answer, in milliseconds. */
const BAR = 10;

/** Errors, and the times from a key to completion and from there to hover. */
export async function prefixFigures(server: readonly string[], texts: readonly Typed[]): Promise<readonly Figure[]> {
  const { child, peer } = startServer(server);
  const completion: number[] = [];
  const hover: number[] = [];
  const slow: string[] = [];
  try {
    await peer.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          completion: {
            completionItem: { snippetSupport: true },
            completionList: { itemDefaults: ['editRange'] },
          },
          diagnostic: {},
        },
      },
    });
    peer.notify('initialized', {});
    for (const [index, { id, languageId, text }] of texts.entries()) {
      const uri = `file:///typed/${index}`;
      const open = { textDocument: { uri, languageId, version: 0, text: '' } };
      peer.notify('textDocument/didOpen', open);
      let [line, character] = [0, 0];
      const characters = [...text.slice(0, LONGEST)];
      for (const [n, key] of characters.entries()) {
        const start = { line, character };
        if (key === '\n') [line, character] = [line + 1, 0];
        else character += key.length;
        const asked = { textDocument: { uri }, position: { line, character } };
        const struck = performance.now();
        peer.notify('textDocument/didChange', {
          textDocument: { uri, version: n + 1 },
          contentChanges: [{ range: { start, end: start }, text: key }],
        });
        await peer.request('textDocument/completion', asked);
        const completed = performance.now();
        await peer.request('textDocument/hover', asked);
        hover.push(performance.now() - completed);
        completion.push(completed - struck);
        if (completed - struck > BAR * 2) {
          const front = characters.slice(Math.max(0, n - 50), n + 1).join('');
          slow.push(`${id}: ${(completed - struck).toFixed(1)} ms behind ${JSON.stringify(front)}`);
        }
      }
      peer.notify('textDocument/didClose', { textDocument: { uri } });
    }
  } finally {
    child.kill();
  }
  const prefixes = completion.length;
  return [
    count('errors at the prefixes', peer.errors.length, 0, peer.errors, { prefixes, texts: texts.length }),
    count('completion at a prefix, p95 ms', p95(completion), BAR, slow, { prefixes }),
    count('hover at a prefix, p95 ms', p95(hover), BAR, [], { prefixes }),
  ];
}

function p95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))] ?? 0) * 10) / 10;
}

const CASES = join(import.meta.dirname, '../cases');

/** The texts of our own cases, in their hosts; one longer text is parentheses alone, thousands, which nobody types. */
export function casesTyped(): Typed[] {
  return readdirSync(join(CASES, 'rules')).flatMap((name) => {
    const { cases } = readCases(readFileSync(join(CASES, 'rules', name), 'utf8'));
    const fence = cases[0]?.fences[0];
    return fence && fence.text.length <= LONGEST ? [{ id: name, languageId: fence.languageId, text: fence.text }] : [];
  });
}

interface Row {
  readonly id: string;
  readonly host: string;
  readonly raw: string;
  readonly pipeline: string | null;
}

/** Pipelines of a corpus folder as they stand in their hosts. */
export function corpusTyped(folder: string): Typed[] {
  const rows = readFileSync(join(folder, 'pipelines.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
    .filter(({ pipeline }) => pipeline !== null);
  const step = Math.max(1, rows.length / TEXTS);
  return Array.from({ length: Math.min(TEXTS, rows.length) }, (_, index) => {
    const { id, host, raw } = rows[Math.floor(index * step)]!;
    return { id, languageId: LANGUAGES[host] ?? host, text: raw };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2];
  const server = join(import.meta.dirname, '../../dist/server.cjs');
  if (folder === undefined || !existsSync(folder) || !existsSync(server)) {
    console.error('usage: npm run build && npx tsx test/bench/prefixes.ts FOLDER');
    process.exit(2);
  }
  const figures = await prefixFigures([process.execPath, server, '--stdio'], corpusTyped(folder));
  for (const figure of figures) {
    const { prefixes } = figure.counts;
    console.log(`${reached(figure) ? '✓' : '✗'} ${figure.name}: ${figure.value} of ${prefixes}   bar ≤ ${figure.bar}`);
    for (const line of figure.exceptions.slice(0, process.argv.includes('--all') ? 1000 : 8))
      console.log(`    ${line}`);
  }
  process.exitCode = figures.every(reached) ? 0 : 1;
}
