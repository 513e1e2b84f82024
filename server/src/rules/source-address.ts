/** Finds addresses of sources that the source cannot open. */
import { type AppGroup, appConfigOf } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import type { ConfigKey } from '../model/config-file.ts';
import type { Finding, Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'source-address',
  title: 'The source cannot open this address',
  why:
    'The program hands the text to an element that opens addresses: a path without file:// is none, and an RTSP source ' +
    'opens rtsp:// only. It starts, and ends when the source is to play.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[source0]\nenable=1\ntype=2\nuri=/data/cars.mp4\n\n[osd]\nenable=1\n',
      good: '[source0]\nenable=1\ntype=2\nuri=file:///data/cars.mp4\n\n[osd]\nenable=1\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    if (!app || app.config.format?.id === 'deepstream-audio') return;
    for (const source of app.sources) {
      const key = source.key('uri');
      const uri = source.text('uri');
      if (!key || uri === undefined) continue;
      const finding = judge(source, key, uri);
      if (finding) yield finding;
    }
  },
};

function judge(source: AppGroup, key: ConfigKey, uri: string): Finding | undefined {
  const type = source.number('type');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase();
  if (type === 2 || type === 3 || type === 4) {
    if (scheme === undefined) {
      const address = /^[\w./~%-]+$/.test(uri) && type !== 4 ? `file://${uri.replace(/^~/, '')}` : undefined;
      return {
        span: key.valueSpan,
        message: `"${uri}" is no address: it has no rtsp:// or file:// in front. ${type === 4 ? 'A camera is written rtsp://host/path.' : 'A file is written file:///path.'}`,
        fixes: address === undefined ? [] : [changeValue(key, address, false)],
      };
    }
    if (type === 4 && !/^rtsp/.test(scheme)) {
      return {
        span: key.valueSpan,
        severity: 'warning',
        message: `type=4 is an RTSP source, and ${scheme}: is another address: releases that take it by the type cannot open it. Sources of other addresses have type=2.`,
        fixes: source.key('type') ? [changeValue(source.key('type')!, '2', false)] : [],
      };
    }
  }
  return undefined;
}
