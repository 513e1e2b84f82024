/** Compares live-source of the muxer with the sources. */
import { type AppConfig, appConfigOf, csvRows } from '../model/app-config.ts';
import { addKey, changeValue } from '../model/config-edits.ts';
import type { Around, Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'live-source',
  title: 'live-source does not fit the sources',
  why:
    'The muxer has to be told whether its frames come from cameras. Without live-source=1 it waits for frames as if they ' +
    'came from a file: it takes wrong timestamps, and a camera that falls silent holds up all others. With it and only ' +
    'files, frames may be dropped that could have waited.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[source0]\nenable=1\ntype=1\ncamera-v4l2-dev-node=0\ncamera-width=1280\ncamera-height=720\ncamera-fps-n=30\ncamera-fps-d=1\n\n[streammux]\nbatch-size=1\nwidth=1280\nheight=720\nlive-source=0\n',
      good: '[source0]\nenable=1\ntype=1\ncamera-v4l2-dev-node=0\ncamera-width=1280\ncamera-height=720\ncamera-fps-n=30\ncamera-fps-d=1\n\n[streammux]\nbatch-size=1\nwidth=1280\nheight=720\nlive-source=1\n',
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config' || reading.config.format?.id === 'deepstream-audio') return;
    const app = appConfigOf(reading.config);
    const mux = app?.mux;
    if (!app || !mux) return;
    const key = mux.key('live-source');
    const says = key ? mux.number('live-source') : 0;
    const kinds = kindsOf(app, around);
    if (says === undefined || !kinds) return;
    const { live, files } = kinds;
    if (live && !says) {
      yield {
        span: key?.span ?? mux.section.header,
        message: `${live} gives live frames, and live-source is ${key ? says : 'missing'}: the muxer treats them like a file's. Set live-source=1.`,
        fixes: [
          key ? changeValue(key, '1', true) : addKey(reading.config.tree.text, mux.section, 'live-source', '1', true),
        ],
      };
    } else if (!live && files && says && key) {
      yield {
        span: key.span,
        severity: 'hint',
        message:
          'live-source is set, and all sources are files: the muxer may drop frames that could wait. Set live-source=0.',
        fixes: [changeValue(key, '0', false)],
      };
    }
  },
};

/** Which source is live, in words, and whether there are files; undefined where a source is not known. */
function kindsOf(app: AppConfig, around: Around): { live: string | undefined; files: boolean } | undefined {
  if (app.list) return undefined;
  const uris = app.csv
    ? csvRows(app.csv.value, around)?.map((row) => ({ name: row.uri ?? '', uri: row.uri, type: Number(row.type) }))
    : undefined;
  const sources =
    uris ??
    app.sources.map((group) => ({ name: `[${group.name}]`, uri: group.text('uri'), type: group.number('type') }));
  let live: string | undefined;
  let files = sources.length > 0;
  for (const { name, uri, type } of sources) {
    const camera = type === 1 || type === 5;
    if (camera || (uri !== undefined && /^rtsps?:/i.test(uri) && type !== 6)) live ??= name;
    else if (uri === undefined || !/^file:/i.test(uri)) files = false;
  }
  return { live, files };
}
