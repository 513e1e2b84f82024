/** Compares the tiles of tiled-display with the streams. */
import { appConfigOf, streamCount } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'tiler-too-small',
  title: 'The picture has fewer tiles than there are streams',
  why:
    'deepstream-app raises the rows until all streams fit and says so on the console: the picture is laid out otherwise ' +
    'than written, and tiles have another size.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[tiled-display]\nenable=1\nrows=1\ncolumns=1\nwidth=1280\nheight=720\n\n[source0]\nenable=1\ntype=3\nnum-sources=4\nuri=file:///data/car%d.mp4\n',
      good: '[tiled-display]\nenable=1\nrows=2\ncolumns=2\nwidth=1280\nheight=720\n\n[source0]\nenable=1\ntype=3\nnum-sources=4\nuri=file:///data/car%d.mp4\n',
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    const streams = app && streamCount(app, around);
    const tiler = app?.tiler;
    const mode = tiler?.number('enable');
    if (!tiler || !streams || (mode !== 1 && mode !== 2)) return;
    const rows = tiler.number('rows');
    const columns = tiler.number('columns');
    const [rowsKey, columnsKey] = [tiler.key('rows'), tiler.key('columns')];
    // Numbers that are not written are raised without a loss.
    if (!rows || !columns || !rowsKey || !columnsKey || rows * columns >= streams.count) return;
    const wide = Math.ceil(Math.sqrt(streams.count));
    const high = Math.ceil(streams.count / wide);
    yield {
      span: rowsKey.span,
      message: `${rows} × ${columns} tiles hold ${rows * columns} of ${streams.words}: the program changes the rows by itself. rows=${high} and columns=${wide} hold all.`,
      related: [{ span: columnsKey.span, message: `columns is ${columns}` }],
      fixes: [
        {
          title: `Use rows=${high} and columns=${wide}`,
          edits: [
            ...changeValue(rowsKey, String(high), false).edits,
            ...changeValue(columnsKey, String(wide), false).edits,
          ],
          safe: false,
        },
      ],
    };
  },
};
