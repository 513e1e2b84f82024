import type { Check } from '../check.ts';

/** Sinks that open a window on an X server. */
const WINDOWS = /^(?:nv3dsink|nveglglessink|xvimagesink|ximagesink|glimagesink)$/;

/** A window needs a display; a login over SSH has none. */
export const check: Check = {
  id: 'display',
  byNames: true,
  run: ({ planned: { elements, env }, board: { said } }) => {
    const sink = elements.find(({ factory }) => WINDOWS.test(factory));
    const display = env.DISPLAY ?? said.session;
    if (!sink || (display !== undefined && said.display?.split(' ').includes(display))) return [];
    if (said.display === undefined) {
      const text = `${sink.factory} opens a window, and no display runs on the device.`;
      return [{ severity: 'warning', text: `${text} Use a file, a network sink or fakesink.` }];
    }
    if (display !== undefined && !/^:\d+$/.test(display)) return [];
    const text = `${sink.factory} opens a window, and ${display === undefined ? 'DISPLAY is not set' : `there is no display ${display}`}.`;
    return [{ severity: 'warning', text: `${text} Choose ${said.display} in Choose Run Options.` }];
  },
};
