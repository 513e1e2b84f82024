/** Offers runs on a device as tasks, and makes those of tasks.json runnable. */
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { RUNNABLES, type Runnable, type RunnablesResult } from '../../../server/src/protocol.ts';
import type { Server } from '../devices/device-tables.ts';
import type { DeviceRooms } from '../devices/rooms.ts';
import { readOptions } from '../devices/run-options.ts';
import { type RunTask, readTask, runTerminal, TASK_TYPE } from '../devices/run-task.ts';
import type { ActiveRun } from '../devices/runs.ts';
import { startRun } from '../devices/start-run.ts';
import { programOf, wantedRunnable, wantedScript } from '../devices/wanted.ts';

/** The provider of tasks of type `jetson`. */
export function runTasks(rooms: DeviceRooms, server: Server): vscode.Disposable {
  const provider: vscode.TaskProvider = {
    // Nothing is offered unasked: which of a project's many pipelines is meant only the person knows.
    provideTasks: () => offered().map((definition) => make(rooms, server, definition, undefined)),
    resolveTask: (task) => {
      const { scope, definition } = task;
      return readTask(definition) ? make(rooms, server, definition, scope, task.name) : undefined;
    },
  };
  return vscode.tasks.registerTaskProvider(TASK_TYPE, provider);
}

/** The file that is open, where it can hold a pipeline. */
function offered(): vscode.TaskDefinition[] {
  const document = vscode.window.activeTextEditor?.document;
  const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
  if (!document || !folder || document.uri.scheme !== 'file') return [];
  if (!/^(?:gst-launch|deepstream-config|shellscript|python)$/.test(document.languageId)) return [];
  return [{ type: TASK_TYPE, file: vscode.workspace.asRelativePath(document.uri, false) }];
}

function make(
  rooms: DeviceRooms,
  server: Server,
  definition: vscode.TaskDefinition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope | undefined,
  name = `Run ${String(definition.file)}`,
): vscode.Task {
  const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
  const terminal = async (resolved: vscode.TaskDefinition): Promise<vscode.Pseudoterminal> =>
    runTerminal(rooms.runs, () => start(rooms, server, readTask(resolved)!, folder));
  const task = new vscode.Task(
    definition,
    folder ?? vscode.TaskScope.Workspace,
    name,
    'jetson',
    new vscode.CustomExecution(terminal),
  );
  task.detail = 'Runs on the Jetson; closing the terminal stops it, with finished files';
  return task;
}

async function start(
  rooms: DeviceRooms,
  server: Server,
  task: RunTask,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<ActiveRun | undefined> {
  const device = task.device === undefined ? rooms.known.current() : rooms.known.named(task.device);
  if (!device) {
    const which = task.device === undefined ? 'No device is chosen' : `There is no device ${task.device}`;
    throw new Error(`${which}. Add or choose one in the Jetson view.`);
  }
  const path = isAbsolute(task.file) || !folder ? task.file : join(folder.uri.fsPath, task.file);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  if (document.isDirty) await document.save();
  const options = task.options === undefined ? {} : { options: readOptions(task.options) };
  const uri = document.uri.toString();
  const { runnables } = await server.request<RunnablesResult>(RUNNABLES, { textDocument: { uri } });
  if (task.script) {
    if (!programOf(path)) throw new Error(`${task.file} is neither a shell nor a Python script.`);
    return startRun(rooms, device, { ...wantedScript(path, uri, runnables), ...options }, false);
  }
  const runnable = atLine(runnables, task.line);
  if (!runnable) throw new Error(`${task.file} has no pipeline${task.line ? ` at line ${task.line}` : ''}.`);
  return startRun(rooms, device, { ...wantedRunnable(path, uri, runnable), ...options }, false);
}

const atLine = (runnables: readonly Runnable[], line: number | undefined): Runnable | undefined =>
  line === undefined
    ? runnables[0]
    : runnables.find(({ range }) => range.start.line < line && line - 1 <= range.end.line);
