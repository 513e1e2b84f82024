import * as vscode from 'vscode';
import { TARGETS, type TargetChoice } from '../../../server/src/protocol.ts';
import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';
import { targetWords } from '../devices/board-facts.ts';

/** Makes a device the one that runs are for, and that pipelines are judged for as far as it says what it is. */
export const command: Command = {
  id: 'jetsonPipelines.chooseDeviceAsTarget',
  title: 'Use Device for Runs and as Target',
  icon: '$(target)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, language }, word) {
    const device = await askDevice(devices, word, 'Which device are the pipelines of this project for?');
    if (!device) return;
    await devices.known.choose(device.name);
    await devices.connections.connect(device);
    const state = devices.connections.state(device.name);
    const words = state.is === 'ready' ? targetWords(state.facts) : undefined;
    const known = await language.request<readonly TargetChoice[]>(TARGETS, {});
    if (!words || !known.some(({ id }) => id === words.split(' ')[0])) {
      const text = `${device.name} is used for runs. It does not say which Jetson it is, so the target stays as it was.`;
      void vscode.window.showInformationMessage(text);
      return;
    }
    const scope = vscode.workspace.workspaceFolders
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration('jetsonPipelines').update('target', words, scope);
  },
};
