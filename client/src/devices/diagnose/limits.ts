import { good, type Point, unknown } from '../diagnosis.ts';

export const point: Point = {
  id: 'limits',
  title: 'Open files and core dumps',
  script:
    'echo "files $(ulimit -n) $(ulimit -H -n)"; echo "core $(ulimit -c)"; echo "pattern $(cat /proc/sys/kernel/core_pattern 2>/dev/null)"',
  read: (out) => {
    const [, soft] = /^files (\d+|unlimited) /m.exec(out) ?? [];
    if (soft === undefined) return unknown('The device does not tell its limits.');
    const core = /^core (\S+)/m.exec(out)?.[1] ?? '?';
    const pattern = /^pattern (.*)$/m.exec(out)?.[1] ?? '';
    const words = `${soft} files may be open. A crash ${core === '0' && !pattern.startsWith('|') ? 'leaves no core dump (ulimit -c is 0)' : `leaves a core dump by ${pattern || 'core'}`}.`;
    if (soft === 'unlimited' || Number(soft) >= 1024) return good(words);
    return { is: 'note', text: words, fix: { text: 'ulimit -n 4096 before a pipeline with many sources.' } };
  },
};
