/**
 * A device over SSH as a runner. Connects (jump hosts and proxy commands included), checks the host key always, keeps the
 * connection alive and notices when it is gone. What to do about a lost one is the session's business.
 */
import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { AuthHandlerMiddleware, Client, ConnectConfig, NextAuthHandler, SFTPWrapper } from 'ssh2';
import type { Asker } from './asker.ts';
import { partName } from './atomic.ts';
import { fingerprint, type HostKeys, keyType } from './host-keys.ts';
import { type LoginNotes, type LoginTarget, waysToLogIn } from './login.ts';
import {
  type ExecOptions,
  ignoreLines,
  RemoteError,
  type Runner,
  type Running,
  type TerminalSize,
  type TransferOptions,
  type Where,
} from './runner.ts';
import { sftpDownload, sftpUpload } from './sftp.ts';
import { runOnChannel } from './ssh-channel.ts';
import { connectError } from './ssh-errors.ts';

/** One host and how to get in; `ssh-config.ts` makes them from the user's files. */
export interface SshTarget extends LoginTarget {
  readonly port: number;
  /** Hosts to go through, in order. */
  readonly jumps?: readonly SshTarget[];
  /** A command of this machine whose input and output are the connection, as ssh_config's ProxyCommand. */
  readonly proxyCommand?: string;
  /** The name under which the key is known, where it is not the host's. */
  readonly hostKeyAlias?: string;
  /** Seconds between signs of life; after three without an answer the connection counts as lost. 15 where left out. */
  readonly keepAlive?: number;
  /** Seconds to connect in, not counting those in which a person is asked. 20 where left out. */
  readonly timeout?: number;
}

export interface Introductions {
  readonly asker: Asker;
  readonly hostKeys: HostKeys;
  readonly abort?: AbortSignal;
  /** Overrides what messages call the place; the demo device is one. */
  readonly where?: Where;
}

/** Connects and logs in. Rejects with a {@link RemoteError} that says what happened and what to do. */
export async function connectSsh(target: SshTarget, around: Introductions): Promise<SshRunner> {
  const through: Client[] = [];
  try {
    let stream: Duplex | undefined;
    for (const jump of target.jumps ?? []) {
      const client = await connectOne(jump, around, stream ?? proxy(jump));
      through.push(client);
      const next = target.jumps![through.length] ?? target;
      stream = await forward(client, next, jump);
    }
    const client = await connectOne(target, around, stream ?? proxy(target));
    return new SshRunner(client, through, around.where ?? { kind: 'ssh', title: target.name });
  } catch (error) {
    for (const client of through) client.destroy();
    throw error;
  }
}

const LOST = 'Is the device still on and in this network? It is connected again at its next use.';

/** A connection that is open. Made by {@link connectSsh}. */
export class SshRunner implements Runner {
  readonly where: Where;
  /** Settles when the connection is gone for whatever reason; `undefined` after {@link dispose}. */
  readonly gone: Promise<RemoteError | undefined>;
  readonly #client: Client;
  readonly #through: readonly Client[];
  #sftp: Promise<SFTPWrapper> | undefined;
  #disposed = false;
  #lost: RemoteError | undefined;

  constructor(client: Client, through: readonly Client[], where: Where) {
    this.#client = client;
    this.#through = through;
    this.where = where;
    this.gone = new Promise((resolve) => {
      let why = '';
      client.on('error', (error) => {
        why ||= error.message;
      });
      client.once('close', () => {
        for (const other of through) other.end();
        const reason = why === '' ? '' : `: ${why}`;
        if (!this.#disposed) {
          this.#lost = new RemoteError('lost', `The connection to ${where.title} was lost${reason}.`, LOST);
        }
        resolve(this.#lost);
      });
    });
  }

  exec(words: readonly string[], options: ExecOptions = {}): Running {
    return runOnChannel((command, take) => this.#client.exec(command, take), words, options, this.gone);
  }

  pty(words: readonly string[], { columns, rows }: TerminalSize, options: ExecOptions = {}): Running {
    const pty = { cols: Math.trunc(columns), rows: Math.trunc(rows), term: 'xterm-256color' };
    return runOnChannel((command, take) => this.#client.exec(command, { pty }, take), words, options, this.gone, true);
  }

  async upload(from: string, to: string, options: TransferOptions = {}): Promise<void> {
    const part = partName(to);
    // Whoever loses the connection cannot clean up; the board does, when this program's input ends without a word.
    const guard = this.exec(['/bin/sh', '-c', 'trap "" HUP; read -r w; [ "$w" = done ] || rm -f -- "$1"', 'sh', part]);
    ignoreLines(guard);
    try {
      await sftpUpload(await this.#files(), from, to, part, options);
      guard.write('done\n');
    } finally {
      guard.end();
    }
  }

  async download(from: string, to: string, options: TransferOptions = {}): Promise<void> {
    return sftpDownload(await this.#files(), from, to, options);
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#client.end();
    // A dead peer never answers the farewell.
    const patience = setTimeout(() => this.#client.destroy(), 2000);
    await this.gone;
    clearTimeout(patience);
    for (const client of this.#through) client.end();
  }

  /** Cuts the connection without a farewell, as a pulled cable would. */
  destroy(): void {
    this.#client.destroy();
  }

  #files(): Promise<SFTPWrapper> {
    this.#sftp ??= new Promise((resolve, reject) => {
      const refuse = (error: Error): void => {
        this.#sftp = undefined;
        reject(
          this.#lost ??
            new RemoteError(
              'no-sftp',
              `${this.where.title} refuses file transfers (SFTP): ${error.message}`,
              'Switch on the sftp subsystem in the sshd_config of the device.',
              error,
            ),
        );
      };
      try {
        this.#client.sftp((error, sftp) => {
          if (error) return refuse(error);
          sftp.once('close', () => {
            this.#sftp = undefined;
          });
          sftp.on('error', () => {});
          resolve(sftp);
        });
      } catch (error) {
        refuse(error as Error);
      }
      void this.gone.then(() => refuse(new Error('connection lost')));
    });
    return this.#sftp;
  }
}

function forward(client: Client, next: SshTarget, jump: SshTarget): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, next.host, next.port, (error, stream) => {
      if (!error) return resolve(stream);
      const message = `${jump.name} does not lead on to ${next.host}:${next.port}: ${error.message}`;
      reject(
        new RemoteError(
          'unreachable',
          message,
          'Check that the jump host allows forwarding and reaches the device.',
          error,
        ),
      );
    });
  });
}

/** The standard streams of a proxy command as one stream. The command is the user's own, from ssh_config. */
function proxy({ proxyCommand }: SshTarget): Duplex | undefined {
  if (proxyCommand === undefined) return undefined;
  const child = spawn(proxyCommand, { shell: true, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
  const stream = Duplex.from({ writable: child.stdin, readable: child.stdout });
  child.on('error', (error) => stream.destroy(error));
  stream.on('error', () => {});
  stream.once('close', () => child.kill());
  return stream;
}

async function connectOne(target: SshTarget, around: Introductions, sock: Duplex | undefined): Promise<Client> {
  const { asker, hostKeys, abort } = around;
  const { Client: SshClient, utils } = (await import('ssh2')).default;
  const name = target.hostKeyAlias ?? target.host;
  const client = new SshClient();
  const notes: LoginNotes = { tried: [], declined: false };
  const types = await hostKeys.types(name, target.port);
  return new Promise<Client>((resolve, reject) => {
    const clock = stopwatch((target.timeout ?? 20) * 1000, () => {
      fail(
        new RemoteError(
          'timeout',
          `${target.name} does not answer (${target.host}:${target.port}).`,
          'Is it switched on and in this network?',
        ),
      );
    });
    let settled = false;
    const fail = (error: unknown): void => {
      if (settled) return;
      settled = true;
      clock.stop();
      client.destroy();
      sock?.destroy();
      reject(connectError(error, target, notes));
    };
    abort?.addEventListener('abort', () => fail(new RemoteError('cancelled', 'Connecting was stopped.')), {
      once: true,
    });
    // Stays on after the login: an error event without a listener would end the whole process.
    client.on('error', (error: Error & { level?: string }) => {
      if (error.level !== 'agent') fail(error);
    });
    client.once('close', () =>
      fail(new RemoteError('lost', `${target.name} closed the connection before the login was done.`)),
    );
    client.once('ready', () => {
      if (settled) return;
      settled = true;
      clock.stop();
      // Short questions and answers are most of the traffic; they are not to wait for more.
      client.setNoDelay(true);
      resolve(client);
    });
    const patient = clock.patient(asker);
    const config: ConnectConfig = {
      host: target.host,
      port: target.port,
      username: target.user,
      ...(sock && { sock }),
      // The stopwatch above stands still while a person thinks; the library's own does not.
      readyTimeout: 0,
      keepaliveInterval: (target.keepAlive ?? 15) * 1000,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: hostKeyOrder(types) },
      hostVerifier: (key: Buffer, verify: (valid: boolean) => void) => {
        verifyHost(key, target, name, patient, hostKeys).then(
          () => verify(true),
          (error: unknown) => {
            fail(error);
            verify(false);
          },
        );
      },
      authHandler: loginWith(target, patient, utils.parseKey, notes, fail),
    };
    try {
      client.connect(config);
    } catch (error) {
      fail(error);
    }
  });
}

async function verifyHost(
  key: Buffer,
  target: SshTarget,
  name: string,
  asker: Asker,
  hostKeys: HostKeys,
): Promise<void> {
  const verdict = await hostKeys.judge(name, target.port, key);
  if (verdict.is === 'known') return;
  const print = fingerprint(key);
  if (verdict.is === 'changed') {
    throw new RemoteError(
      'host-key-changed',
      `${target.name} shows another key than before: ${print} instead of ${verdict.expected}. Either it was set up anew, or somebody stands in between.`,
      `If it was set up anew, take the old key out (${verdict.place}): ssh-keygen -R ${hostInFile(name, target.port)}`,
    );
  }
  if (verdict.is === 'revoked') {
    const advice = `It says so in ${verdict.place}. Do not connect; ask whoever looks after the device.`;
    throw new RemoteError('host-key-revoked', `The key of ${target.name} (${print}) has been revoked.`, advice);
  }
  const question = { device: target.name, host: name, port: target.port, keyType: keyType(key), fingerprint: print };
  if (!(await asker.newHost({ ...question, knownTypes: verdict.knownTypes }))) {
    throw new RemoteError('host-key-not-accepted', `The key of ${target.name} was not accepted: ${print}`);
  }
  // The connection is good even where the file cannot be written; the question only comes again.
  await hostKeys.remember(name, target.port, key).catch(() => {});
}

const hostInFile = (name: string, port: number): string => (port === 22 ? name : `"[${name}]:${port}"`);

function loginWith(
  target: SshTarget,
  asker: Asker,
  parseKey: Parameters<typeof waysToLogIn>[2],
  notes: LoginNotes,
  fail: (error: unknown) => void,
): AuthHandlerMiddleware {
  let left: readonly string[] | null = null;
  const allowed = (kind: string): boolean => left === null || left.includes(kind);
  const ways = waysToLogIn(target, asker, parseKey, allowed, notes);
  const kind = (type: string): string => (type === 'agent' ? 'publickey' : type);
  return ((methods: readonly string[] | null, _partial: boolean | null, next: NextAuthHandler) => {
    left = methods;
    const step = async (): Promise<void> => {
      for (let way = await ways.next(); !way.done; way = await ways.next()) {
        if (way.value.type === 'none' || allowed(kind(way.value.type))) return next(way.value);
      }
      next(false as never);
    };
    step().catch(fail);
  }) as AuthHandlerMiddleware;
}

/** All key types that ssh2 can verify, those that are known for the host first, so that it shows one of them. */
function hostKeyOrder(
  known: readonly string[],
): NonNullable<NonNullable<ConnectConfig['algorithms']>['serverHostKey']> {
  const all = [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
    'ssh-rsa',
  ];
  const isKnown = (algorithm: string): boolean => known.includes(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm);
  return [...all.filter(isKnown), ...all.filter((one) => !isKnown(one))] as never;
}

/** Runs out after so many milliseconds, but stands still while a person is asked. */
function stopwatch(milliseconds: number, ring: () => void) {
  let left = milliseconds;
  let since = performance.now();
  let questions = 0;
  let timer: NodeJS.Timeout | undefined = setTimeout(ring, left);
  const hold = async <T>(asking: Promise<T>): Promise<T> => {
    if (questions++ === 0) {
      clearTimeout(timer);
      left -= performance.now() - since;
    }
    try {
      return await asking;
    } finally {
      if (--questions === 0 && timer) {
        since = performance.now();
        timer = setTimeout(ring, Math.max(left, 1000));
      }
    }
  };
  return {
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
    patient: (asker: Asker): Asker => ({
      password: (question) => hold(asker.password(question)),
      passphrase: (question) => hold(asker.passphrase(question)),
      answers: (question) => hold(asker.answers(question)),
      newHost: (question) => hold(asker.newHost(question)),
      sudo: (question) => hold(asker.sudo(question)),
    }),
  };
}
