/** A device as a person and the settings know it. */

/** One device as the settings keep it. Secrets are never in here. */
export interface KnownDevice {
  /** Unique; what the person calls it. */
  readonly name: string;
  /** `local`: this machine. `demo`: the one that is played. `container`: inside one on another device. */
  readonly kind: 'ssh' | 'local' | 'demo' | 'container';
  /** Address, or an alias of ~/.ssh/config. Empty for all but `ssh`. */
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  /** Of a container: the name of the device that it runs on. */
  readonly on?: string;
  /** A container that runs there already. */
  readonly container?: string;
  /** An image from which one is started; it is gone with the connection. */
  readonly image?: string;
}

/** Where a device is, in a few words. */
export function addressOf({ kind, host, user, on, container, image }: KnownDevice): string {
  if (kind === 'local') return 'this machine';
  if (kind === 'demo') return 'played on this machine';
  if (kind === 'container') return `${container ?? image} on ${on}`;
  return user ? `${user}@${host}` : host;
}

/** A device out of the settings; undefined for what is none. */
export function readDevice(value: unknown): KnownDevice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, host, user, port, local, demo, on, container, image } = value as Record<string, unknown>;
  if (typeof name !== 'string' || name.trim() === '') return undefined;
  if (local === true) return { name, kind: 'local', host: '' };
  if (demo === true) return { name, kind: 'demo', host: '' };
  if (typeof on === 'string' && on !== name) {
    if (typeof container === 'string' && container !== '') return { name, kind: 'container', host: '', on, container };
    return typeof image === 'string' && image !== '' ? { name, kind: 'container', host: '', on, image } : undefined;
  }
  if (typeof host !== 'string' || !isHost(host)) return undefined;
  return {
    name,
    kind: 'ssh',
    host,
    ...(typeof user === 'string' && user !== '' && { user }),
    ...(typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 && { port }),
  };
}

/** The other way round. */
export function writeDevice({ kind, host, ...rest }: KnownDevice): Readonly<Record<string, unknown>> {
  if (kind === 'ssh') return { host, ...rest };
  return kind === 'container' ? rest : { ...rest, [kind]: true };
}

/** A name or an address; what could be an option of ssh is none. */
export const isHost = (text: string): boolean => /^[A-Za-z0-9_[:][A-Za-z0-9_.:%[\]-]*$/.test(text);

/** `nvidia@192.168.55.1:2222`, `jetson-01`; undefined for anything else. */
export function readAddress(text: string): Pick<KnownDevice, 'host' | 'user' | 'port'> | undefined {
  const match =
    /^(?:([^\s@]+)@)?(\[[^\]\s]+\]|[^\s:@]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:]*)(?::(\d{1,5}))?$/.exec(
      text.trim(),
    );
  const host = match?.[2]?.replace(/^\[|\]$/g, '');
  if (!match || !host || !isHost(host)) return undefined;
  const port = match[3] === undefined ? undefined : Number(match[3]);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  return { host, ...(match[1] && { user: match[1] }), ...(port && { port }) };
}
