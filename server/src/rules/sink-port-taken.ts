/** Finds two RTSP sinks on one port. */
import { type AppGroup, appConfigOf } from '../model/app-config.ts';
import { addKey, changeValue } from '../model/config-edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'sink-port-taken',
  title: 'Two RTSP sinks use one port',
  why:
    'Each sink of type 4 starts a server of its own and hands it the stream over a UDP port. On one port the second server ' +
    'cannot start, or both streams run into one another. Ports that are not written are 8554 and 5000.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=4\nenc-type=1\nrtsp-port=8554\nudp-port=5400\n\n[sink1]\nenable=1\ntype=4\nenc-type=1\nrtsp-port=8555\nudp-port=5400\n',
      good: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=4\nenc-type=1\nrtsp-port=8554\nudp-port=5400\n\n[sink1]\nenable=1\ntype=4\nenc-type=1\nrtsp-port=8555\nudp-port=5401\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    if (!app) return;
    const servers = app.sinks.filter((sink) => sink.number('type') === 4);
    for (const [name, usual] of PORTS) {
      const taken = new Map<number, AppGroup>();
      const all = servers.flatMap((sink) => (sink.key(name) ? (sink.number(name) ?? []) : usual));
      for (const sink of servers) {
        const key = sink.key(name);
        const port = key ? sink.number(name) : usual;
        if (port === undefined) continue;
        const other = taken.get(port);
        if (!other) {
          taken.set(port, sink);
          continue;
        }
        let free = port + 1;
        while (all.includes(free)) free++;
        yield {
          span: key?.span ?? sink.section.header,
          message: `${name} of [${sink.name}] is ${port}${key ? '' : ' by default'}, as [${other.name}] has it already: give each sink a port of its own.`,
          related: [
            { span: other.key(name)?.span ?? other.section.header, message: `[${other.name}] uses ${port} first` },
          ],
          fixes: [
            key
              ? changeValue(key, String(free), false)
              : addKey(reading.config.tree.text, sink.section, name, String(free), false),
          ],
        };
      }
    }
  },
};

const PORTS: readonly (readonly [string, number])[] = [
  ['rtsp-port', 8554],
  ['udp-port', 5000],
];
