/**
 * The board that the demo device is: a Jetson Orin Nano 8GB with JetPack 6.2, DeepStream 7.1 and one CSI camera. Its files and
 * tools answer in the real form; its load is what the running pipelines ask for.
 */
import type { InspectedElement, InspectParams, Rehearsal, RehearseParams } from '../../../../server/src/protocol.ts';
import { deepstreamApp } from './deepstream-app.ts';
import { gstInspect } from './gst-inspect.ts';
import { gstLaunch } from './gst-launch.ts';
import { Machine, type Process, type Program } from './machine.ts';
import { shellProgram } from './shell.ts';
import { tegrastats } from './tegrastats.ts';
import { fileTools } from './tools-files.ts';
import { systemTools } from './tools-system.ts';
import { options, textTools } from './tools-text.ts';

/** Who knows pipelines and elements: the language server. */
export interface Judge {
  /** What a pipeline would do. */
  rehearse(order: RehearseParams): Promise<Rehearsal>;
  /** The elements of a machine, as its gst-inspect-1.0 prints them. */
  inspect(order: InspectParams): Promise<readonly InspectedElement[]>;
}

export const BOARD = {
  target: 'orin-nano-8gb-super l4t-36.4.4 deepstream-7.1',
  user: 'nvidia',
  home: '/home/nvidia',
  host: 'jetson-demo',
  /** Kilobytes. */
  memory: 7_803_272,
  cores: 6,
  gstreamer: '1.20.3',
} as const;

/** Bytes of the disk that are free. */
const FREE = 96 * 1024 * 1024;

/** What a running pipeline asks of the board. Engines: 1 is all there is; cpu in cores, memory in megabytes. */
export type Work = Rehearsal['load'];

export class Board {
  readonly machine = new Machine(FREE);
  readonly judge: Judge;
  readonly #work = new Map<Process, Work>();
  #degrees = 46;
  #warmedAt = Date.now();

  constructor(judge: Judge) {
    this.judge = judge;
    for (const [name, program] of Object.entries({ ...textTools, ...fileTools, ...systemTools })) {
      this.machine.install(`/usr/bin/${name}`, program);
    }
    for (const name of ['sh', 'dash', 'bash']) this.machine.install(`/usr/bin/${name}`, shellProgram);
    for (const [path, program] of Object.entries(this.#tools())) this.machine.install(path, program);
    this.machine.files.put('/bin', { is: 'link', to: '/usr/bin', mode: 0o777, mtime: BUILT });
    this.machine.files.put('/sbin', { is: 'link', to: '/usr/sbin', mode: 0o777, mtime: BUILT });
    this.#putFiles();
  }

  /** Called by a pipeline under way; undefined when it has ended. */
  works(process: Process, work: Work | undefined): void {
    if (work) this.#work.set(process, work);
    else this.#work.delete(process);
  }

  get work(): Work {
    const sum = { gpu: 0, nvdec: 0, nvenc: 0, vic: 0, cpu: 0.15, memory: 1480 };
    for (const one of this.#work.values()) {
      for (const key of Object.keys(sum) as (keyof Work)[]) sum[key] += one[key];
    }
    return sum;
  }

  /** How many times slower everything is than it wants to be: what is asked for above what there is. */
  get strain(): number {
    const { gpu, nvdec, vic, cpu } = this.work;
    return Math.max(1, gpu, nvdec, vic, cpu / BOARD.cores);
  }

  /** Degrees Celsius of the hottest place. Warms and cools slowly towards what the load brings. */
  get degrees(): number {
    const { gpu, cpu } = this.work;
    const goal = 46 + Math.min(1, gpu) * 18 + Math.min(BOARD.cores, cpu) * 2.4;
    const seconds = (Date.now() - this.#warmedAt) / 1000;
    this.#warmedAt = Date.now();
    this.#degrees += (goal - this.#degrees) * (1 - Math.exp(-seconds / 25));
    return this.#degrees;
  }

  /** Kilobytes of memory that are used. */
  get usedMemory(): number {
    return Math.min(BOARD.memory * 0.97, Math.round(this.work.memory * 1024));
  }

  #tools(): Record<string, Program> {
    const say =
      (text: string): Program =>
      async (process) => {
        await process.say(text);
        return 0;
      };
    return {
      '/usr/bin/tegrastats': tegrastats(this),
      '/usr/bin/gst-launch-1.0': gstLaunch(this),
      '/usr/bin/gst-inspect-1.0': gstInspect(this),
      '/usr/bin/deepstream-app': deepstreamApp(this),
      '/usr/sbin/nvpmodel': nvpmodel,
      '/usr/bin/jetson_clocks': jetsonClocks,
      '/usr/local/cuda/bin/nvcc': say(
        'nvcc: NVIDIA (R) Cuda compiler driver\nCuda compilation tools, release 12.6, V12.6.68\n',
      ),
      '/usr/bin/dpkg-query': dpkgQuery,
      '/usr/bin/dpkg': dpkg,
      '/usr/bin/v4l2-ctl': v4l2Ctl,
      '/usr/bin/dmesg': say(
        '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd421]\n[    7.812345] imx219 9-0010: tegracam sensor driver:imx219_v2.0.6\n',
      ),
      '/usr/bin/free': async (process) => {
        const used = Math.round(this.usedMemory / 1024);
        const all = Math.round(BOARD.memory / 1024);
        await process.say(
          `               total        used        free      shared  buff/cache   available\nMem:  ${all} ${used} ${all - used - 900} 60 900 ${all - used}\nSwap: 3810 0 3810\n`,
        );
        return 0;
      },
      '/usr/bin/uptime': say(' 10:12:31 up  2:04,  1 user,  load average: 0.42, 0.31, 0.28\n'),
      '/usr/bin/ss': say(
        'Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port\ntcp   LISTEN 0      128    0.0.0.0:22        0.0.0.0:*\n',
      ),
      '/usr/bin/fuser': () => 1,
      '/usr/bin/systemctl': systemctl,
      '/usr/bin/journalctl': say('-- No entries --\n'),
      '/usr/bin/sestatus': () => 1,
    };
  }

  #putFiles(): void {
    const { files } = this.machine;
    const put = files.put.bind(files);
    const folder = (path: string): void => put(path, { is: 'folder', mode: 0o755, mtime: BUILT });
    for (const path of ['/tmp', '/dev/shm', '/var/tmp', '/home', BOARD.home, `${BOARD.home}/.cache`]) folder(path);
    put('/proc/device-tree/model', 'NVIDIA Jetson Orin Nano Engineering Reference Developer Kit Super\0');
    put('/proc/device-tree/compatible', 'nvidia,p3768-0000+p3767-0005-super\0nvidia,p3767-0005\0nvidia,tegra234\0');
    put(
      '/etc/nv_tegra_release',
      '# R36 (release), REVISION: 4.4, GCID: 41062509, BOARD: generic, EABI: aarch64, DATE: Mon Jun 16 16:07:13 UTC 2025\n# KERNEL_VARIANT: oot\n',
    );
    put(
      '/etc/os-release',
      'PRETTY_NAME="Ubuntu 22.04.5 LTS"\nNAME="Ubuntu"\nVERSION_ID="22.04"\nID=ubuntu\nID_LIKE=debian\n',
    );
    put(
      '/etc/nvpmodel.conf',
      '< POWER_MODEL ID=0 NAME=15W >\n< POWER_MODEL ID=1 NAME=25W >\n< POWER_MODEL ID=2 NAME=MAXN_SUPER >\n< PM_CONFIG DEFAULT=1 >\n',
    );
    put('/var/lib/nvpmodel/status', 'pmode:0001 fmode:quiet\n');
    put('/opt/nvidia/deepstream/deepstream-7.1/version', 'Version: 7.1.0\n');
    put('/opt/nvidia/deepstream/deepstream', { is: 'link', to: 'deepstream-7.1', mode: 0o777, mtime: BUILT });
    put('/opt/nvidia/deepstream/deepstream-7.1/lib/libnvds_nvmultiobjecttracker.so', '\x7fELF');
    put('/usr/local/cuda/version.json', '{"cuda": {"name": "CUDA SDK", "version": "12.6.10"}}\n');
    put('/proc/meminfo', () => this.#meminfo());
    put('/proc/uptime', () => `${(7440 + process.uptime()).toFixed(2)} 40120.11\n`);
    put('/proc/loadavg', () => `${this.work.cpu.toFixed(2)} 0.31 0.28 2/612 4312\n`);
    put('/proc/cpuinfo', () =>
      Array.from({ length: BOARD.cores }, (_, at) => `processor\t: ${at}\nCPU part\t: 0xd42\n`).join('\n'),
    );
    put('/sys/class/video4linux/video0/name', 'vi-output, imx219 9-0010\n');
    put('/sys/class/devfreq/17000000.gpu/cur_freq', () => (this.work.gpu > 0.02 ? '918000000\n' : '306000000\n'));
    put('/sys/class/devfreq/17000000.gpu/max_freq', '918000000\n');
    put('/sys/class/thermal/thermal_zone0/type', 'cpu-thermal\n');
    put('/sys/class/thermal/thermal_zone0/temp', () => `${Math.round(this.degrees * 1000)}\n`);
    for (const name of [
      'null',
      'zero',
      'tty',
      'video0',
      'media0',
      'v4l2-nvdec',
      'nvmap',
      'nvhost-vic',
      'nvhost-nvdec',
    ]) {
      put(`/dev/${name}`, { is: 'device', mode: 0o660, mtime: BUILT });
    }
    put('/tmp/argus_socket', { is: 'device', mode: 0o666, mtime: BUILT });
  }

  #meminfo(): string {
    const available = BOARD.memory - this.usedMemory;
    return `MemTotal:        ${BOARD.memory} kB\nMemFree:         ${Math.round(available * 0.7)} kB\nMemAvailable:    ${available} kB\nSwapTotal:       3901632 kB\nSwapFree:        3901632 kB\n`;
  }
}

const BUILT = Math.floor(Date.UTC(2025, 5, 16) / 1000);

const MODES = ['15W', '25W', 'MAXN_SUPER'];
const modes = new WeakMap<Machine, number>();

const nvpmodel: Program = async (process) => {
  const { has, value } = options(process.arguments, 'm');
  const wanted = value('m');
  if (wanted !== undefined) {
    if (!process.env.has('SUDO_USER')) {
      await process.complain(
        'NVPM ERROR: Error opening /var/lib/nvpmodel/status: 13\nNVPM ERROR: failed to write PARAM\n',
      );
      return 1;
    }
    if (!MODES[Number(wanted)]) {
      await process.complain(`NVPM ERROR: invalid power model id ${wanted}\n`);
      return 1;
    }
    modes.set(process.machine, Number(wanted));
    return 0;
  }
  const mode = modes.get(process.machine) ?? 1;
  if (has('q')) await process.say(`NV Power Mode: ${MODES[mode]}\n${mode}\n`);
  return 0;
};

const jetsonClocks: Program = async (process) => {
  if (!process.env.has('SUDO_USER')) {
    await process.complain('Error: Run this script(/usr/bin/jetson_clocks) as a root user\n');
    return 1;
  }
  if (process.arguments[0] === '--show') {
    await process.say(
      'SOC family:tegra234  Machine:NVIDIA Jetson Orin Nano Engineering Reference Developer Kit Super\nOnline CPUs: 0-5\ncpu0: Online=1 Governor=schedutil MinFreq=729600 MaxFreq=1344000 CurrentFreq=1344000 IdleStates: WFI=1 c7=1\nGPU MinFreq=306000000 MaxFreq=918000000 CurrentFreq=306000000\nEMC MinFreq=204000000 MaxFreq=3199000000 CurrentFreq=2133000000 FreqOverride=0\nNV Power Mode: 25W\n',
    );
  }
  return 0;
};

const PACKAGES: Readonly<Record<string, string>> = {
  'nvidia-jetpack': '6.2.1+b38',
  'nvidia-l4t-core': '36.4.4-20250616085344',
  libnvinfer10: '10.3.0.30-1+cuda12.5',
  'deepstream-7.1': '7.1.0-1',
  'gstreamer1.0-tools': '1.20.3-0ubuntu1.1',
};

const dpkgQuery: Program = async (process) => {
  const { value, rest } = options(
    process.arguments.map((word) => word.replace(/^--showformat=/, '-f')),
    'f',
  );
  const format = value('f') ?? '${Package}\\t${Version}\\n';
  let code = 0;
  for (const name of rest) {
    const pattern = new RegExp(`^${name.replace(/[.+]/g, '\\$&').replace(/\*/g, '.*')}$`);
    const found = Object.entries(PACKAGES).filter(([one]) => pattern.test(one));
    if (found.length === 0) {
      await process.complain(`dpkg-query: no packages found matching ${name}\n`);
      code = 1;
    }
    for (const [one, version] of found) {
      await process.say(
        format
          .replace('${Package}', one)
          .replace('${Version}', version)
          .replace('${Status}', 'install ok installed')
          .replaceAll('\\n', '\n')
          .replaceAll('\\t', '\t'),
      );
    }
  }
  return code;
};

const dpkg: Program = async (process) => {
  const names = options(process.arguments).rest;
  if (process.arguments[0] === '--print-architecture') await process.say('arm64\n');
  else for (const name of names) if (PACKAGES[name]) await process.say(`ii  ${name} ${PACKAGES[name]} arm64\n`);
  return 0;
};

/** The camera as the kernel shows it: its raw sensor. */
const v4l2Ctl: Program = async (process) => {
  const words = process.arguments.join(' ');
  const device = /(?:-d|--device)[ =]?(\S+)/.exec(words)?.[1] ?? '/dev/video0';
  if (/--list-devices/.test(words)) {
    await process.say(
      'NVIDIA Tegra Video Input Device (platform:tegra-camrtc-ca):\n\t/dev/media0\n\nvi-output, imx219 9-0010 (platform:tegra-capture-vi:1):\n\t/dev/video0\n\n',
    );
    return 0;
  }
  if (!process.files.at(process.path(device)) || device !== '/dev/video0') {
    await process.complain(`Cannot open device ${device}, exiting.\n`);
    return 1;
  }
  if (/--info|--all/.test(words)) {
    await process.say(
      'Driver Info:\n\tDriver name      : tegra-video\n\tCard type        : vi-output, imx219 9-0010\n\tBus info         : platform:tegra-capture-vi:1\n\tCapabilities     : 0x84200001\n\t\tVideo Capture\n\t\tStreaming\n\t\tExtended Pix Format\n\t\tDevice Capabilities\n\tDevice Caps      : 0x04200001\n\t\tVideo Capture\n\t\tStreaming\n\t\tExtended Pix Format\n',
    );
  }
  if (/--list-formats-ext|--all/.test(words)) {
    await process.say("ioctl: VIDIOC_ENUM_FMT\n\tType: Video Capture\n\n\t[0]: 'RG10' (10-bit Bayer RGRG/GBGB)\n");
    for (const [size, seconds, rate] of [
      ['3280x2464', '0.048', '21.000'],
      ['1920x1080', '0.033', '30.000'],
      ['1280x720', '0.017', '60.000'],
    ]) {
      await process.say(`\t\tSize: Discrete ${size}\n\t\t\tInterval: Discrete ${seconds}s (${rate} fps)\n`);
    }
  }
  return 0;
};

const systemctl: Program = async (process) => {
  const [what = '', ...names] = process.arguments.filter((word) => !word.startsWith('-'));
  const known = /^(?:nvargus-daemon|nvpmodel|ssh|nvfancontrol)(?:\.service)?$/;
  if (what === 'is-active') {
    const active = names.every((name) => known.test(name));
    await process.say(active ? 'active\n' : 'inactive\n');
    return active ? 0 : 3;
  }
  if (/^(?:restart|start|stop|enable|disable|daemon-reload)$/.test(what)) {
    if (process.env.has('SUDO_USER')) return 0;
    await process.complain('Failed to connect to bus: Interactive authentication required.\n');
    return 1;
  }
  for (const name of names) {
    if (!known.test(name)) {
      await process.complain(`Unit ${name} could not be found.\n`);
      return 4;
    }
    await process.say(
      `● ${name.replace(/(?:\.service)?$/, '.service')}\n     Loaded: loaded\n     Active: active (running)\n`,
    );
  }
  return 0;
};
