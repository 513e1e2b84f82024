/** What watching boards costs: here, for ten of them ten times a second; and on a board, over a real sshd on loopback. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { silentAsker } from '../../client/src/remote/asker.ts';
import { readingsOf } from '../../client/src/remote/board-readings.ts';
import { knownHosts } from '../../client/src/remote/host-keys.ts';
import { History } from '../../client/src/remote/measurements.ts';
import { connectSsh } from '../../client/src/remote/ssh.ts';
import { readTegrastats } from '../../client/src/remote/streams/tegrastats.ts';
import { watchBoard } from '../../client/src/remote/watch-board.ts';
import { freePort, startSshd } from '../support/sshd.ts';

const STAND_IN = join(import.meta.dirname, 'tegrastats-stand-in.sh');

/** Share of one core that ten boards of ten samples a second cost: lines read, kept, and turned into what a page is sent. */
export function shareOfCore(): number {
  const out = spawnSync('timeout', ['0.5', STAND_IN, '--interval', '1'], { encoding: 'utf8' }).stdout;
  const lines = out.split('\n').filter((line) => line !== '');
  const history = new History('board');
  const work = (count: number): void => {
    for (let i = 0; i < count; i++) {
      const sample = readTegrastats(lines[i % lines.length]!);
      if (sample) JSON.stringify(history.add(i, readingsOf(sample)));
    }
  };
  work(5_000);
  const started = process.cpuUsage();
  work(20_000);
  const { user, system } = process.cpuUsage(started);
  const microseconds = (user + system) / 20_000;
  return (microseconds * 100) / 1e6;
}

export interface BoardCost {
  /** Sent by the board and to it, a second, as it goes over the wire. */
  readonly bytes: number;
  /** Processes that are started on the board a second. */
  readonly processes: number;
  /** Milliseconds of a core that sshd and our shell use a second; tegrastats itself is not counted. */
  readonly milliseconds: number;
}

/** Watches once a second for so many seconds; undefined where there is no sshd. */
export async function costOnBoard(seconds = 10): Promise<BoardCost | undefined> {
  const bin = mkdtempSync(join(tmpdir(), 'tegrastats-'));
  chmodSync(bin, 0o755);
  copyFileSync(STAND_IN, join(bin, 'tegrastats'));
  let sshd: Awaited<ReturnType<typeof startSshd>>;
  try {
    sshd = await startSshd({ config: [`SetEnv PATH=${bin}:/usr/bin:/bin`] });
  } catch {
    return undefined;
  }
  let bytes = 0;
  const port = await freePort();
  const proxy = createServer((near) => {
    const far = dial(sshd.port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (piece: Buffer) => {
        bytes += piece.length;
        to.write(piece);
      });
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  }).listen(port, '127.0.0.1');
  try {
    const known = join(sshd.folder, 'proxied');
    sshd.hostKeys();
    const keys = readFileSync(join(sshd.folder, 'known_hosts'), 'utf8').replaceAll(`:${sshd.port}`, `:${port}`);
    writeFileSync(known, keys);
    const runner = await connectSsh(sshd.target({ port }), {
      asker: silentAsker,
      hostKeys: knownHosts({ files: [known] }),
    });
    let samples = 0;
    const watch = watchBoard(runner, 1_000, () => samples++);
    while (samples === 0) await pause(50);
    const pids = new Set<string>();
    const look = (): string[] => pidsOf(sshd.user);
    const first = new Set(look());
    const used = ticks(first, bin);
    const from = bytes;
    const end = performance.now() + seconds * 1_000;
    while (performance.now() < end) {
      for (const pid of look()) if (!first.has(pid)) pids.add(pid);
      await pause(10);
    }
    const moved = bytes - from;
    const milliseconds = (ticks(first, bin) - used) * 10;
    watch.stop();
    await watch.ended;
    await runner.dispose();
    return { bytes: moved / seconds, processes: pids.size / seconds, milliseconds: milliseconds / seconds };
  } finally {
    proxy.close();
    await sshd.stop();
    rmSync(bin, { recursive: true, force: true });
  }
}

const pidsOf = (user: string): string[] =>
  spawnSync('pgrep', ['-u', user], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((pid) => pid !== '');

/** Hundredths of a second that the processes have used, tegrastats left out. */
function ticks(pids: ReadonlySet<string>, bin: string): number {
  let sum = 0;
  for (const pid of pids) {
    try {
      if (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8')
          .split('\0')
          .some((word) => word === join(bin, 'tegrastats'))
      )
        continue;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      sum += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended.
    }
  }
  return sum;
}
