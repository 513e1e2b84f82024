/** Finds connection strings that the broker's adapter cannot read. */
import { type AppGroup, appConfigOf } from '../model/app-config.ts';
import { brokerOfLibrary } from '../model/brokers.ts';
import { trailingComment } from '../model/config-comment.ts';
import { changeValue } from '../model/config-edits.ts';
import type { Finding, Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'broker-address',
  title: 'The broker’s address has another form',
  why:
    'The adapters for Kafka, MQTT, AMQP and Redis take host and port with a ";" between, and some a third part behind ' +
    'them. An address with ":" or a scheme is taken for a host of that name, and no connection comes about.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=6\nmsg-broker-proto-lib=/opt/nvidia/deepstream/deepstream/lib/libnvds_kafka_proto.so\nmsg-broker-conn-str=broker.local:9092\ntopic=cars\n',
      good: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=6\nmsg-broker-proto-lib=/opt/nvidia/deepstream/deepstream/lib/libnvds_kafka_proto.so\nmsg-broker-conn-str=broker.local;9092\ntopic=cars\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    for (const sink of app?.sinks ?? []) {
      const finding = sink.number('type') === 6 ? judge(sink) : undefined;
      if (finding) yield finding;
    }
  },
};

function judge(sink: AppGroup): Finding | undefined {
  const broker = brokerOfLibrary(sink.text('msg-broker-proto-lib') ?? '');
  const key = sink.key('msg-broker-conn-str');
  const written = sink.text('msg-broker-conn-str');
  // A comment behind it is another rule's.
  if (!broker || broker === 'azure' || !key || written === undefined || trailingComment(key)) return undefined;
  if (/^[^;]+;\d{1,5}(?:;.*)?$/.test(written) && !written.includes('://')) return undefined;
  const parts = /^(?:[a-z]+:\/\/)?([^:;/]+):(\d{1,5})\/?((?:;.*)?)$/.exec(written);
  const meant = parts && `${parts[1]};${parts[2]}${parts[3]}`;
  const third = broker === 'kafka' ? '[;topic]' : broker === 'amqp' ? '[;user]' : '';
  return {
    span: key.valueSpan,
    message: `The ${broker} adapter takes host;port${third}, and "${written.slice(0, 60)}" is not written so: no connection comes about.`,
    fixes: meant ? [changeValue(key, meant, true)] : [],
  };
}
