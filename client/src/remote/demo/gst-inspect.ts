/** `gst-inspect-1.0` of the demo device: the version, and whether an element is there. */
import { BOARD, type Board } from './board.ts';
import type { Program } from './machine.ts';
import { fromBytes } from './pipes.ts';
import { options } from './tools-text.ts';

export const gstInspect =
  (board: Board): Program =>
  async (process) => {
    const { has, rest } = options(process.arguments);
    if (has('version')) {
      await process.say(
        `gst-inspect-1.0 version ${BOARD.gstreamer}\nGStreamer ${BOARD.gstreamer}\nhttps://launchpad.net/distros/ubuntu/+source/gstreamer1.0\n`,
      );
      return 0;
    }
    const [name] = rest;
    if (name === undefined) return 0;
    const { refusal } = await process.wait(
      board.judge({ kind: 'launch', text: fromBytes(name), target: BOARD.target }),
    );
    const missing = refusal?.message.startsWith('no element') ?? false;
    if (has('exists')) return missing ? 1 : 0;
    if (missing) {
      await process.say(`No such element or plugin '${name}'\n`);
      return 1;
    }
    await process.say(`Factory Details:\n  Rank                     none (0)\n  Long-name                ${name}\n\n`);
    return 0;
  };
