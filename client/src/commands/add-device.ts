import * as vscode from 'vscode';
import type { Command, Rooms } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';
import { type KnownDevice, readAddress } from '../devices/known-device.ts';
import { listContainers } from '../remote/container.ts';
import { sshAliases } from '../remote/ssh-aliases.ts';

type Nameless = Omit<KnownDevice, 'name'>;

/** Asks for a host of the ssh configuration, an address, this machine, a container or the demo device, and remembers it. */
export const command: Command = {
  id: 'jetsonPipelines.addDevice',
  title: 'Add Device',
  icon: '$(add)',
  async run(rooms) {
    const { known } = rooms.devices;
    const all = known.all();
    const taken = new Set(all.map(({ host }) => host));
    const aliases = (await sshAliases()).filter((alias) => !taken.has(alias));
    const has = (kind: KnownDevice['kind']): boolean => all.some((device) => device.kind === kind);
    const item = (label: string, description: string, find: () => Promise<Nameless | undefined>) => ({
      label,
      description,
      find,
    });
    const local: Nameless = { kind: 'local', host: '' };
    const demo: Nameless = { kind: 'demo', host: '' };
    const items = [
      item('$(edit) Address…', 'user@host:port', askAddress),
      ...(has('local') ? [] : [item('$(vm) This machine', 'where VS Code runs its extensions', async () => local)]),
      ...(all.length > 0 ? [item('$(package) Container…', 'on one of the devices', () => askContainer(rooms))] : []),
      ...(has('demo') ? [] : [item('$(vm-running) Demo device', 'an Orin Nano that is played here', async () => demo)]),
      ...aliases.map((host) => item(host, '~/.ssh/config', async () => ({ kind: 'ssh', host }))),
    ];
    const chosen = await vscode.window.showQuickPick(items, { title: 'Add a device' });
    const device = await chosen?.find();
    if (!device) return;
    const names = new Set(all.map(({ name }) => name));
    const wanted = nameOf(device);
    let name = wanted;
    for (let number = 2; names.has(name); number++) name = `${wanted} ${number}`;
    await known.add({ name, ...device });
    await vscode.commands.executeCommand('jetsonPipelines.connectDevice', name);
  },
};

function nameOf({ kind, host, on, container, image }: Nameless): string {
  if (kind === 'ssh') return host;
  if (kind === 'container') return `${container ?? image} on ${on}`;
  return kind === 'local' ? 'This machine' : 'Demo device';
}

async function askAddress(): Promise<Nameless | undefined> {
  const typed = await vscode.window.showInputBox({
    title: 'Add a device',
    prompt: 'Address of the device, as ssh takes it',
    placeHolder: 'nvidia@192.168.55.1',
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' || readAddress(text) ? undefined : 'Write user@host or user@host:port.'),
  });
  const read = typed ? readAddress(typed) : undefined;
  return read && { kind: 'ssh', ...read };
}

/** What runs on a device, or an image of it, out of a list. */
async function askContainer({ devices }: Rooms): Promise<Nameless | undefined> {
  const host = await askDevice(devices, undefined, 'A container on which device?');
  if (!host) return undefined;
  const { running, images } = await listContainers(await devices.connections.connect(host));
  const at = { kind: 'container', host: '', on: host.name } as const;
  const items = [
    ...running.map(({ name, image, status }) => ({
      label: name,
      description: `${image} · ${status}`,
      device: { ...at, container: name } as Nameless,
    })),
    ...images.map(({ name, size }) => ({
      label: `$(package) ${name}`,
      description: `image, ${size}: started for the time of the connection`,
      device: { ...at, image: name } as Nameless,
    })),
  ];
  if (items.length === 0) throw new Error(`${host.name} has neither containers nor images.`);
  return (await vscode.window.showQuickPick(items, { title: `Containers of ${host.name}` }))?.device;
}
