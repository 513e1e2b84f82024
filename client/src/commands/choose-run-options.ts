import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import type { DeviceRooms } from '../devices/rooms.ts';
import {
  debugText,
  describeOptions,
  LEVELS,
  type RunOptions,
  readCategories,
  readOptions,
  readPowerModes,
  readVariables,
  variablesText,
} from '../devices/run-options.ts';
import { OPTIONS } from '../devices/start-run.ts';
import { collect } from '../remote/runner.ts';

/** How runs of this workspace are watched: debug output, tracers, dot files, environment, display, power mode. */
export const command: Command = {
  id: 'jetsonPipelines.chooseRunOptions',
  title: 'Choose Run Options',
  icon: '$(settings)',
  async run({ devices }) {
    for (;;) {
      const options = readOptions(devices.memory.get(OPTIONS));
      const changed = await change(devices, options);
      if (!changed) return;
      await devices.memory.update(OPTIONS, changed);
    }
  },
};

/** One turn of the menu; undefined where it was closed. */
async function change(rooms: DeviceRooms, options: RunOptions): Promise<RunOptions | undefined> {
  const { debug, tracers, dots, verbose, env, display, powerMode, clocks, outlives, ...rest } = options;
  const all = { ...options };
  const flip = (key: 'dots' | 'verbose' | 'clocks' | 'outlives'): RunOptions =>
    readOptions({ ...all, [key]: options[key] !== true });
  const entry = (label: string, value: string | boolean | undefined, turn: () => Promise<RunOptions | undefined>) => ({
    label,
    description: value === true ? 'on' : value || 'off',
    turn,
  });
  const set = (key: keyof RunOptions, value: unknown): RunOptions => readOptions({ ...all, [key]: value });
  const items = [
    entry('Debug output (GST_DEBUG)', debug, async () => set('debug', await askDebug(rooms, debug))),
    entry('Tracers (GST_TRACERS)', tracers, async () => set('tracers', await askTracers(tracers))),
    entry('Dot files of the pipeline', dots, async () => flip('dots')),
    entry('Caps and properties (-v)', verbose, async () => flip('verbose')),
    entry('Environment', env && variablesText(env), async () => set('env', await askEnvironment(env))),
    entry('Display', display, async () => set('display', await askDisplay(rooms, display))),
    entry('Power mode before the run', powerMode, async () => set('powerMode', await askPowerMode(rooms, powerMode))),
    entry('Highest clocks before the run (jetson_clocks)', clocks, async () => flip('clocks')),
    entry('Goes on when the window is closed', outlives, async () => flip('outlives')),
    ...(describeOptions(options) === '' ? [] : [entry('All as it comes', ' ', async () => rest)]),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Options of runs in this workspace; Esc when done',
  });
  return chosen?.turn();
}

async function askDebug(rooms: DeviceRooms, now: string | undefined): Promise<string | undefined> {
  const levels = LEVELS.flatMap((name, level) =>
    name === '' ? [] : [{ label: `${level}`, description: name, level }],
  );
  const write = { label: '$(edit) Write it', description: now ?? '*:2,nvinfer:5', level: -1 };
  const chosen = await vscode.window.showQuickPick([...levels, write], {
    title: 'Level of all categories (GST_DEBUG)',
  });
  if (!chosen) return now;
  if (chosen.level < 0) {
    const typed = await vscode.window.showInputBox({
      title: 'GST_DEBUG',
      value: now ?? '*:2',
      validateInput: (text) => (/^[\w*.:,+-]*$/.test(text) ? undefined : 'Levels by category: *:2,nvinfer:5'),
    });
    return typed ?? now;
  }
  const categories = await askCategories(rooms);
  if (!categories || categories.length === 0) return debugText(chosen.level, new Map());
  const more = await vscode.window.showQuickPick(levels, { title: `Level of ${categories.join(', ')}` });
  return debugText(chosen.level, new Map(categories.map((name) => [name, more?.level ?? 5])));
}

/** Categories that the chosen device knows; none where there is no connection. */
async function askCategories({ known, connections }: DeviceRooms): Promise<readonly string[] | undefined> {
  const device = known.current();
  if (!device || connections.state(device.name).is !== 'ready') return [];
  const runner = await connections.connect(device);
  const { out } = await collect(
    runner.exec(['gst-launch-1.0', '--gst-debug-no-color', '--gst-debug-help'], { input: '' }),
  );
  const items = readCategories(out).map(({ name, about }) => ({ label: name, description: about }));
  if (items.length === 0) return [];
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Categories with a level of their own',
    canPickMany: true,
    matchOnDescription: true,
  });
  return chosen?.map(({ label }) => label);
}

async function askTracers(now: string | undefined): Promise<string | undefined> {
  const items = [
    { label: 'none', value: undefined },
    { label: 'latency', description: 'of the pipeline and of each element', value: 'latency' },
    { label: 'leaks', description: 'objects that are left over at the end', value: 'leaks' },
    { label: 'stats', description: 'buffers, events and queries of each pad', value: 'stats' },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'What GStreamer keeps count of' });
  return chosen ? chosen.value : now;
}

async function askEnvironment(now: RunOptions['env']): Promise<RunOptions['env']> {
  const typed = await vscode.window.showInputBox({
    title: 'Environment of the program',
    prompt: 'NAME=value, separated by blanks',
    value: variablesText(now ?? {}),
    validateInput: (text) => (readVariables(text) ? undefined : 'Write NAME=value NAME2="two words".'),
  });
  return typed === undefined ? now : readVariables(typed);
}

async function askDisplay({ known, connections }: DeviceRooms, now: string | undefined): Promise<string | undefined> {
  const device = known.current();
  const state = device ? connections.state(device.name) : undefined;
  const there = state?.is === 'ready' ? (state.board.said.display ?? '').split(' ').filter((one) => one !== '') : [];
  const none = { label: 'none', description: 'as the login has it' };
  const items = [none, ...(there.length > 0 ? there : [':0', ':1']).map((label) => ({ label, description: '' }))];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Display of windows (DISPLAY)' });
  if (!chosen) return now;
  return chosen === none ? undefined : chosen.label;
}

async function askPowerMode({ known, connections }: DeviceRooms, now: string | undefined): Promise<string | undefined> {
  const device = known.current();
  const state = device ? connections.state(device.name) : undefined;
  const modes = state?.is === 'ready' ? readPowerModes(state.board.said.modes) : [];
  if (modes.length === 0) {
    void vscode.window.showInformationMessage('Connect a Jetson first: its power modes are not known.');
    return now;
  }
  const keep = { label: 'as it is', description: '' };
  const items = [keep, ...modes.map(({ id, name }) => ({ label: name, description: `nvpmodel -m ${id}` }))];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Power mode before each run' });
  if (!chosen) return now;
  return chosen === keep ? undefined : chosen.label;
}
