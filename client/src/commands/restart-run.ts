import type { Command } from '../command.ts';
import type { ActiveRun, PastRun, RunOrder } from '../devices/runs.ts';
import { runAgain } from '../devices/start-run.ts';

/** Starts a run again with the same words and its files as they are now: the one that is given, else the latest. What still runs of it is stopped first. */
export const command: Command = {
  id: 'jetsonPipelines.restartRun',
  title: 'Run Again',
  icon: '$(debug-restart)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices }, word) {
    const { active, past } = (word ?? {}) as { active?: ActiveRun; past?: PastRun };
    const running = active ?? (past ? undefined : devices.runs.active.at(-1));
    const order: RunOrder | undefined = running?.order ?? past?.order ?? devices.runs.history[0]?.order;
    if (!order) throw new Error('Nothing has been run yet.');
    const device = devices.known.named(order.device);
    if (!device) throw new Error(`There is no device ${order.device} any longer.`);
    await running?.run.stop();
    await runAgain(devices, device, order);
  },
};
