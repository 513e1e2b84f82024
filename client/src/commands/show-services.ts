import * as vscode from 'vscode';
import type { Command, Rooms } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';
import type { KnownDevice } from '../devices/known-devices.ts';
import { rooted } from '../devices/rooted.ts';
import {
  controlService,
  installedUnit,
  journalOf,
  listServices,
  removeService,
  type Service,
  UNITS,
} from '../devices/services.ts';
import type { Runner } from '../remote/runner.ts';

/** Lists the services that were deployed to a device; the chosen one is looked at, stopped, started or removed. */
export const command: Command = {
  id: 'jetsonPipelines.showServices',
  title: 'Show Services of Device',
  icon: '$(server-process)',
  enablement: 'isWorkspaceTrusted',
  async run(rooms, word) {
    const device = await askDevice(rooms.devices, word, 'Services of which device?');
    if (!device) return;
    const runner = await rooms.devices.connections.connect(device);
    const services = await listServices(runner, UNITS);
    if (services.length === 0) {
      void vscode.window.showInformationMessage(
        `${device.name} has no service of ours. Deploy as a Service makes one.`,
      );
      return;
    }
    const items = services.map((service) => ({
      label: `${ICONS[service.state] ?? '$(circle-outline)'} ${service.name}`,
      description: describe(service),
      service,
    }));
    const chosen = await vscode.window.showQuickPick(items, { title: `Services on ${device.name}` });
    if (chosen) await act(rooms, device, runner, chosen.service);
  },
};

const ICONS: Readonly<Record<string, string>> = { active: '$(pass)', failed: '$(error)', activating: '$(sync)' };

function describe({ state, detail, restarts, enabled }: Service): string {
  const parts = [
    state === '' ? 'systemd does not say' : `${state} (${detail})`,
    restarts > 0 && `started again ${restarts} times`,
    !enabled && 'does not start with the device',
  ];
  return parts.filter((part) => typeof part === 'string').join(' · ');
}

async function act(
  { devices, pages }: Rooms,
  device: KnownDevice,
  runner: Runner,
  { name, state }: Service,
): Promise<void> {
  const { asker } = devices.connections;
  const about = (why: string) => rooted(devices, device, why);
  const control = async (what: 'start' | 'stop' | 'restart'): Promise<void> => {
    if (!(await controlService(runner, asker, about(`to ${what} ${name}`), name, what))) return;
    void vscode.window.showInformationMessage(`${name}: ${what} done.`);
  };
  const journal = async (): Promise<void> => {
    const text = await journalOf(runner, asker, about('to read the journal'), name, 1000);
    if (text !== undefined) await pages.showText(`${name} on ${device.name}.log`, text);
  };
  const unit = async (): Promise<void> => pages.showText(`${name}.service`, await installedUnit(runner, name, UNITS));
  const remove = async (): Promise<void> => {
    const yes = 'Remove';
    const detail = 'It is stopped and its unit is removed. Files of the project stay on the device.';
    const question = `Remove ${name} from ${device.name}?`;
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
    if (!(await removeService(runner, asker, about(`to remove ${name}`), name, UNITS))) return;
    void vscode.window.showInformationMessage(`${name} is removed from ${device.name}.`);
  };
  const items = [
    { label: '$(output) Journal', does: journal },
    { label: '$(file) Unit', does: unit },
    ...(state === 'active' || state === 'activating'
      ? [
          { label: '$(debug-restart) Restart', does: () => control('restart') },
          { label: '$(debug-stop) Stop', does: () => control('stop') },
        ]
      : [{ label: '$(play) Start', does: () => control('start') }]),
    { label: '$(trash) Remove', does: remove },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: `${name} on ${device.name}` });
  await chosen?.does();
}
