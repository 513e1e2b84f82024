import { good, type Point, unknown } from '../diagnosis.ts';

export const point: Point = {
  id: 'clocks',
  title: 'Power mode and clocks',
  script: '',
  read: (_out, { board: { said } }) => {
    const mode = said.power?.split(' ')[0];
    if (mode === undefined) return unknown('The device has no nvpmodel that says its power mode.');
    const [now = 0, most = 0] = (said.clock ?? '').split(' ').map((one) => Math.round(Number(one) / 1e6));
    const clock = now > 0 ? ` The GPU runs at ${now}${most > 0 ? ` of ${most}` : ''} MHz.` : '';
    if (/^MAXN/.test(mode)) return good(`Power mode ${mode}.${clock}`);
    const text = `Power mode ${mode} holds the device below what it can do.${clock}`;
    return {
      is: 'note',
      text,
      fix: { text: 'sudo nvpmodel -m 0 is the largest mode on most modules; Choose Run Options sets one by name.' },
    };
  },
};
