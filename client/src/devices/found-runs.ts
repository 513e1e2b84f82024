/** Runs that outlive their window, as they are found again on the connected devices. */
import * as vscode from 'vscode';
import type { KnownRun } from '../remote/launch.ts';
import type { KnownDevice } from './known-devices.ts';
import type { DeviceRooms } from './rooms.ts';

export interface FoundRun {
  readonly device: KnownDevice;
  readonly known: KnownRun;
}

/** Those that this window does not follow already. */
export function foundRuns({ known, connections, runs }: DeviceRooms): readonly FoundRun[] {
  const followed = new Set(runs.active.map(({ run }) => run.id));
  return known.all().flatMap((device) => {
    const state = connections.state(device.name);
    const there = state.is === 'ready' ? state.runs : [];
    return there.flatMap((one) => (followed.has(one.id) ? [] : [{ device, known: one }]));
  });
}

/** The one of a node of the tree, else a question. */
export async function foundIn(rooms: DeviceRooms, word: unknown, title: string): Promise<FoundRun | undefined> {
  const given = (word as { found?: FoundRun } | undefined)?.found;
  if (given) return given;
  const items = foundRuns(rooms).map((found) => ({
    label: found.known.title,
    description: `${found.device.name} · ${found.known.running ? 'runs' : 'ended'} · ${new Date(found.known.startedAt).toLocaleString()}`,
    found,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage('No connected device has a run that outlives its window.');
    return undefined;
  }
  return (await vscode.window.showQuickPick(items, { title }))?.found;
}
