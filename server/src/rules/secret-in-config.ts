/** Finds passwords and keys of access in configurations. */
import { SECRET_VARIABLES } from '../model/brokers.ts';
import type { ConfigKey } from '../model/config-file.ts';
import { isOpen } from '../model/config-value.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'secret-in-config',
  title: 'A password stands in the configuration',
  why: 'Configurations are copied, sent and committed, and the password goes with them. The adapters take it from an environment variable too, which wins over the file.',
  severity: 'hint',
  on: 'config',
  examples: [
    {
      bad: '[message-broker]\nclient-id=gate\nusername=gate\npassword=hunter2\n',
      good: '[message-broker]\nclient-id=gate\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || !reading.config.format?.judged) return;
    const broker = /^nvmsgbroker-(\w+)$/.exec(reading.config.format.id)?.[1];
    const variable = SECRET_VARIABLES[broker as keyof typeof SECRET_VARIABLES];
    for (const section of reading.config.sections) {
      for (const key of section.keys) {
        const what = key.nested || key.dropped || isOpen(key.value) ? undefined : secretIn(key, broker !== undefined);
        if (!what) continue;
        const instead =
          broker && key.name === 'password' && variable
            ? `Leave it out and set the environment variable ${variable} where the program runs.`
            : 'Keep this file out of the repository, or have the value filled in when the program is started.';
        yield { span: key.valueSpan, message: `Here stands ${what}, for everyone who gets this file. ${instead}` };
      }
    }
  },
};

function secretIn({ name, value }: ConfigKey, isBroker: boolean): string | undefined {
  // The user that every new broker has is no secret.
  if (isBroker && name === 'password' && value.trim() !== '' && value.trim() !== 'guest') return 'a password';
  if (/\bSharedAccessKey=[A-Za-z0-9+/]{8}/.test(value)) return 'a key of access';
  if (/\bsasl\.password=[^;"\s]/.test(value)) return 'a password';
  return /^[a-z]+:\/\/[^/\s:@]+:[^/\s@]+@/i.test(value.trim()) ? 'a user with a password' : undefined;
}
