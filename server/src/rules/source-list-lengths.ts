/** Compares the lists of `[source-list]` with one another. */
import { appConfigOf, lengthOf } from '../model/app-config.ts';
import type { Rule } from '../model/finding.ts';
import { atLeast } from '../model/target.ts';

export const rule: Rule = {
  id: 'source-list-lengths',
  title: 'The lists of the sources have other lengths than num-source-bins says',
  why:
    'With num-source-bins, the program compares its lists with that number, the addresses always, the sensors in' +
    ' DeepStream 7.1 and newer, and ends where one has another length (SRC-11).',
  severity: 'error',
  on: 'config',
  examples: [
    {
      target: 'deepstream-6.3',
      bad: '[source-list]\nnum-source-bins=3\nlist=file:///data/a.mp4;file:///data/b.mp4\n\n[source-attr-all]\nenable=1\ntype=2\n\n[streammux]\nbatch-size=3\nwidth=1280\nheight=720\n',
      good: '[source-list]\nnum-source-bins=2\nlist=file:///data/a.mp4;file:///data/b.mp4\n\n[source-attr-all]\nenable=1\ntype=2\n\n[streammux]\nbatch-size=3\nwidth=1280\nheight=720\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.tree.syntax !== 'ini') return;
    const list = appConfigOf(reading.config)?.list;
    const stated = list?.key('num-source-bins');
    const wanted = list?.number('num-source-bins');
    if (!list || !stated || !wanted || list.number('use-nvmultiurisrcbin')) return;
    const has = reading.target.deepstream;
    const sensors = has !== undefined && atLeast(has, '7.1') ? ['sensor-id-list', 'sensor-name-list'] : [];
    for (const name of ['list', ...sensors]) {
      const key = list.key(name);
      const length = key && lengthOf(key);
      if (!key || length === undefined || length === wanted) continue;
      yield {
        span: key.nameSpan,
        message: `${name} has ${length} entr${length === 1 ? 'y' : 'ies'}, and num-source-bins is ${wanted}: the program ends.`,
        related: [{ span: stated.span, message: `num-source-bins is ${wanted}` }],
        fixes:
          name === 'list'
            ? [
                {
                  title: `Change num-source-bins to ${length}`,
                  edits: [{ span: stated.valueSpan, text: String(length) }],
                  safe: false,
                },
              ]
            : [],
      };
    }
  },
};
