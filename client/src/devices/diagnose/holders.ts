import { good, type Point, type Result } from '../diagnosis.ts';

export const point: Point = {
  id: 'holders',
  title: 'Who holds codecs and cameras',
  // Of other users' processes only root sees what they hold.
  script: `
for p in /proc/[0-9]*; do
  for f in $p/fd/*; do
    t=$(readlink $f 2>/dev/null) || continue
    case $t in /dev/nvhost-msenc*|/dev/nvhost-nvdec*|/dev/v4l2-nv*|/dev/video[0-9]*) echo "$t \${p#/proc/} $(tr '\\0' ' ' <$p/cmdline 2>/dev/null | cut -c1-80)";; esac
  done
done | sort -u | head -n 40`,
  read: (out): Result => {
    const held = [...out.matchAll(/^(\/dev\/\S+) (\d+) (.*)$/gm)].map(([, node, pid, line]) => ({
      node,
      pid,
      line: line!.trim(),
    }));
    if (held.length === 0) return good('Nobody that this user can see.');
    const list = held.map(({ node, pid, line }) => `${node}: ${line} (${pid})`).join('; ');
    return { is: 'note', text: list };
  },
};
