/** Which device is meant: the node that was clicked, the chosen one, else a question. */
import * as vscode from 'vscode';
import { addressOf, type KnownDevice } from './known-device.ts';
import { type DeviceRooms, deviceOf } from './rooms.ts';

/** Undefined where the person turned away. */
export async function askDevice(
  { known }: DeviceRooms,
  word: unknown,
  title: string,
): Promise<KnownDevice | undefined> {
  const meant = deviceOf(word, known);
  if (meant) return meant;
  const all = known.all();
  if (all.length === 0) {
    const add = 'Add a Device';
    const answer = await vscode.window.showInformationMessage('There is no device yet.', add);
    if (answer === add) await vscode.commands.executeCommand('jetsonPipelines.addDevice');
    return known.all().at(-1);
  }
  if (all.length === 1) return all[0];
  const items = all.map((device) => ({ label: device.name, description: addressOf(device), device }));
  return (await vscode.window.showQuickPick(items, { title }))?.device;
}

/** The device that runs are for; asked for and remembered where none is chosen. */
export async function askRunDevice(rooms: DeviceRooms): Promise<KnownDevice | undefined> {
  const current = rooms.known.current();
  if (current) return current;
  const device = await askDevice(rooms, undefined, 'Run on which device?');
  if (device) await rooms.known.choose(device.name);
  return device;
}
