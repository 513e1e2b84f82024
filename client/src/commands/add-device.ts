import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { type KnownDevice, readAddress } from '../devices/known-devices.ts';
import { sshAliases } from '../devices/ssh-hosts.ts';

/** Asks for a host of the ssh configuration, an address, or this machine, and remembers it. */
export const command: Command = {
  id: 'jetsonPipelines.addDevice',
  title: 'Add Device',
  icon: '$(add)',
  async run({ devices: { known } }) {
    const taken = new Set(known.all().map(({ host }) => host));
    const aliases = (await sshAliases()).filter((alias) => !taken.has(alias));
    const address = { label: '$(edit) Address…', description: 'user@host:port' };
    const here = { label: '$(vm) This machine', description: 'where VS Code runs its extensions' };
    const items = [
      address,
      ...(known.all().some(({ kind }) => kind === 'local') ? [] : [here]),
      ...aliases.map((alias) => ({ label: alias, description: '~/.ssh/config' })),
    ];
    const chosen = await vscode.window.showQuickPick(items, { title: 'Add a device' });
    if (!chosen) return;
    let device: Omit<KnownDevice, 'name'> | undefined = { kind: 'ssh', host: chosen.label };
    if (chosen === here) device = { kind: 'local', host: '' };
    else if (chosen === address) {
      const typed = await vscode.window.showInputBox({
        title: 'Add a device',
        prompt: 'Address of the device, as ssh takes it',
        placeHolder: 'nvidia@192.168.55.1',
        ignoreFocusOut: true,
        validateInput: (text) => (text === '' || readAddress(text) ? undefined : 'Write user@host or user@host:port.'),
      });
      const read = typed ? readAddress(typed) : undefined;
      if (!read) return;
      device = { kind: 'ssh', ...read };
    }
    const wanted = device.kind === 'local' ? 'This machine' : device.host;
    const names = new Set(known.all().map(({ name }) => name));
    let name = wanted;
    for (let number = 2; names.has(name); number++) name = `${wanted} ${number}`;
    await known.add({ name, ...device });
    await vscode.commands.executeCommand('jetsonPipelines.connectDevice', name);
  },
};
