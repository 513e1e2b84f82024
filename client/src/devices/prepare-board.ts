/** What is set on the board before a run, when the options ask for it: power mode and clocks. */
import type { Asker } from '../remote/asker.ts';
import { endedWell, RemoteError, type Runner } from '../remote/runner.ts';
import type { Board } from './board-facts.ts';
import type { KnownDevice } from './known-devices.ts';
import { type RunOptions, readPowerModes } from './run-options.ts';
import { withSudo } from './with-sudo.ts';

/** False where the person turned away. Rejects with what the board's tools said. */
export async function prepareBoard(
  runner: Runner,
  asker: Asker,
  device: KnownDevice,
  { said }: Board,
  { powerMode, clocks }: RunOptions,
): Promise<boolean> {
  const about = { device: device.name, host: device.host, user: said.user ?? device.user ?? '' };
  if (powerMode !== undefined && said.power?.split(' ')[0] !== powerMode) {
    const mode = readPowerModes(said.modes).find(({ name }) => name === powerMode);
    if (!mode)
      throw new RemoteError('failed', `${device.name} has no power mode ${powerMode}.`, 'Choose one that it lists.');
    // The input has ended, so that a question whether to reboot is never answered.
    const words = ['nvpmodel', '-m', mode.id];
    if (!(await asRoot(runner, asker, { ...about, why: `to set the power mode ${powerMode}` }, words))) return false;
  }
  if (clocks) return asRoot(runner, asker, { ...about, why: 'to set the highest clocks' }, ['jetson_clocks']);
  return true;
}

async function asRoot(
  runner: Runner,
  asker: Asker,
  about: Parameters<typeof withSudo>[2],
  words: readonly string[],
): Promise<boolean> {
  const told = await withSudo(runner, asker, about, words);
  if (!told) return false;
  if (endedWell(told.exit)) return true;
  const said = `${told.err}\n${told.out}`.trim().split('\n').slice(-3).join(' ');
  const reboot = /reboot/i.test(said) ? 'It needs a reboot, which is left to you.' : '';
  throw new RemoteError('failed', `${words.join(' ')} did not work on ${about.device}: ${said}`, reboot);
}
