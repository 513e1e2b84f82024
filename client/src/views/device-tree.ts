/** The tree in the activity bar: devices, what each says of itself, what runs on it and what ran before. Shows; does nothing of its own. */
import * as vscode from 'vscode';
import { alertsOf, type Fact, factsOf } from '../devices/board-facts.ts';
import { type FoundRun, foundRuns } from '../devices/found-runs.ts';
import { addressOf, type KnownDevice } from '../devices/known-device.ts';
import type { DeviceRooms } from '../devices/rooms.ts';
import type { ActiveRun, PastRun } from '../devices/runs.ts';

/** A line of the tree; commands of its menu are given it. */
export type DeviceNode =
  | { readonly kind: 'device'; readonly device: KnownDevice }
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'problem'; readonly why: string }
  | { readonly kind: 'alert'; readonly text: string }
  | { readonly kind: 'run'; readonly active: ActiveRun }
  | { readonly kind: 'found'; readonly found: FoundRun }
  | { readonly kind: 'past'; readonly past: PastRun };

/** How many of the earlier runs are shown under a device. */
const MOST_PAST = 5;

export class DeviceTree implements vscode.TreeDataProvider<DeviceNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #rooms: DeviceRooms;
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(rooms: DeviceRooms) {
    this.#rooms = rooms;
    const changed = (): void => this.#changed.fire();
    this.#subscriptions = [
      rooms.known.onDidChange(changed),
      rooms.connections.onDidChange(changed),
      rooms.runs.onDidChange(changed),
      vscode.window.createTreeView('jetsonPipelines.devices', { treeDataProvider: this, showCollapseAll: false }),
    ];
  }

  getChildren(node?: DeviceNode): DeviceNode[] {
    if (!node) return this.#rooms.known.all().map((device) => ({ kind: 'device', device }));
    if (node.kind === 'fact') return (node.fact.parts ?? []).map((fact) => ({ kind: 'fact', fact }));
    if (node.kind !== 'device') return [];
    const { name } = node.device;
    const state = this.#rooms.connections.state(name);
    const here = ({ order }: { order: { device: string } }): boolean => order.device === name;
    return [
      ...(state.is === 'lost' || state.is === 'waiting' ? [{ kind: 'problem', why: state.why } as const] : []),
      ...(state.is === 'ready' ? alertsOf(state.board).map((text) => ({ kind: 'alert', text }) as const) : []),
      ...this.#rooms.runs.active.filter(here).map((active) => ({ kind: 'run', active }) as const),
      ...foundRuns(this.#rooms)
        .filter(({ device }) => device.name === name)
        .map((found) => ({ kind: 'found', found }) as const),
      ...this.#rooms.runs.history
        .filter(here)
        .slice(0, MOST_PAST)
        .map((past) => ({ kind: 'past', past }) as const),
      ...(state.is === 'ready' ? factsOf(state.board).map((fact) => ({ kind: 'fact', fact }) as const) : []),
    ];
  }

  getTreeItem(node: DeviceNode): vscode.TreeItem {
    switch (node.kind) {
      case 'device':
        return this.#device(node.device);
      case 'fact':
        return factItem(node.fact);
      case 'alert': {
        const item = new vscode.TreeItem(node.text);
        item.tooltip = node.text;
        item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
        return item;
      }
      case 'problem': {
        const item = new vscode.TreeItem(node.why);
        item.tooltip = node.why;
        item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('errorForeground'));
        return item;
      }
      case 'run': {
        const item = new vscode.TreeItem(node.active.order.title);
        item.description = `runs since ${clock(node.active.startedAt)}`;
        item.iconPath = new vscode.ThemeIcon('sync~spin');
        item.contextValue = node.active.order.outputs.length > 0 ? 'run-outputs' : 'run';
        return item;
      }
      case 'found': {
        const { title, running, startedAt, code } = node.found.known;
        const item = new vscode.TreeItem(title);
        const how = running ? 'runs without a window' : `ended${code === undefined ? '' : ` with ${code}`}`;
        item.description = running ? `${how} since ${clock(startedAt)}` : `${how}, begun ${clock(startedAt)}`;
        item.tooltip = `${title}: ${how}. Follow it to see its log.`;
        item.iconPath = new vscode.ThemeIcon(running ? 'rocket' : 'archive');
        item.contextValue = running ? 'found-running' : 'found-ended';
        return item;
      }
      case 'past':
        return pastItem(node.past);
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #device(device: KnownDevice): vscode.TreeItem {
    const state = this.#rooms.connections.state(device.name);
    const current = this.#rooms.known.current()?.name === device.name;
    const open = state.is === 'idle' || state.is === 'connecting' ? 'Collapsed' : 'Expanded';
    const item = new vscode.TreeItem(device.name, vscode.TreeItemCollapsibleState[open]);
    item.id = `${device.name} ${open}`;
    const words = {
      idle: 'not connected',
      connecting: 'connecting…',
      ready: 'connected',
      waiting: 'lost, tried again',
      lost: 'no connection',
    }[state.is];
    item.description = [...(current ? ['runs here'] : []), words].join(' · ');
    const address = addressOf(device);
    item.tooltip = `${device.name}: ${address}, ${words}`;
    const icon = {
      idle: 'debug-disconnect',
      connecting: 'loading~spin',
      ready: 'vm-active',
      waiting: 'loading~spin',
      lost: 'warning',
    }[state.is];
    item.iconPath = new vscode.ThemeIcon(icon);
    item.contextValue = `device-${state.is === 'ready' ? 'connected' : 'idle'}`;
    return item;
  }
}

function factItem({ id, title, value, parts = [] }: Fact): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(title, parts.length > 0 ? Collapsed : None);
  item.description = value ?? 'missing';
  item.tooltip = value === '' ? title : `${title}: ${value ?? 'the device does not say'}`;
  item.iconPath = new vscode.ThemeIcon(value === undefined || id === 'missing' ? 'circle-slash' : 'info');
  item.contextValue = 'fact';
  return item;
}

function pastItem({ order, startedAt, milliseconds, how, text, error, figures = {} }: PastRun): vscode.TreeItem {
  const item = new vscode.TreeItem(order.title);
  item.description = `${clock(startedAt)} · ${how} · ${(milliseconds / 1000).toFixed(1)} s`;
  const peaks = Object.entries(figures).map(([name, value]) => `${name}: ${Math.round(value * 10) / 10}`);
  item.tooltip = [error ?? text, ...peaks].join('\n');
  const good = how === 'finished' || how === 'stopped';
  item.iconPath = new vscode.ThemeIcon(good ? 'pass' : 'error');
  item.contextValue = order.outputs.length > 0 ? 'past-outputs' : 'past';
  return item;
}

const clock = (at: number): string => new Date(at).toTimeString().slice(0, 5);
