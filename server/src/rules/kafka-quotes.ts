/** Finds settings of the Kafka adapter without the quotes that it needs. */
import { changeValue } from '../model/config-edits.ts';
import { isOpen } from '../model/config-value.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'kafka-quotes',
  title: 'The settings for Kafka need double quotes',
  why: 'The Kafka adapter takes proto-cfg only as name=value;name=value between double quotes. Without them the connection fails.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[message-broker]\nproto-cfg=message.timeout.ms=2000\n',
      good: '[message-broker]\nproto-cfg="message.timeout.ms=2000"\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvmsgbroker-kafka') return;
    for (const section of reading.config.sections) {
      if (section.name !== 'message-broker') continue;
      for (const key of section.keys) {
        const value = key.value.trim();
        if (!/^(?:producer-|consumer-)?proto-cfg$/.test(key.name) || key.dropped || value === '' || isOpen(value))
          continue;
        // What stands behind a closing quote is another rule's.
        if (/^".*"/.test(value)) continue;
        yield {
          span: key.valueSpan,
          message: `${key.name} has to stand in double quotes: without them the adapter does not connect.`,
          fixes: [changeValue(key, `"${value.replace(/^["']|["']$/g, '')}"`, true)],
        };
      }
    }
  },
};
