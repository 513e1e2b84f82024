/** What ssh2 and the network say when a connection does not come about, in words for a person. Never holds a secret. */
import type { LoginNotes } from './login.ts';
import { RemoteError } from './runner.ts';

interface Place {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

export function connectError(error: unknown, target: Place, notes: LoginNotes): RemoteError {
  if (error instanceof RemoteError) return error;
  const { message = String(error), code, level } = error as { message?: string; code?: string; level?: string };
  const at = `${target.host}:${target.port}`;
  const make = (kind: RemoteError['kind'], text: string, advice: string): RemoteError =>
    new RemoteError(kind, text, advice, error);
  if (level === 'client-authentication' || /too many authentication failures/i.test(message)) {
    if (notes.declined) return new RemoteError('cancelled', `The login on ${target.name} was given up.`, '', error);
    const tried =
      notes.tried.length > 0 ? `Tried: ${[...new Set(notes.tried)].join(', ')}.` : 'There was nothing to try.';
    return make(
      'authentication',
      `${target.name} does not let ${target.user} in. ${tried}`,
      'Check the user, and that the key is in its ~/.ssh/authorized_keys or the password is right.',
    );
  }
  switch (code) {
    case 'ECONNREFUSED':
      return make(
        'refused',
        `Nothing answers on ${at}.`,
        'Is the SSH server of the device running, and is this its port?',
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return make(
        'name-not-found',
        `There is no host called ${target.host}.`,
        'Check the name, or use the address of the device.',
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return make('unreachable', `${at} cannot be reached.`, 'Is the device switched on and in this network?');
  }
  if (code === 'ECONNRESET' || code === 'EPIPE' || /connection lost before handshake/i.test(message)) {
    return make(
      'lost',
      `${at} closed the connection at once.`,
      'If the device is just starting, try again in a moment. Else: is this the right port?',
    );
  }
  if (/before handshake|handshake|packet length|identification|Bad packet|Unable to exchange/i.test(message)) {
    return make('not-ssh', `${at} does not speak SSH as expected: ${message}`, 'Is this the right port?');
  }
  return make('failed', `Connecting to ${target.name} failed: ${message}`, '');
}
