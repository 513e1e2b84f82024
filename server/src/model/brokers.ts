/** Message brokers as DeepStream's adapters speak to them: what the library is for, and what it wants to be told. */

export type BrokerKind = 'kafka' | 'mqtt' | 'amqp' | 'azure' | 'redis';

/** The kind of broker that a library of NVIDIA speaks to, by its name; undefined for one that is not known. */
export function brokerOfLibrary(path: string): BrokerKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const match = /^libnvds_(kafka|mqtt|amqp|azure|redis)(?:_edge)?_proto\.so/.exec(name);
  return match?.[1] as BrokerKind | undefined;
}

/** The kind of broker that a configuration's format or name is for; undefined where neither tells. */
export function brokerOfConfig(format: string | undefined, path: string): BrokerKind | undefined {
  const known = /^nvmsgbroker-(kafka|mqtt|amqp|azure|redis)$/.exec(format ?? '');
  const named = /(?:^|[/_-])cfg_(kafka|mqtt|amqp|azure|redis)\b/.exec(path);
  return (known ?? named)?.[1] as BrokerKind | undefined;
}

/** Environment variables that win over user and password of a file (BRK-03). */
export const SECRET_VARIABLES: Readonly<Partial<Record<BrokerKind, string>>> = {
  mqtt: 'PASSWORD_MQTT',
  amqp: 'PASSWORD_AMQP',
  redis: 'PASSWORD_REDIS',
};
