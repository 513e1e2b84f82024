/** The target that a device is, and its choice: pipelines are then judged for what it says of itself. */
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { SECTION, TARGETS, type TargetChoice } from '../../../server/src/protocol.ts';
import { targetWords } from './board-facts.ts';
import type { Server } from './device-tables.ts';
import type { KnownDevice } from './known-devices.ts';
import { type Release, readReleases } from './releases.ts';
import type { DeviceRooms } from './rooms.ts';

/** The words of the setting for a device that is connected; undefined where it does not say which machine it is. */
export async function targetOf(rooms: DeviceRooms, server: Server, device: KnownDevice): Promise<string | undefined> {
  const state = rooms.connections.state(device.name);
  if (state.is !== 'ready') return undefined;
  const words = targetWords(state.board, await releases(rooms));
  const known = await server.request<readonly TargetChoice[]>(TARGETS, {});
  return words && known.some(({ id }) => id === words.split(' ')[0]) ? words : undefined;
}

/** Sets the target for the workspace, or for the user where none is open. */
export async function setTarget(words: string): Promise<void> {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const scope = vscode.workspace.workspaceFolders ? Workspace : Global;
  await vscode.workspace.getConfiguration(SECTION).update('target', words, scope);
}

let kept: readonly Release[] | undefined;

/** The table of releases that ships. */
export async function releases({ context }: Pick<DeviceRooms, 'context'>): Promise<readonly Release[]> {
  kept ??= readReleases(await readFile(context.asAbsolutePath('schemas/releases.json'), 'utf8'));
  return kept;
}
