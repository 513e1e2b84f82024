import { good, type Point, unknown } from '../diagnosis.ts';

const RESTART = ['systemctl', 'restart', 'nvargus-daemon'];

export const point: Point = {
  id: 'argus',
  title: 'CSI camera daemon (nvargus-daemon)',
  script:
    'systemctl is-active nvargus-daemon 2>/dev/null; journalctl -u nvargus-daemon -n 60 --no-pager -o cat 2>/dev/null | grep -iE "error|timeout|fail" | tail -n 3',
  read: (out, { board: { said } }) => {
    const [state = '', ...errors] = out.split('\n').filter((line) => line.trim() !== '');
    if (said.model === undefined || state === '') return unknown('The device has no nvargus-daemon.');
    const fix = { text: 'sudo systemctl restart nvargus-daemon; it ends what uses a CSI camera now.', words: RESTART };
    if (state !== 'active') return { is: 'bad', text: `It is ${state}: no CSI camera gives a picture.`, fix };
    if (errors.length === 0) return good('It runs, and its last lines tell of no error.');
    return { is: 'note', text: `It runs; its last errors:\n${errors.join('\n')}`, fix };
  },
};
