/** `gst-inspect-1.0` of the demo device: its elements are those of the tables of what it is. */
import { BOARD, type Board } from './board.ts';
import type { Program } from './machine.ts';
import { fromBytes, toBytes } from './pipes.ts';
import { options } from './tools-text.ts';

export const gstInspect =
  (board: Board): Program =>
  async (process) => {
    const { has, rest } = options(process.arguments);
    const say = (text: string): Promise<void> => process.say(toBytes(text));
    if (has('version')) {
      await say(
        `gst-inspect-1.0 version ${BOARD.gstreamer}\nGStreamer ${BOARD.gstreamer}\nhttps://launchpad.net/distros/ubuntu/+source/gstreamer1.0\n`,
      );
      return 0;
    }
    const [word] = rest;
    const name = word === undefined ? undefined : fromBytes(word);
    const order = { target: BOARD.target, ...(name !== undefined && { name }) };
    const found = await process.wait(board.judge.inspect(order));
    if (name !== undefined) {
      const [element] = found;
      if (has('exists')) return element ? 0 : 1;
      await say(element?.page ?? `No such element or plugin '${name}'\n`);
      return element ? 0 : 1;
    }
    if (has('print-all') || has('a')) {
      for (const element of found) await say(element.page.replace(/^/gm, `${element.name}: `).concat('\n'));
      return 0;
    }
    for (const element of found) await say(`${element.plugin}:  ${element.name}: ${element.title}\n`);
    const plugins = new Set(found.map(({ plugin }) => plugin));
    await say(`\nTotal count: ${plugins.size} plugins, ${found.length} features\n`);
    return 0;
  };
