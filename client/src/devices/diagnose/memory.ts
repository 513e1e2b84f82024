import { good, type Point, unknown } from '../diagnosis.ts';

export const point: Point = {
  id: 'memory',
  title: 'Memory and swap',
  script: 'dmesg 2>/dev/null | grep -ciE "out of memory|oom-kill"',
  read: (out, { board: { said } }) => {
    const mebibytes = (id: string): number => Math.round(Number(said[id] ?? Number.NaN) / 1024);
    const [total, available, swap] = [mebibytes('memory'), mebibytes('available'), mebibytes('swap')];
    if (Number.isNaN(total)) return unknown('The device does not tell its memory.');
    const killed = Number(/^\d+/m.exec(out)?.[0] ?? 0);
    const words = `${available} of ${total} MiB are available${swap > 0 ? `, ${swap} MiB are swapped out` : ''}`;
    if (killed > 0) {
      const text = `${words}. The kernel has ended programs because memory ran out (${killed} lines in dmesg).`;
      return {
        is: 'bad',
        text,
        fix: {
          text: 'Fewer streams, smaller buffers and models, or no desktop: sudo systemctl set-default multi-user.target',
        },
      };
    }
    if (available < total / 10 || swap > 500) {
      return {
        is: 'note',
        text: `${words}: it is short.`,
        fix: { text: 'Look for a leak in the Load view, or run fewer streams.' },
      };
    }
    return good(`${words}.`);
  },
};
