/** Makes the rooms, introduces them to each other, and returns. */
import * as vscode from 'vscode';
import { DEVICE, type DeviceParams } from '../../server/src/protocol.ts';
import type { Command, Rooms } from './command.ts';
import { commands } from './commands/index.ts';
import { welcomeExamples } from './commands/open-examples.ts';
import { ConfigLanguage } from './config-language.ts';
import { type DeviceRooms, deviceRooms } from './devices/rooms.ts';
import { camerasOf } from './devices/video-nodes.ts';
import { Language } from './language-client.ts';
import { AnalyticsCanvases } from './views/analytics-canvas.ts';
import { CapsPanel } from './views/caps-panel.ts';
import { DeviceTree } from './views/device-tree.ts';
import { DoctorPanel } from './views/doctor-panel.ts';
import { GraphLayout } from './views/graph-layout.ts';
import { GraphPanels } from './views/graph-panel.ts';
import { LatencyMarks } from './views/latency-marks.ts';
import { LogPanel } from './views/log-view.ts';
import { ReadingView } from './views/reading-view.ts';
import { runTasks } from './views/run-tasks.ts';
import { StatusItem } from './views/status.ts';
import { TegrastatsView } from './views/tegrastats-view.ts';
import { TextPages } from './views/text-pages.ts';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const rulesPage = context.asAbsolutePath('docs/rules.md');
  const language = new Language(
    context,
    rulesPage,
    commands.map(({ id }) => id),
  );
  const readings = new ReadingView();
  const layout = new GraphLayout(context.asAbsolutePath('dist/graphviz.cjs'));
  const caps = new CapsPanel(context.extensionUri, language);
  const canvases = new AnalyticsCanvases(context.extensionUri);
  const graphs = new GraphPanels({
    extension: context.extensionUri,
    language,
    layout,
    inspect: (document, from, to) => caps.show(document, from, to),
  });
  const devices = deviceRooms(context, language);
  const tegrastats = new TegrastatsView(context.extensionUri, devices);
  const doctor = new DoctorPanel(context.extension, language, devices);
  const pages = new TextPages();
  const logPanel = new LogPanel(context.extensionUri, devices);
  const rooms: Rooms = {
    language,
    readings,
    graphs,
    caps,
    canvases,
    devices,
    pages,
    tegrastats,
    doctor,
    rulesPage,
    logPanel,
  };
  context.subscriptions.push(
    language,
    readings,
    layout,
    caps,
    canvases,
    graphs,
    pages,
    new DeviceTree(devices),
    runTasks(devices, language),
    tegrastats,
    new ConfigLanguage(language),
    doctor,
    logPanel,
    new LatencyMarks(devices.latencies),
    new StatusItem(language),
    ...commands.map((command) => register(command, rooms)),
  );
  // A server that starts anew knows nothing of the device's own elements.
  context.subscriptions.push(whenRunning(language, () => giveTables(devices)));
  welcomeExamples(context).catch(() => {});
  const tellDevice = (): void => language.notify(DEVICE, deviceParams(devices));
  context.subscriptions.push(
    whenRunning(language, () => {
      tellDevice();
      return giveTables(devices);
    }),
    devices.connections.onDidChange(tellDevice),
    devices.connections.onDidChange((name) => void dropStaleTables(devices, name).catch(() => {})),
    devices.known.onDidChange(tellDevice),
  );
  await language.start();
}

/** Calls back each time the server begins to answer. */
function whenRunning(language: Language, then: () => Promise<void>): vscode.Disposable {
  let was = false;
  return language.onDidChange(() => {
    const runs = language.state === 'running';
    if (runs && !was) then().catch(() => {});
    was = runs;
  });
}

/** What the chosen device has that texts name; nothing before it has been connected. */
function deviceParams({ known, connections }: DeviceRooms): DeviceParams {
  const device = known.current()?.name ?? '';
  return { device, cameras: camerasOf(connections.board(device)?.nodes ?? []) };
}

/** The elements of the chosen device, where it was harvested, go before the tables that ship. */
async function giveTables({ known, tables }: DeviceRooms): Promise<void> {
  const { target } = known;
  if (target && known.current()?.name === target.device) await tables.use(target.device, target.words);
}

/** Tables of another GStreamer than the device has now would be wrong; they are taken away until it is harvested again. */
async function dropStaleTables({ known, connections, tables }: DeviceRooms, name: string): Promise<void> {
  const state = connections.state(name);
  const version = state.is === 'ready' ? state.board.said.gstreamer : undefined;
  if (version === undefined || known.target?.device !== name) return;
  if (await tables.isStale(name, version)) await tables.drop(name, known.target.words);
}

/** A command's failure is told, never thrown at the editor. */
function register(command: Command, rooms: Rooms): vscode.Disposable {
  return vscode.commands.registerCommand(command.id, async (...words: unknown[]) => {
    try {
      await command.run(rooms, ...words);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const show = 'Show Log';
      const answer = await vscode.window.showErrorMessage(`${command.title}: ${reason}`, show);
      if (answer === show) rooms.language.showLog();
    }
  });
}
