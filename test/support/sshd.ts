/**
 * A real OpenSSH server on a loopback port with throw-away keys. Run by root it serves a throw-away user, so that passwords and
 * login shells are real; run by anybody else it serves whoever runs the tests, by key.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Asker, silentAsker } from '../../client/src/remote/asker.ts';
import { type HostKeys, knownHosts } from '../../client/src/remote/host-keys.ts';
import { connectSsh, type SshRunner, type SshTarget } from '../../client/src/remote/ssh.ts';

export const isRoot = process.getuid?.() === 0;

export interface Sshd {
  readonly port: number;
  readonly user: string;
  /** Holds keys and the configuration; a user of the server may look into it. */
  readonly folder: string;
  /** The private key that gets in. */
  readonly key: string;
  /** The password of the user, where the server is run by root. */
  readonly password: string;
  target(changes?: Partial<SshTarget>): SshTarget;
  /** Known hosts that know this server. */
  hostKeys(): HostKeys;
  connect(changes?: Partial<SshTarget>, asker?: Asker): Promise<SshRunner>;
  /** Another throw-away user; needs root. */
  addUser(shell: string, setUp?: (home: string) => void): string;
  /** Command lines of what runs for the user of the server, sshd's own processes left out. */
  processes(user?: string): string[];
  stop(): Promise<void>;
}

export interface SshdOptions {
  /** Lines that come before the others, so that they win. */
  readonly config?: readonly string[];
  readonly hostKeyTypes?: readonly ('ed25519' | 'rsa' | 'ecdsa')[];
  readonly port?: number;
}

export async function startSshd({ config = [], hostKeyTypes = ['ed25519'], port }: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  chmodSync(folder, 0o711);
  const key = makeKey(folder, 'id');
  const hostKeys = hostKeyTypes.map((type) => makeKey(folder, `host_${type}`, type));
  writeFileSync(join(folder, 'authorized_keys'), readFileSync(`${key}.pub`), { mode: 0o644 });
  const users: string[] = [];
  const password = randomBytes(9).toString('hex');
  const addUser = (shell: string, setUp?: (home: string) => void): string => {
    const name = `jpt${randomBytes(4).toString('hex')}`;
    execFileSync('useradd', ['-M', '-d', join(folder, name), '-s', shell, name], { stdio: 'ignore' });
    users.push(name);
    execFileSync('chpasswd', { input: `${name}:${password}\n`, stdio: ['pipe', 'ignore', 'ignore'] });
    mkdirSync(join(folder, name));
    setUp?.(join(folder, name));
    execFileSync('chown', ['-R', `${name}:`, join(folder, name)]);
    return name;
  };
  const user = isRoot ? addUser('/bin/bash') : userInfo().username;
  const chosen = port ?? (await freePort());
  const lines = [
    ...config,
    `Port ${chosen}`,
    'ListenAddress 127.0.0.1',
    ...hostKeys.map((file) => `HostKey ${file}`),
    `PidFile ${join(folder, 'sshd.pid')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'StrictModes no',
    `UsePAM ${isRoot ? 'yes' : 'no'}`,
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PrintMotd no',
    'UseDNS no',
    'Subsystem sftp internal-sftp',
  ];
  writeFileSync(join(folder, 'sshd_config'), `${lines.join('\n')}\n`);
  if (isRoot) mkdirSync('/run/sshd', { recursive: true });
  const program = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((one) => existsSync(one));
  if (program === undefined) throw new Error('openssh-server is not installed');
  const server = spawn(program, ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await listening(server);
  const sshd: Sshd = {
    port: chosen,
    user,
    folder,
    key,
    password,
    target: (changes = {}) => ({
      name: 'test board',
      host: '127.0.0.1',
      port: chosen,
      user,
      identityFiles: [key],
      ...changes,
    }),
    hostKeys: () => {
      const file = join(folder, 'known_hosts');
      const known = hostKeys.map((one) => `[127.0.0.1]:${chosen} ${readFileSync(`${one}.pub`, 'utf8')}`);
      writeFileSync(file, known.join(''));
      return knownHosts({ files: [file] });
    },
    connect: (changes, asker = silentAsker) => connectSsh(sshd.target(changes), { asker, hostKeys: sshd.hostKeys() }),
    addUser,
    processes: (who = user) => processesOf(who).map(({ line }) => line),
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      if (server.exitCode === null && server.kill('SIGTERM')) await ended;
      for (const name of users) {
        for (const { pid } of processesOf(name, true)) kill(pid);
        await gone(name);
        spawnSync('userdel', ['-f', name], { stdio: 'ignore' });
        spawnSync('groupdel', [name], { stdio: 'ignore' });
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return sshd;
}

/** A new private key; returns its path. */
export function makeKey(folder: string, name: string, type = 'ed25519', passphrase = ''): string {
  const file = join(folder, name);
  const size = type === 'rsa' ? ['-b', '2048'] : [];
  execFileSync('ssh-keygen', ['-q', '-t', type, ...size, '-N', passphrase, '-C', name, '-f', file]);
  return file;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr!.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(-10_000);
      if (said.includes('Server listening on')) resolve();
    });
    server.once('exit', (code) => reject(new Error(`sshd ended with ${code}: ${said}`)));
  });
}

/** From /proc: the uid of a process is the owner of its folder. */
function processesOf(user: string, sshdToo = false): { pid: number; line: string }[] {
  const uid = Number(execFileSync('id', ['-u', user], { encoding: 'utf8' }));
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const status = readFileSync(`/proc/${entry}/status`, 'utf8');
      if (Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]) !== uid || /^State:\s+Z/m.test(status)) return [];
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return line === '' || (line.startsWith('sshd:') && !sshdToo) ? [] : [{ pid: Number(entry), line }];
    } catch {
      return [];
    }
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}

async function gone(user: string): Promise<void> {
  await until(() => processesOf(user, true).length === 0, 'the processes of the throw-away user end');
}

/** Looks again until it is so; fails after ten seconds. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  milliseconds = 10_000,
): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
