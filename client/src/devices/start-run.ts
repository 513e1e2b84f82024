/** From a runnable to a run: values for its variables, its files brought there, the command, the start. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Runnable } from '../../../server/src/protocol.ts';
import { collect, type Runner } from '../remote/runner.ts';
import { sendFiles } from './files-there.ts';
import type { KnownDevice } from './known-devices.ts';
import type { DeviceRooms } from './rooms.ts';
import { insideProject, type Places, variablesOf, wordsOf } from './run-words.ts';
import type { ActiveRun, RunOrder } from './runs.ts';

/** What is to be run: one runnable of a file, or the file itself as a script. */
export interface Wanted {
  /** The document's path on this machine. */
  readonly file: string;
  readonly runnable?: Runnable;
  /** The words that run the file, in place of a runnable: `bash`, `python3`. */
  readonly script?: readonly string[];
  readonly files: readonly string[];
  readonly title: string;
  readonly outputs: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The document's address, as the editor writes it. */
  readonly uri: string;
}

/** Undefined where the person turned away. */
export async function startRun(
  rooms: DeviceRooms,
  device: KnownDevice,
  wanted: Wanted,
): Promise<ActiveRun | undefined> {
  const values = await askVariables(rooms.memory, wanted.runnable ? variablesOf(wanted.runnable) : []);
  if (!values) return undefined;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `${wanted.title} on ${device.name}`, cancellable: true },
    async (progress, token) => {
      progress.report({ message: 'connecting' });
      const runner = await rooms.connections.connect(device);
      const places = await placesFor(runner, device, wanted.file);
      const isConfig = wanted.runnable?.kind === 'config';
      const own = wanted.script || isConfig ? [wanted.file] : [];
      if (device.kind !== 'local') {
        await sendFiles(runner, [...own, ...wanted.files], places, (message) => progress.report({ message }), token);
      }
      if (token.isCancellationRequested) return undefined;
      const inside = insideProject(wanted.file, places) ?? '';
      const name = wanted.file.slice(wanted.file.lastIndexOf('/') + 1);
      const folder = inside.includes('/')
        ? `${places.there}/${inside.slice(0, inside.lastIndexOf('/'))}`
        : places.there;
      await collect(runner.exec(['mkdir', '-p', '--', folder], { input: '' }));
      const words = wanted.runnable ? wordsOf(wanted.runnable, values, places, inside) : [...wanted.script!, name];
      const order: RunOrder = {
        device: device.name,
        title: wanted.title,
        words,
        folder,
        env: wanted.env ?? {},
        outputs: wanted.outputs,
        source: { uri: wanted.uri, elements: wanted.runnable?.elements ?? [] },
      };
      return rooms.runs.start(runner, order);
    },
  );
}

/** The project is the workspace's folder, else the file's. On this machine it stays where it is. */
async function placesFor(runner: Runner, device: KnownDevice, file: string): Promise<Places> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
  const project = folder?.uri.fsPath ?? dirname(file);
  if (device.kind === 'local') return { project, there: project, home: '/' };
  const { out } = await collect(runner.exec(['/bin/sh', '-c', 'cd && pwd'], { input: '' }));
  const name = project.slice(project.lastIndexOf('/') + 1).replace(/[^\w.-]+/g, '_') || 'project';
  return { project, there: `jetson-pipelines/${name}`, home: out.trim() || '/' };
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
