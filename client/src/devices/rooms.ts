/** What belongs to devices, made together and let go together. */
import type * as vscode from 'vscode';
import { INSPECT, REHEARSE } from '../../../server/src/protocol.ts';
import { loadCauses } from '../remote/causes/table.ts';
import { BoardWatches } from './board-watches.ts';
import { Connections } from './connections.ts';
import { DeviceTables, type Server } from './device-tables.ts';
import { type KnownDevice, KnownDevices } from './known-devices.ts';
import { Latencies } from './latencies.ts';
import { Predictions } from './predictions.ts';
import { editorAsker } from './prompts.ts';
import { RunLogs } from './run-logs.ts';
import { peaksOf } from './run-peaks.ts';
import { RunProblems } from './run-problems.ts';
import { Runs } from './runs.ts';

export interface DeviceRooms {
  readonly known: KnownDevices;
  readonly connections: Connections;
  readonly runs: Runs;
  readonly boards: BoardWatches;
  readonly logs: RunLogs;
  readonly latencies: Latencies;
  readonly predictions: Predictions;
  readonly tables: DeviceTables;
  /** What is remembered of this workspace: values of variables. */
  readonly memory: vscode.Memento;
  readonly context: vscode.ExtensionContext;
}

export function deviceRooms(context: vscode.ExtensionContext, server: Server): DeviceRooms {
  const known = new KnownDevices(context.workspaceState);
  const connections = new Connections(editorAsker(context.secrets), {
    named: (name) => known.named(name),
    judge: {
      rehearse: (order) => server.request(REHEARSE, order),
      inspect: (order) => server.request(INSPECT, order),
    },
  });
  const runs = new Runs(context.workspaceState, (name) => {
    const device = known.named(name);
    return device && connections.session(device);
  });
  let causes: ReturnType<typeof loadCauses> | undefined;
  const logs = new RunLogs(
    runs,
    () => (causes ??= loadCauses(context.asAbsolutePath('schemas/causes'))),
    context.globalStorageUri.fsPath,
  );
  const problems = new RunProblems(logs, server);
  const boards = new BoardWatches(known, connections, runs);
  const latencies = new Latencies(runs, boards);
  const predictions = new Predictions(runs, server);
  const tables = new DeviceTables(context.globalStorageUri, server);
  // What was measured while somebody looked.
  const peaks = runs.onWillEnd(({ order, startedAt, figures }) => {
    for (const [name, value] of peaksOf(boards.measurements(order.device), startedAt, Date.now()))
      figures.set(name, value);
  });
  // The device keeps the log of a run that has outlived a window.
  const outlived = runs.onDidEnd(({ run }) => {
    if (run.run.outlives) void connections.refresh(run.order.device).catch(() => {});
  });
  context.subscriptions.push(outlived, known, predictions, latencies, boards, peaks, runs, problems, logs, {
    dispose: () => void connections.dispose(),
  });
  return {
    known,
    predictions,
    connections,
    runs,
    boards,
    logs,
    latencies,
    tables,
    memory: context.workspaceState,
    context,
  };
}

/** The device that a node of the tree or a name stands for. */
export function deviceOf(word: unknown, known: KnownDevices): KnownDevice | undefined {
  if (typeof word === 'string') return known.named(word);
  const device = (word as { device?: KnownDevice } | undefined)?.device;
  return device && known.named(device.name);
}
