/** Finds Kafka sinks that do not say which topic their messages go to. */
import { appConfigOf } from '../model/app-config.ts';
import { brokerOfLibrary } from '../model/brokers.ts';
import { isOpen } from '../model/config-value.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'broker-topic',
  title: 'No topic is named',
  why: 'Kafka takes messages for a topic only. Without one the program starts, and each message is refused.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=6\nmsg-broker-proto-lib=/opt/nvidia/deepstream/deepstream/lib/libnvds_kafka_proto.so\nmsg-broker-conn-str=broker.local;9092\n',
      good: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=6\nmsg-broker-proto-lib=/opt/nvidia/deepstream/deepstream/lib/libnvds_kafka_proto.so\nmsg-broker-conn-str=broker.local;9092\ntopic=cars\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    for (const sink of appConfigOf(reading.config)?.sinks ?? []) {
      if (sink.number('type') !== 6 || brokerOfLibrary(sink.text('msg-broker-proto-lib') ?? '') !== 'kafka') continue;
      const address = sink.key('msg-broker-conn-str');
      if (!address || isOpen(address.value) || sink.key('topic') || /^[^;]*;[^;]*;\s*\S/.test(address.value)) continue;
      yield {
        span: address.span,
        message: `[${sink.name}] names no topic, and Kafka refuses messages without one. Write topic=… below.`,
      };
    }
  },
};
