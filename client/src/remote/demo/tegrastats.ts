/** `tegrastats` of the demo device: Orin Nano's line under L4T 36, with the fields that root sees where it is run by sudo. */
import { BOARD, type Board } from './board.ts';
import type { Program } from './machine.ts';
import { options } from './tools-text.ts';

export const tegrastats =
  (board: Board): Program =>
  async (process) => {
    const words = process.arguments.map((word, at, all) =>
      word === '--interval' ? `--interval=${all[at + 1] ?? ''}` : word,
    );
    const { has, value } = options(words);
    if (has('help')) {
      await process.say(
        'Usage: tegrastats [-option]\nOptions:\n    --help                  : print this help screen\n    --interval <millisec>   : sample the information in <milliseconds>\n',
      );
      return 0;
    }
    if (has('stop')) {
      for (const one of process.machine.processes.values())
        if (one !== process && one.name === 'tegrastats') one.signal('TERM');
      return 0;
    }
    const interval = Math.max(10, Number(value('interval') ?? 1000) || 1000);
    const root = process.env.has('SUDO_USER');
    const power = { all: 0, gpu: 0, soc: 0 };
    for (let samples = 1; ; samples++) {
      await process.say(`${line(board, root, power, samples)}\n`);
      await process.sleep(interval);
    }
  };

/** `power` sums what was shown, for the averages. */
function line(board: Board, root: boolean, power: { all: number; gpu: number; soc: number }, samples: number): string {
  const { gpu, nvdec, vic, cpu } = board.work;
  const share = (load: number): number => Math.min(99, Math.max(0, Math.round(load * 100)));
  const wave = (spread: number): number => (Math.random() - 0.5) * spread;
  const busy = gpu > 0.02 || cpu > 0.3;
  const clock = busy ? 1344 : 729;
  const cores = Array.from({ length: BOARD.cores }, (_, core) => {
    const own = Math.min(1, Math.max(0, cpu / BOARD.cores + wave(0.08) + (core === 0 ? 0.03 : 0)));
    return `${Math.round(own * 100)}%@${clock}`;
  });
  const graphics = gpu > 0 ? share(gpu + wave(0.06)) : 0;
  const engine = (name: string, load: number, rate: number): string =>
    load > 0.001 ? `${name} ${share(load)}%@${rate}` : `${name} off`;
  const used = Math.round(board.usedMemory / 1024);
  const degrees = board.degrees;
  const heat = (name: string, below: number): string =>
    `${name}@${(degrees - below).toFixed(3).replace(/\.?0+$/, '')}C`;
  const watts = {
    all: Math.round(4700 + Math.min(1, gpu) * 6800 + Math.min(BOARD.cores, cpu) * 700 + wave(60)),
    gpu: Math.round(480 + Math.min(1, gpu) * 5200 + Math.min(BOARD.cores, cpu) * 520 + wave(30)),
    soc: Math.round(1480 + (nvdec + vic) * 500 + wave(15)),
  };
  for (const key of ['all', 'gpu', 'soc'] as const) power[key] += watts[key];
  const rail = (name: string, key: 'all' | 'gpu' | 'soc'): string =>
    `${name} ${watts[key]}mW/${Math.round(power[key] / samples)}mW`;
  const parts = [
    stamp(new Date()),
    `RAM ${used}/${Math.floor(BOARD.memory / 1024)}MB (lfb ${Math.max(1, Math.round((7620 - used) / 40))}x4MB)`,
    'SWAP 0/3810MB (cached 0MB)',
    `CPU [${cores.join(',')}]`,
    ...(root ? [`EMC_FREQ ${share(0.02 + gpu * 0.3 + vic * 0.2)}%@2133`] : []),
    root ? `GR3D_FREQ ${graphics}%@[${busy ? 918 : 306}]` : `GR3D_FREQ ${graphics}%`,
    ...(root ? [engine('NVDEC', nvdec, 793), 'NVJPG off', engine('VIC', vic, 435), 'OFA off', 'APE 200'] : []),
    heat('cpu', 0.3),
    heat('soc2', 1.6),
    heat('soc0', 1.1),
    heat('gpu', 0.6),
    heat('tj', 0),
    heat('soc1', 1.3),
    rail('VDD_IN', 'all'),
    rail('VDD_CPU_GPU_CV', 'gpu'),
    rail('VDD_SOC', 'soc'),
  ];
  return parts.join(' ');
}

function stamp(now: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(now.getMonth() + 1)}-${two(now.getDate())}-${now.getFullYear()} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
}
