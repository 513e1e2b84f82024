/** What a device says of itself, for the device view, the choice of a target and the checks before a run. What it does not say is missing, which is no error. */
import { collect, type Runner } from '../remote/runner.ts';
import { type Release, versionWords } from './releases.ts';
import { modeWords, NODES, readNodes, type VideoNode } from './video-nodes.ts';

/** All that was said. Plain JSON. */
export interface Board {
  /** Id of a fact → value; ids are those of {@link SCRIPT}. Memory and disk in KiB, temperatures in °C. */
  readonly said: Readonly<Record<string, string>>;
  readonly nodes: readonly VideoNode[];
}

/** One line of the device view. */
export interface Fact {
  readonly id: string;
  readonly title: string;
  /** Undefined where the device does not say. */
  readonly value: string | undefined;
  readonly parts?: readonly Fact[];
}

/** Each prints one `id<TAB>value` line, or none. Sources: the files and tools that JetPack installs. */
const SCRIPT = `
t() { printf '%s\\t' "$1"; shift; "$@" 2>/dev/null </dev/null | tr '\\n\\t' '  '; echo; }
PATH=$PATH:/usr/local/cuda/bin:/usr/sbin:/sbin; export PATH LC_ALL=C
t model sh -c 'tr -d "\\000" </proc/device-tree/model'
t spec sed -n 's/^TNSPEC *//p' /etc/nv_boot_control.conf
t compatible sh -c 'tr "\\000" " " </proc/device-tree/compatible'
t l4t head -n1 /etc/nv_tegra_release
t core dpkg-query -W -f '\${Version}' nvidia-l4t-core
t jetpack dpkg-query -W -f '\${Version}' nvidia-jetpack
t deepstream sed -n 's/^Version: *//p' /opt/nvidia/deepstream/deepstream/version
t tensorrt dpkg-query -W -f '\${Version}\\n' libnvinfer10 libnvinfer8
t tensorrtAt sh -c 'stat -c %Y /var/lib/dpkg/info/libnvinfer10*.list /var/lib/dpkg/info/libnvinfer8*.list | head -n1'
t cuda sh -c 'nvcc --version | sed -n "s/.*release \\([0-9.]*\\).*/\\1/p"'
t gstreamer sh -c 'gst-inspect-1.0 --version | sed -n "s/^GStreamer //p"'
t power sh -c 'nvpmodel -q | sed -n "s/.*NV Power Mode: //p"'
t modes sed -n 's/^< *POWER_MODEL ID=\\([0-9]*\\) NAME=\\([^ >]*\\).*/\\1=\\2/p' /etc/nvpmodel.conf
t clock sh -c 'for d in /sys/class/devfreq/*gpu* /sys/class/devfreq/*gv11b* /sys/class/devfreq/*gp10b* /sys/class/devfreq/*ga10b*; do [ -r "$d/cur_freq" ] && cat "$d/cur_freq" "$d/max_freq" && break; done'
t memory awk '/^MemTotal/{print $2}' /proc/meminfo
t available awk '/^MemAvailable/{print $2}' /proc/meminfo
t swap awk '/^SwapTotal/{a=$2} /^SwapFree/{print a-$2}' /proc/meminfo
t disk sh -c 'df -Pk "$HOME" | tail -n1 | awk "{print \\$4}"'
t temperature sh -c 'for d in /sys/class/thermal/thermal_zone*; do case $(cat $d/type) in PMIC*|pmic*) continue;; esac; [ -r $d/temp ] && cat $d/temp; done | sort -n | tail -n1 | awk "{print \\$1/1000}"'
t encoder sh -c 'for d in /dev/v4l2-nvenc /dev/nvhost-msenc; do [ -e $d ] && echo $d; done'
t decoder sh -c 'for d in /dev/v4l2-nvdec /dev/nvhost-nvdec; do [ -e $d ] && echo $d; done'
t argus sh -c '[ -e /tmp/argus_socket ] && echo runs'
t display sh -c 'for s in /tmp/.X11-unix/X*; do [ -e $s ] && echo :\${s##*X}; done'
t session printenv DISPLAY
t groups id -Gn
t user id -un
t system sh -c '. /etc/os-release; echo "$PRETTY_NAME"'
echo @nodes
${NODES}`;

/** Asks all at once, in one process of the device's shell. */
export async function askBoard(runner: Runner, abort?: AbortSignal): Promise<Board> {
  const { out } = await collect(
    runner.exec(['/bin/sh', '-c', SCRIPT], { input: '', ...(abort && { abort }) }),
    500_000,
  );
  return readBoard(out);
}

/** The board out of what the script prints. */
export function readBoard(out: string): Board {
  const [facts = '', nodes = ''] = out.split(/^@nodes$/m);
  const said: Record<string, string> = {};
  for (const line of facts.split('\n')) {
    const at = line.indexOf('\t');
    const value = line.slice(at + 1).trim();
    if (at > 0 && value !== '') said[line.slice(0, at)] = value;
  }
  return { said, nodes: readNodes(nodes) };
}

/** The lines of the device view: what is there, then what is missing under one line. */
export function factsOf(board: Board): readonly Fact[] {
  const all = allFacts(board);
  const missing = all.filter(({ value }) => value === undefined);
  const names = missing.map(({ title }) => title).join(', ');
  const rest: readonly Fact[] = [{ id: 'missing', title: 'Missing', value: names, parts: missing }];
  return [...all.filter(({ value }) => value !== undefined), ...(missing.length > 0 ? rest : [])];
}

function allFacts({ said, nodes }: Board): readonly Fact[] {
  const size = (id: string): string | undefined => {
    const kilobytes = Number(said[id] ?? Number.NaN);
    return Number.isFinite(kilobytes) && kilobytes > 0 ? `${(kilobytes / 1024 / 1024).toFixed(1)} GiB` : undefined;
  };
  const memory = size('memory');
  const available = size('available');
  return [
    { id: 'model', title: 'Module', value: said.model },
    { id: 'l4t', title: 'Jetson Linux', value: l4tVersion(said) },
    { id: 'jetpack', title: 'JetPack', value: said.jetpack },
    { id: 'deepstream', title: 'DeepStream', value: said.deepstream },
    { id: 'tensorrt', title: 'TensorRT', value: said.tensorrt?.split(' ')[0] },
    { id: 'cuda', title: 'CUDA', value: said.cuda },
    { id: 'gstreamer', title: 'GStreamer', value: said.gstreamer },
    { id: 'power', title: 'Power mode', value: said.power?.split(' ')[0] },
    { id: 'clock', title: 'GPU clock', value: clock(said.clock) },
    {
      id: 'temperature',
      title: 'Hottest zone',
      value: said.temperature && `${Number(said.temperature).toFixed(1)} °C`,
    },
    { id: 'memory', title: 'Memory', value: memory && (available ? `${memory}, ${available} available` : memory) },
    { id: 'disk', title: 'Free disk', value: size('disk') },
    nodesFact(
      'cameras',
      'Cameras',
      nodes.filter(({ kind }) => kind === 'camera'),
    ),
    { id: 'encoder', title: 'Encoder node', value: said.encoder },
    { id: 'decoder', title: 'Decoder node', value: said.decoder },
    nodesFact(
      'codecs',
      'V4L2 codecs',
      nodes.filter(({ kind }) => kind === 'codec'),
    ),
    { id: 'display', title: 'Displays', value: said.display },
    { id: 'system', title: 'System', value: said.system },
  ];
}

function nodesFact(id: string, title: string, nodes: readonly VideoNode[]): Fact {
  if (nodes.length === 0) return { id, title, value: undefined };
  const parts = nodes.map(({ path, name, modes }) => ({
    id: path,
    title: path,
    value: name || undefined,
    parts: modes.map((mode, at) => ({ id: `${path} ${at}`, title: modeWords(mode), value: '' })),
  }));
  return { id, title, value: String(nodes.length), parts };
}

/** `1300 of 1300 MHz` out of two figures in Hz. */
function clock(text: string | undefined): string | undefined {
  const [now, most] = (text ?? '').split(' ').map((one) => Math.round(Number(one) / 1e6));
  return now ? `${now}${most ? ` of ${most}` : ''} MHz` : undefined;
}

/** `36.4.4` of `# R36 (release), REVISION: 4.4, …`, else of the package that brings it. */
export function l4tVersion({ l4t, core }: Board['said']): string | undefined {
  const match = /R(\d+) \(release\), REVISION: ([\d.]+)/.exec(l4t ?? '');
  return match ? `${match[1]}.${match[2]}` : /^(\d+\.\d+(?:\.\d+)?)-/.exec(core ?? '')?.[1];
}

/** What should be looked at, in words; the limits are those at which modules begin to slow down, and shut down little later. */
export function alertsOf({ said }: Board): readonly string[] {
  const alerts: string[] = [];
  const temperature = Number(said.temperature);
  if (temperature >= 90)
    alerts.push(`Very hot: ${temperature.toFixed(0)} °C. It slows down; check the fan and the power mode.`);
  else if (temperature >= 85) alerts.push(`Hot: ${temperature.toFixed(0)} °C. It may begin to slow down.`);
  if (Number(said.disk) < 512 * 1024) alerts.push(`Only ${Math.round(Number(said.disk) / 1024)} MiB of disk are free.`);
  if (Number(said.swap) > 200 * 1024)
    alerts.push(`${Math.round(Number(said.swap) / 1024)} MiB are swapped out: memory is short.`);
  if (said.model && said.groups && !/\b(?:video|root)\b/.test(said.groups))
    alerts.push(`${said.user ?? 'The user'} is not in the group video and may not use cameras and codecs.`);
  return alerts;
}

/** The words of the target that the device is, as far as the table of releases has its versions; undefined where it says too little. */
export function targetWords({ said }: Board, releases: readonly Release[]): string | undefined {
  const gstreamer = said.gstreamer?.match(/^\d+\.\d+/)?.[0];
  const l4t = l4tVersion(said);
  const device = deviceId(said);
  if (device === undefined) return gstreamer && l4t === undefined ? `pc gstreamer-${gstreamer}` : undefined;
  return [device, ...versionWords(l4t, said.deepstream, releases)].join(' ');
}

/** NVIDIA's part number of the module → device; a kit is named by it in the device tree. */
const MODULES: Readonly<Record<string, string>> = {
  'p3448-0000': 'nano-4gb',
  'p3448-0002': 'nano-4gb',
  'p3310-1000': 'tx2-8gb',
  'p3636-0001': 'tx2-nx-4gb',
  'p3668-0000': 'xavier-nx-8gb',
  'p3668-0001': 'xavier-nx-8gb',
  'p3668-0003': 'xavier-nx-16gb',
  'p2888-0003': 'agx-xavier-32gb',
  'p2888-0004': 'agx-xavier-32gb',
  'p2888-0005': 'agx-xavier-64gb',
  'p3767-0000': 'orin-nx-16gb',
  'p3767-0001': 'orin-nx-8gb',
  'p3767-0003': 'orin-nano-8gb',
  'p3767-0004': 'orin-nano-4gb',
  'p3767-0005': 'orin-nano-8gb',
  'p3701-0000': 'agx-orin-64gb',
  'p3701-0004': 'agx-orin-32gb',
  'p3701-0005': 'agx-orin-64gb',
  'p3834-0000': 'thor-t4000',
  'p3834-0008': 'thor-t5000',
};

/** Where no part number is known the board's name and memory tell; the latter is a little less than what is sold as such. */
function deviceId({ model = '', compatible = '', spec = '', modes = '', memory }: Board['said']): string | undefined {
  const gibibytes = Number(memory) / 1024 / 1024;
  const larger = (limit: number, yes: string, no: string): string => (gibibytes > limit ? yes : no);
  const numbers = `${compatible} ${spec}`.match(/p?\d{4}-\d{4}/g) ?? [];
  const module = numbers.flatMap((one) => MODULES[one.startsWith('p') ? one : `p${one}`] ?? [])[0];
  // The super modes come with a firmware of their own; the list of power modes has them then.
  const isSuper = /\bSuper\b/.test(model) || /MAXN_SUPER/.test(modes);
  const nano = (id: string): string => (isSuper ? `${id}-super` : id);
  if (module) return module.startsWith('orin-nano') ? nano(module) : module;
  if (/AGX Thor/.test(model)) return larger(80, 'thor-t5000', 'thor-t4000');
  if (/AGX Orin/.test(model)) return larger(40, 'agx-orin-64gb', 'agx-orin-32gb');
  if (/Orin NX/.test(model)) return larger(10, 'orin-nx-16gb', 'orin-nx-8gb');
  if (/Orin Nano/.test(model)) return nano(larger(5, 'orin-nano-8gb', 'orin-nano-4gb'));
  if (/AGX Xavier/.test(model)) return larger(40, 'agx-xavier-64gb', 'agx-xavier-32gb');
  if (/Xavier NX/.test(model)) return larger(10, 'xavier-nx-16gb', 'xavier-nx-8gb');
  if (/TX2 NX/.test(model)) return 'tx2-nx-4gb';
  if (/TX2/.test(model)) return 'tx2-8gb';
  return /Jetson Nano/.test(model) ? 'nano-4gb' : undefined;
}
