import type { Check } from '../check.ts';

/** KiB below which a recording is soon at its end, and below which it cannot begin. */
const SHORT = 1024 * 1024;
const NONE = 16 * 1024;

/** What writes files needs a place for them. */
export const check: Check = {
  id: 'disk',
  byNames: true,
  run: ({ planned: { elements }, board: { said } }) => {
    const free = Number(said.disk ?? Number.NaN);
    const writes = elements.some(({ factory }) => /^(?:filesink|splitmuxsink|multifilesink|hlssink\d?)$/.test(factory));
    if (!writes || !(free < SHORT)) return [];
    const text = `The disk of the device has ${Math.round(free / 1024)} MiB left.`;
    if (free < NONE) return [{ severity: 'error', text: `${text} Make room before you record.` }];
    return [{ severity: 'warning', text: `${text} A recording fills them soon.` }];
  },
};
