/** Writes a deepstream-app configuration as the gst-launch command that does the same. */
import { launchText } from '../model/deepstream-app.ts';
import type { AsCommandResult } from '../protocol.ts';
import type { Asked } from './handler.ts';

/** Of the first configuration in the document that has sources of its own; nothing where there is none. */
export function asCommand({ analysis: { readings } }: Asked): AsCommandResult {
  for (const reading of readings) {
    const text = reading.kind === 'config' ? launchText(reading.config, reading.target) : undefined;
    if (text !== undefined) return { text: `${text}\n` };
  }
  return {};
}
