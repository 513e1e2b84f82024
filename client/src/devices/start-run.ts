/** From a runnable to a run: values for its variables, its files brought there, the checks before it, the command, the start. */
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { collect, type Runner } from '../remote/runner.ts';
import type { Finding } from './check.ts';
import { releases } from './device-target.ts';
import { sendFiles } from './files-there.ts';
import type { KnownDevice } from './known-devices.ts';
import { type Planned, type PlannedElement, planOf, planOfConfig, planOfLaunch } from './plan.ts';
import { askPreflight } from './preflight.ts';
import { prepareBoard } from './prepare-board.ts';
import type { DeviceRooms } from './rooms.ts';
import { DOTS, environmentOf, type RunOptions, readOptions } from './run-options.ts';
import { insideProject, onDevice, type Places, variablesOf, wordsOf } from './run-words.ts';
import type { ActiveRun, RunOrder } from './runs.ts';
import type { Wanted } from './wanted.ts';

/** Where the workspace's options of runs are remembered. */
export const OPTIONS = 'jetsonPipelines.runOptions';

/** Undefined where the person turned away. `show`: its output comes to the front. */
export async function startRun(
  rooms: DeviceRooms,
  device: KnownDevice,
  wanted: Wanted,
  show = true,
): Promise<ActiveRun | undefined> {
  const ready = await prepareRun(rooms, device, wanted);
  if (!ready || !(await goOn(ready.findings, wanted.title, device.name))) return undefined;
  const state = rooms.connections.state(device.name);
  if (state.is === 'ready') {
    const { asker } = rooms.connections;
    if (!(await prepareBoard(ready.runner, asker, device, state.board, optionsOf(rooms, wanted)))) return undefined;
  }
  return rooms.runs.start(ready.runner, ready.order, show);
}

/** A run that could be started now. */
export interface Ready {
  readonly runner: Runner;
  readonly order: RunOrder;
  /** What the checks before it found. */
  readonly findings: readonly Finding[];
}

/** Asks for variables, connects, brings the files there and looks whether all is there. Undefined where the person turned away. */
export async function prepareRun(rooms: DeviceRooms, device: KnownDevice, wanted: Wanted): Promise<Ready | undefined> {
  const values = await askVariables(rooms.memory, wanted.runnable ? variablesOf(wanted.runnable) : []);
  if (!values) return undefined;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `${wanted.title} on ${device.name}`, cancellable: true },
    async (progress, token) => {
      const say = (message: string): void => progress.report({ message });
      say('connecting');
      const runner = await rooms.connections.connect(device);
      const places = await placesFor(runner, device, wanted.file);
      const order = await orderOf(runner, device, wanted, values, places, optionsOf(rooms, wanted));
      await bringFiles(runner, order, say, token);
      if (token.isCancellationRequested) return undefined;
      say('looking whether all is there');
      const findings = await preflight(rooms, runner, device, order, wanted);
      return token.isCancellationRequested ? undefined : { runner, order, findings };
    },
  );
}

/** Starts an order again, with its files as they are now. Undefined where the person turned away. */
export async function runAgain(
  rooms: DeviceRooms,
  device: KnownDevice,
  order: RunOrder,
): Promise<ActiveRun | undefined> {
  const title = `${order.title} on ${device.name}`;
  const at = { location: vscode.ProgressLocation.Notification, title, cancellable: true } as const;
  const runner = await vscode.window.withProgress(at, async (progress, token) => {
    const connected = await rooms.connections.connect(device);
    await bringFiles(connected, order, (message) => progress.report({ message }), token);
    return token.isCancellationRequested ? undefined : connected;
  });
  return runner && rooms.runs.start(runner, order);
}

async function bringFiles(
  runner: Runner,
  { brings }: RunOrder,
  say: (message: string) => void,
  token: vscode.CancellationToken,
): Promise<void> {
  if (brings) await sendFiles(runner, brings.files, brings.places, say, token);
}

/** The options of a run: its own, else the workspace's. */
export const optionsOf = (rooms: DeviceRooms, { options }: Wanted): RunOptions =>
  options ?? readOptions(rooms.memory.get(OPTIONS));

/** Program and folder of an order by their absolute paths on the device, as a service needs them. Rejects where there is no such program. */
export async function absolutePlaces(
  runner: Runner,
  { words, folder }: RunOrder,
): Promise<{ readonly program: string; readonly folder: string }> {
  const script = 'command -v "$1" && pwd';
  const { out } = await collect(
    runner.exec(['/bin/sh', '-c', script, 'sh', words[0] ?? ''], { input: '', ...(folder !== '' && { folder }) }),
  );
  const [program = '', place = ''] = out.split('\n');
  if (!program.startsWith('/')) throw new Error(`There is no program ${words[0]} on the device.`);
  return { program, folder: place };
}

async function orderOf(
  runner: Runner,
  device: KnownDevice,
  wanted: Wanted,
  values: ReadonlyMap<string, string>,
  places: Places,
  options: RunOptions,
): Promise<RunOrder> {
  const inside = insideProject(wanted.file, places) ?? '';
  const name = basename(wanted.file);
  const folder = inside.includes('/') ? `${places.there}/${inside.slice(0, inside.lastIndexOf('/'))}` : places.there;
  const dots = onDevice(DOTS, places);
  await collect(runner.exec(['mkdir', '-p', '--', folder, ...(options.dots ? [dots] : [])], { input: '' }));
  const own = wanted.script || wanted.runnable?.kind === 'config' ? [wanted.file] : [];
  const words = wanted.runnable
    ? wordsOf(wanted.runnable, values, places, inside, options.verbose)
    : [...wanted.script!, name];
  return {
    device: device.name,
    title: wanted.title,
    words,
    folder,
    env: environmentOf(options, dots),
    outputs: wanted.outputs,
    ...(options.outlives && { outlives: true }),
    // On this machine they lie where they are.
    ...(device.kind !== 'local' && { brings: { files: [...own, ...wanted.files], places } }),
    source: { uri: wanted.uri, elements: wanted.runnable?.elements ?? [], text: wanted.runnable?.text ?? '' },
  };
}

async function preflight(
  rooms: DeviceRooms,
  runner: Runner,
  device: KnownDevice,
  order: RunOrder,
  wanted: Wanted,
): Promise<readonly Finding[]> {
  const state = rooms.connections.state(device.name);
  if (state.is !== 'ready') return [];
  const planned: Planned = {
    program: order.words[0] ?? '',
    elements: elementsOf(wanted, order),
    env: order.env,
    ...(wanted.script && { isScript: true }),
  };
  return askPreflight(runner, planned, order.folder, state.board, await releases(rooms));
}

function elementsOf({ runnable, within = [] }: Wanted, { words }: RunOrder): readonly PlannedElement[] {
  if (!runnable) return within.flatMap(planOf);
  return runnable.kind === 'config' ? planOfConfig(runnable.text) : planOfLaunch(words.slice(1));
}

/** What surely fails is asked about; what may fail is told and does not hold the run up. */
export async function goOn(findings: readonly Finding[], title: string, device: string): Promise<boolean> {
  const lines = (list: readonly Finding[]): string => list.map(({ text }) => text).join('\n');
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) {
    if (findings.length > 0) void vscode.window.showWarningMessage(`${title} on ${device}: ${lines(findings)}`);
    return true;
  }
  const run = 'Run Anyway';
  const question = `${title} cannot run on ${device} as it is.`;
  return (await vscode.window.showWarningMessage(question, { modal: true, detail: lines(findings) }, run)) === run;
}

/** The project is the workspace's folder, else the file's. On this machine it stays where it is. */
async function placesFor(runner: Runner, device: KnownDevice, file: string): Promise<Places> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
  const project = folder?.uri.fsPath ?? dirname(file);
  if (device.kind === 'local') return { project, there: project, home: '/' };
  const { out } = await collect(runner.exec(['/bin/sh', '-c', 'cd && pwd'], { input: '' }));
  return { project, there: `jetson-pipelines/${folderFor(project)}`, home: out.trim() || '/' };
}

/** Two projects of the same name are kept apart by where they lie. */
function folderFor(project: string): string {
  const name = basename(project).replace(/[^\w.-]+/g, '_') || 'project';
  return `${name}-${createHash('sha256').update(project).digest('hex').slice(0, 6)}`;
}

const VALUES = 'jetsonPipelines.values';

/** One value for each variable, those of the last time offered. */
async function askVariables(
  memory: vscode.Memento,
  variables: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const kept = { ...memory.get<Readonly<Record<string, string>>>(VALUES, {}) };
  const values = new Map<string, string>();
  for (const [at, variable] of variables.entries()) {
    const typed = await vscode.window.showInputBox({
      title: `Value of ${variable}${variables.length > 1 ? ` (${at + 1} of ${variables.length})` : ''}`,
      prompt: 'The text leaves it open until it is run. The value is remembered for this workspace.',
      value: kept[variable] ?? '',
      ignoreFocusOut: true,
    });
    if (typed === undefined) return undefined;
    values.set(variable, typed);
    kept[variable] = typed;
  }
  if (variables.length > 0) await memory.update(VALUES, kept);
  return values;
}
