/** A demo device that asks this program's own tables, without a language server in between. */
import { type DemoDevice, startDemoDevice } from '../../client/src/remote/demo/device.ts';
import { inspected, rehearsal } from '../../server/src/lsp/rehearse.ts';
import { testWorld } from './world.ts';

export function startDemo(): Promise<DemoDevice> {
  const world = testWorld();
  return startDemoDevice({
    rehearse: async (order) => rehearsal(order, world),
    inspect: async (order) => inspected(order, world),
  });
}
