/**
 * The demo device: an SSH server on this machine's loopback that behaves like a Jetson Orin Nano, so that everything can be
 * tried without a board. It is reached through the same code as any other device; nothing it is told to do touches this machine.
 */
import { generateKeyPairSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import type { Connection, Server, ServerChannel, Session } from 'ssh2';
import type { HostKeys } from '../host-keys.ts';
import { readCommandLine } from '../quote.ts';
import { connectSsh, type SshRunner, type SshTarget } from '../ssh.ts';
import { BOARD, Board, type Judge } from './board.ts';
import { type Process, type StartOptions, signalOf, statusNumber } from './machine.ts';
import { BrokenPipe, Pipe, toBytes } from './pipes.ts';
import { serveFiles } from './sftp-server.ts';

export type { Judge } from './board.ts';

export interface DemoDevice {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The public key in SSH's wire format; made at the start and known to nobody else. */
  readonly hostKey: Buffer;
  /** Connects as to any device; its key is accepted because it is ours. */
  connect(title?: string, abort?: AbortSignal): Promise<SshRunner>;
  stop(): Promise<void>;
}

/** Starts it on a free port. */
export async function startDemoDevice(judge: Judge): Promise<DemoDevice> {
  const { default: ssh2 } = await import('ssh2');
  const board = new Board(judge);
  const password = randomBytes(24).toString('base64url');
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  const hostKey = parsed.getPublicSSH();
  const clients = new Set<Connection>();
  const server: Server = new ssh2.Server(
    { hostKeys: [privateKey], ident: 'OpenSSH_8.9p1 Ubuntu-3ubuntu0.13' },
    (client) => {
      clients.add(client);
      client.on('error', () => {});
      client.on('close', () => clients.delete(client));
      client.on('authentication', (context) => {
        const right =
          context.username === BOARD.user && context.method === 'password' && same(context.password, password);
        if (right) context.accept();
        else context.reject(['password']);
      });
      client.on('session', (accept) => serveSession(accept(), board));
    },
  );
  // Short answers are not to wait for more.
  const listener = createServer({ noDelay: true }, (socket) => server.injectSocket(socket));
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', resolve);
  });
  const { port } = listener.address() as AddressInfo;
  const target = (title: string): SshTarget => ({
    name: title,
    host: '127.0.0.1',
    port,
    user: BOARD.user,
    identityFiles: [],
  });
  return {
    host: '127.0.0.1',
    port,
    user: BOARD.user,
    hostKey,
    connect: (title = 'Demo device', abort) =>
      connectSsh(target(title), {
        asker: { ...noQuestions, password: async ({ attempt }) => (attempt === 1 ? password : undefined) },
        hostKeys: onlyKey(hostKey),
        where: { kind: 'demo', title },
        ...(abort && { abort }),
      }),
    stop: async () => {
      board.machine.halt();
      for (const client of clients) client.end();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}

const noQuestions = {
  passphrase: async () => undefined,
  answers: async () => undefined,
  newHost: async () => false,
  sudo: async () => '',
};

/** Known hosts that hold one key, for every host. */
function onlyKey(key: Buffer): HostKeys {
  return {
    judge: async (_host, _port, shown) =>
      key.equals(shown) ? { is: 'known' } : { is: 'changed', expected: '', place: '' },
    remember: async () => {},
    types: async () => ['ssh-rsa'],
  };
}

function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function serveSession(session: Session, board: Board): void {
  const environment = new Map([
    ['HOME', BOARD.home],
    ['USER', BOARD.user],
    ['LOGNAME', BOARD.user],
    ['SHELL', '/bin/bash'],
    ['PATH', '/usr/local/bin:/usr/bin:/bin'],
    ['LANG', 'en_US.UTF-8'],
  ]);
  let terminal = false;
  let running: Process | undefined;
  session.on('pty', (accept, _reject, { cols, rows }) => {
    terminal = true;
    environment.set('COLUMNS', String(cols)).set('LINES', String(rows)).set('TERM', 'xterm-256color');
    accept?.();
  });
  session.on('window-change', (accept) => accept?.());
  session.on('env', (_accept, reject) => reject?.());
  session.on('signal', (accept, _reject, { name }) => {
    const signal = signalOf(name);
    if (running && signal) board.machine.kill(-running.group, signal);
    accept?.();
  });
  session.on('exec', (accept, _reject, { command }) => {
    running = serveProgram(accept(), command, board, environment, terminal);
  });
  session.on('shell', (accept) => {
    running = serveProgram(accept(), '', board, environment, terminal);
  });
  session.on('sftp', (accept) => serveFiles(accept(), board.machine.files, BOARD.home));
}

function serveProgram(
  channel: ServerChannel,
  line: string,
  board: Board,
  environment: ReadonlyMap<string, string>,
  terminal: boolean,
): Process {
  const input = new Pipe();
  channel.on('data', (piece: Buffer) => void input.write(piece.toString('latin1')).catch(() => {}));
  channel.on('end', () => input.end());
  channel.on('error', () => {});
  let open = true;
  const writer = (stream: NodeJS.WritableStream) => ({
    write: (text: string): Promise<void> | void => {
      if (!open) throw new BrokenPipe();
      const bytes = Buffer.from(terminal ? text.replace(/\r?\n/g, '\r\n') : text, 'latin1');
      if (stream.write(bytes)) return;
      return new Promise<void>((resolve) => {
        stream.once('drain', resolve);
        channel.once('close', resolve);
      });
    },
  });
  const out = writer(channel);
  const options: StartOptions = {
    env: environment,
    folder: BOARD.home,
    input,
    out,
    err: terminal ? out : writer(channel.stderr),
  };
  const { process, exit } = board.machine.start(['sshd'], options, (self) => runLine(self, line));
  channel.on('close', () => {
    open = false;
    input.end();
    // Without a terminal nobody tells the program but its streams; one that prints dies of it.
    if (terminal) board.machine.kill(-process.group, 'HUP');
  });
  void exit.then((status) => {
    if (!open) return;
    if ('code' in status) channel.exit(status.code);
    else channel.exit(status.signal, false);
    channel.end();
  });
  return process;
}

/** What sshd gives to the login shell. A line of ours is taken apart as that shell and its `/bin/sh` would. */
async function runLine(process: Process, line: string): Promise<number> {
  const command = readCommandLine(line);
  if (!command) {
    process.words = ['/bin/bash', '-c', toBytes(line)];
    return statusNumber(await process.child(process.words));
  }
  await process.say(`${command.mark}\n`);
  await process.complain(`${command.mark}\n`);
  if (command.folder !== undefined && command.folder !== '') {
    const folder = process.path(toBytes(command.folder));
    if (process.files.at(folder)?.is !== 'folder') {
      await process.complain(`sh: 1: cd: can't cd to ${toBytes(command.folder)}\n`);
      return 126;
    }
    process.folder = folder;
  }
  for (const [name, value] of Object.entries(command.env ?? {})) process.env.set(name, toBytes(value));
  const words = command.words.map(toBytes);
  const path = process.machine.find(words[0]!, process.env, process.folder);
  if (path === undefined) {
    await process.complain(`sh: 1: exec: ${words[0]}: not found\n`);
    return 127;
  }
  process.words = words;
  return process.machine.programs.get(path)!(process);
}
