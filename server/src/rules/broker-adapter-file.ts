/** Compares the library of a broker's adapter with the file that configures it. */
import { appConfigOf } from '../model/app-config.ts';
import { brokerOfConfig, brokerOfLibrary } from '../model/brokers.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'broker-adapter-file',
  title: 'The adapter’s file is for another broker',
  why: 'Each adapter reads its own keys from [message-broker] and passes all others over: the settings of another broker have no effect, and those that are needed are missing.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=6\nmsg-broker-proto-lib=/opt/nvidia/deepstream/deepstream/lib/libnvds_kafka_proto.so\nmsg-broker-conn-str=broker.local;9092;cars\nmsg-broker-config=broker.txt\n',
      good: '[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=6\nmsg-broker-proto-lib=/opt/nvidia/deepstream/deepstream/lib/libnvds_amqp_proto.so\nmsg-broker-conn-str=broker.local;5672;cars\nmsg-broker-config=broker.txt\n',
      files: { 'broker.txt': '[message-broker]\nexchange=amq.topic\namqp-heartbeat=10\n' },
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    for (const sink of appConfigOf(reading.config)?.sinks ?? []) {
      const library = sink.key('msg-broker-proto-lib');
      const key = sink.key('msg-broker-config');
      const path = sink.text('msg-broker-config');
      const broker = brokerOfLibrary(sink.text('msg-broker-proto-lib') ?? '');
      if (sink.number('type') !== 6 || !library || !key || path === undefined || !broker) continue;
      const [other] = around.readings(path, 'nvmsgbroker-other');
      const format = other?.kind === 'config' ? other.config.format?.id : undefined;
      const kind = brokerOfConfig(format, path);
      if (!kind || kind === broker) continue;
      yield {
        span: key.span,
        message: `${path} is for ${kind}, and the adapter of [${sink.name}] is the one for ${broker}: it passes those settings over.`,
        related: [{ span: library.span, message: `the adapter for ${broker}` }],
      };
    }
  },
};
