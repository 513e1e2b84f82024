import { good, type Point } from '../diagnosis.ts';

export const point: Point = {
  id: 'zombies',
  title: 'Processes that are left over',
  script: `
for f in /proc/[0-9]*/stat; do
  read -r l <$f 2>/dev/null || continue
  n=\${l#*(}; n=\${n%)*}; set -- \${l##*) }; [ "$1" = Z ] && echo "Z $2 $n"
done
for f in /proc/[0-9]*/comm; do
  read -r c <$f 2>/dev/null || continue
  case $c in gst-launch*|deepstream-app) p=\${f#/proc/}; echo "R \${p%/comm} $c";; esac
done`,
  read: (out) => {
    const zombies = [...out.matchAll(/^Z (\d+) (.*)$/gm)].map(([, parent, name]) => `${name} (of ${parent})`);
    const running = [...out.matchAll(/^R (\d+) (.*)$/gm)].map(([, pid, name]) => `${name} (${pid})`);
    const list = running.length > 0 ? ` Running: ${running.join(', ')}.` : '';
    if (zombies.length === 0) return good(`No zombies.${list}`);
    const text = `Ended, but nobody has asked how: ${zombies.slice(0, 10).join(', ')}.${list}`;
    return {
      is: 'note',
      text,
      fix: { text: 'They hold nothing but a number; ending the process in brackets takes them away.' },
    };
  },
};
