import { good, type Point, unknown } from '../diagnosis.ts';

export const point: Point = {
  id: 'thermal',
  title: 'Temperature and throttling',
  script: 'dmesg 2>/dev/null | grep -ciE "throttl|over.?current|oc[0-9] event"',
  read: (out, { board: { said } }) => {
    if (said.temperature === undefined) return unknown('The device does not tell its temperatures.');
    const degrees = Number(said.temperature);
    const events = Number(/^\d+/m.exec(out)?.[0] ?? 0);
    const words = `The hottest zone is at ${degrees.toFixed(1)} °C`;
    if (degrees >= 85)
      return {
        is: 'bad',
        text: `${words}: it slows down.`,
        fix: { text: 'Check fan and heat sink; nvfancontrol sets the fan.' },
      };
    if (events > 0) {
      const text = `${words}, and the kernel has told ${events} times of throttling or over-current.`;
      return {
        is: 'note',
        text,
        fix: { text: 'Check the power supply, the fan and the power mode; dmesg tells when it was.' },
      };
    }
    return good(`${words}.`);
  },
};
