import { good, type Point, unknown } from '../diagnosis.ts';

export const point: Point = {
  id: 'disk',
  title: 'Room on the disk',
  script: '',
  read: (_out, { board: { said } }) => {
    const mebibytes = Math.round(Number(said.disk ?? Number.NaN) / 1024);
    if (Number.isNaN(mebibytes)) return unknown('The device does not tell.');
    if (mebibytes > 1024) return good(`${mebibytes} MiB are free.`);
    const fix = { text: 'sudo apt-get clean, sudo journalctl --vacuum-size=100M, and old recordings.' };
    return { is: mebibytes < 100 ? 'bad' : 'note', text: `${mebibytes} MiB are free.`, fix };
  },
};
