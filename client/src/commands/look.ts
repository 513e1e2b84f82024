import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  GRAPH,
  type GraphLink,
  type GraphResult,
  type PlaceRange,
  RUNNABLES,
  type Runnable,
  type RunnablesResult,
} from '../../../server/src/protocol.ts';
import type { Command, Rooms } from '../command.ts';
import { askRunDevice } from '../devices/ask-device.ts';
import { chooseRunnable } from '../devices/choose-runnable.ts';
import type { KnownDevice } from '../devices/known-devices.ts';
import { prepareRun } from '../devices/start-run.ts';
import { wantedRunnable } from '../devices/wanted.ts';
import { launch } from '../remote/launch.ts';
import { cutAfter, isPicture, lookWords } from '../remote/look-words.ts';
import { collect, endedWell, type Runner } from '../remote/runner.ts';

/** A camera needs a moment; in milliseconds. */
const LIMIT = 30_000;

/** One picture of what leaves the element under the cursor: the pipeline is run up to there, for one frame. */
export const command: Command = {
  id: 'jetsonPipelines.look',
  title: 'Look at the Picture Here',
  icon: '$(eye)',
  enablement: 'isWorkspaceTrusted',
  async run(rooms, ...words) {
    if (!vscode.workspace.isTrusted) throw new Error('This workspace is not trusted, so nothing is run.');
    const chosen = await chooseRunnable(rooms.language, words);
    if (!chosen) return;
    const { document, runnable } = chosen;
    if (runnable.kind !== 'launch') throw new Error('A picture is taken inside a pipeline; this is a configuration.');
    const at = vscode.window.activeTextEditor?.selection.active ?? new vscode.Position(0, 0);
    const place = await placeOf(rooms, document, runnable, at);
    const device = await askRunDevice(rooms.devices);
    if (!device) return;
    const file = await take(rooms, device, document, runnable, place);
    if (!file) return;
    const picture = vscode.Uri.file(file);
    await vscode.commands.executeCommand('vscode.open', picture, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
    });
    await offerRegions(rooms, picture);
  },
};

interface LookPlace {
  /** Of the element, in the order of the text. */
  readonly index: number;
  readonly name: string;
  readonly link: GraphLink<PlaceRange>;
}

/** The element, and the link that leaves it. Throws where no picture can be taken there. */
async function placeOf(
  { language }: Rooms,
  document: vscode.TextDocument,
  { elements }: Runnable,
  at: vscode.Position,
): Promise<LookPlace> {
  const index = elements.findLastIndex(
    ({ range: { start } }) => !at.isBefore(new vscode.Position(start.line, start.character)),
  );
  const element = elements[Math.max(0, index)];
  if (!element) throw new Error('There is no element here.');
  const { start } = element.range;
  const { graph } = await language.request<GraphResult>(GRAPH, {
    textDocument: { uri: language.uriOf(document) },
    position: start,
  });
  const links = graph?.links ?? [];
  const node = graph?.elements.find(({ name }) => name === element.name);
  const link = links.find(({ from }) => from === node?.id);
  if (!graph || !node || !link)
    throw new Error(`Nothing leaves ${element.name}: put the cursor on an element before it.`);
  const media = mediaOf(link.caps);
  if (!isPicture(media)) throw new Error(`What leaves ${element.name} is ${media}, which has no picture.`);
  const upstream = new Set([node.id]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { from, to } of links) {
      if (!upstream.has(to) || upstream.has(from)) continue;
      upstream.add(from);
      grown = true;
    }
  }
  // What stands before it would run too, with whatever it writes.
  for (const { name } of elements.slice(0, Math.max(0, index))) {
    const other = graph.elements.find((one) => one.name === name);
    if (other && !upstream.has(other.id)) {
      throw new Error(
        `${name} stands before ${element.name} and does not lead to it. A picture can be taken before the branch.`,
      );
    }
  }
  return { index: Math.max(0, index), name: element.name, link };
}

const mediaOf = (caps: string): string => /^([a-z]+\/[\w.+-]+)/.exec(caps)?.[1] ?? '';

/** Path of the picture on this machine; undefined where the person has stopped it. */
async function take(
  rooms: Rooms,
  device: KnownDevice,
  document: vscode.TextDocument,
  runnable: Runnable,
  { index, name, link }: LookPlace,
): Promise<string | undefined> {
  const wanted = wantedRunnable(document.uri.fsPath, document.uri.toString(), runnable);
  const ready = await prepareRun(rooms.devices, device, { ...wanted, options: {} });
  if (!ready) return undefined;
  const { runner, order } = ready;
  const upstream = await upstreamText(rooms, document, order.words, index);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `A picture of what leaves ${name}`, cancellable: true },
    async (_progress, token) => {
      const path = `/tmp/jetson-look-${randomBytes(6).toString('hex')}.png`;
      const picture = {
        media: mediaOf(link.caps),
        hardware: link.memory !== 'system' && link.memory !== 'unknown',
        converter: await converterOf(runner),
        path,
      };
      try {
        if (!(await taken(runner, lookWords(upstream, picture), order.folder, token))) return undefined;
        const here = join(await mkdtemp(join(tmpdir(), 'jetson-look-')), `${name.replace(/[^\w.-]+/g, '_')}.png`);
        await runner.download(path, here);
        return here;
      } finally {
        await collect(runner.exec(['rm', '-f', '--', path], { input: '' }));
      }
    },
  );
}

/** The pipeline as it would be run, up to the element. */
async function upstreamText(
  { language }: Rooms,
  document: vscode.TextDocument,
  words: readonly string[],
  index: number,
): Promise<string> {
  const text = words.slice(words.findIndex((word, i) => i > 0 && !word.startsWith('-'))).join(' ');
  const { runnables } = await language.request<RunnablesResult>(RUNNABLES, {
    textDocument: { uri: language.uriOf(document) },
    text,
  });
  const element = runnables[0]?.elements[index];
  if (!element) throw new Error('The pipeline could not be read as it would be run.');
  const { line, character } = element.range.start;
  const before = text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
  return cutAfter(text, before + character);
}

async function converterOf(runner: Runner): Promise<'nvvideoconvert' | 'nvvidconv' | undefined> {
  for (const name of ['nvvideoconvert', 'nvvidconv'] as const) {
    const { exit } = await collect(runner.exec(['gst-inspect-1.0', '--exists', name], { input: '' }));
    if (endedWell(exit)) return name;
  }
  return undefined;
}

/** False where the person has stopped it. Rejects with what the pipeline said. */
async function taken(
  runner: Runner,
  words: readonly string[],
  folder: string,
  token: vscode.CancellationToken,
): Promise<boolean> {
  const run = launch(runner, words, { interruptSeconds: 2, ...(folder !== '' && { folder }) });
  const watch = token.onCancellationRequested(() => void run.stop());
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void run.stop();
  }, LIMIT);
  try {
    let error = '';
    for await (const { text } of run.lines) error = /^(?:ERROR|WARNING: erroneous).*/.exec(text)?.[0] ?? error;
    const { how, text } = await run.ended;
    if (token.isCancellationRequested) return false;
    if (late) throw new Error(`No picture came within ${LIMIT / 1000} s.`);
    if (how !== 'finished') throw new Error(error === '' ? text : error);
    return true;
  } finally {
    clearTimeout(timer);
    watch.dispose();
  }
}

/** Regions are drawn over a frame of the camera: where the project has some, this may be the one. */
async function offerRegions({ canvases }: Rooms, picture: vscode.Uri): Promise<void> {
  const files = await vscode.workspace.findFiles('**/*analytics*.{txt,yml,yaml}', undefined, 20);
  if (files.length === 0) return;
  const draw = 'Draw Regions on It';
  if ((await vscode.window.showInformationMessage('The picture is there.', draw)) !== draw) return;
  const items = files.map((file) => ({ label: vscode.workspace.asRelativePath(file), file }));
  const chosen =
    files.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: 'Regions of which file?' });
  if (chosen) canvases.show(await vscode.workspace.openTextDocument(chosen.file), picture);
}
