/** What a device says of itself, for the device view and for the choice of a target. What it does not say is missing, which is no error. */
import { collect, type Runner } from '../remote/runner.ts';

/** One line of the device view. */
export interface Fact {
  readonly id: string;
  readonly title: string;
  /** Undefined where the device does not say. */
  readonly value: string | undefined;
}

/** Each prints one `id<TAB>value` line, or none. Sources: the files and tools that JetPack installs. */
const SCRIPT = `
t() { printf '%s\\t' "$1"; shift; "$@" 2>/dev/null </dev/null | tr '\\n\\t' '  '; echo; }
PATH=$PATH:/usr/local/cuda/bin:/usr/sbin:/sbin; export PATH LC_ALL=C
t model sh -c 'tr -d "\\000" </proc/device-tree/model'
t l4t head -n1 /etc/nv_tegra_release
t jetpack dpkg-query -W -f '\${Version}' nvidia-jetpack
t deepstream sed -n 's/^Version: *//p' /opt/nvidia/deepstream/deepstream/version
t tensorrt dpkg-query -W -f '\${Version}\\n' libnvinfer10 libnvinfer8
t cuda sh -c 'nvcc --version | sed -n "s/.*release \\([0-9.]*\\).*/\\1/p"'
t gstreamer sh -c 'gst-inspect-1.0 --version | sed -n "s/^GStreamer //p"'
t power sh -c 'nvpmodel -q | sed -n "s/.*NV Power Mode: //p"'
t memory awk '/^MemTotal/{print $2}' /proc/meminfo
t available awk '/^MemAvailable/{print $2}' /proc/meminfo
t disk sh -c 'df -Pk "$HOME" | tail -n1 | awk "{print \\$4}"'
t cameras sh -c 'for d in /sys/class/video4linux/*/name; do [ -r "$d" ] && echo "$(cat "$d") (\${d%/name})"; done | sed "s#/sys/class/video4linux/#/dev/#"'
t encoder sh -c 'for d in /dev/v4l2-nvenc /dev/nvhost-msenc; do [ -e $d ] && echo $d; done'
t system sh -c '. /etc/os-release; echo "$PRETTY_NAME"'
`;

/** Asks all at once, in one process of the device's shell. */
export async function askFacts(runner: Runner, abort?: AbortSignal): Promise<readonly Fact[]> {
  const { out } = await collect(
    runner.exec(['/bin/sh', '-c', SCRIPT], { input: '', ...(abort && { abort }) }),
    200_000,
  );
  return readFacts(out);
}

/** The facts out of what the script prints. */
export function readFacts(out: string): readonly Fact[] {
  const said = new Map<string, string>();
  for (const line of out.split('\n')) {
    const at = line.indexOf('\t');
    const value = line.slice(at + 1).trim();
    if (at > 0 && value !== '') said.set(line.slice(0, at), value);
  }
  const size = (id: string): string | undefined => {
    const kilobytes = Number(said.get(id));
    return Number.isFinite(kilobytes) && kilobytes > 0 ? `${(kilobytes / 1024 / 1024).toFixed(1)} GiB` : undefined;
  };
  const memory = size('memory');
  const available = size('available');
  const disk = size('disk');
  return [
    { id: 'model', title: 'Module', value: said.get('model') },
    { id: 'l4t', title: 'Jetson Linux', value: l4tVersion(said.get('l4t')) },
    { id: 'jetpack', title: 'JetPack', value: said.get('jetpack') },
    { id: 'deepstream', title: 'DeepStream', value: said.get('deepstream') },
    { id: 'tensorrt', title: 'TensorRT', value: said.get('tensorrt') },
    { id: 'cuda', title: 'CUDA', value: said.get('cuda') },
    { id: 'gstreamer', title: 'GStreamer', value: said.get('gstreamer') },
    { id: 'power', title: 'Power mode', value: said.get('power') },
    { id: 'memory', title: 'Memory', value: memory && (available ? `${memory}, ${available} available` : memory) },
    { id: 'disk', title: 'Free disk', value: disk },
    { id: 'cameras', title: 'Cameras', value: said.get('cameras') },
    { id: 'encoder', title: 'Encoder node', value: said.get('encoder') },
    { id: 'system', title: 'System', value: said.get('system') },
  ];
}

/** `36.4.4` of `# R36 (release), REVISION: 4.4, …`. */
function l4tVersion(line: string | undefined): string | undefined {
  const match = /R(\d+) \(release\), REVISION: ([\d.]+)/.exec(line ?? '');
  return match ? `${match[1]}.${match[2]}` : undefined;
}

/** The words of the target that the device is; undefined where it says too little. */
export function targetWords(facts: readonly Fact[]): string | undefined {
  const of = (id: string): string | undefined => facts.find((fact) => fact.id === id)?.value;
  const gstreamer = of('gstreamer')?.match(/^\d+\.\d+/)?.[0];
  const device = deviceId(of('model') ?? '', Number.parseFloat(of('memory') ?? ''));
  if (device === undefined) return gstreamer && of('l4t') === undefined ? `pc gstreamer-${gstreamer}` : undefined;
  const l4t = of('l4t');
  const deepstream = of('deepstream')?.match(/^\d+\.\d+/)?.[0];
  return [device, l4t && `l4t-${l4t}`, deepstream && `deepstream-${deepstream}`].filter((word) => word).join(' ');
}

/** The board's name does not tell the memory, which is a little less than what is sold as such. */
function deviceId(model: string, gibibytes: number): string | undefined {
  const larger = (limit: number, yes: string, no: string): string => (gibibytes > limit ? yes : no);
  if (/AGX Thor/.test(model)) return larger(80, 'thor-t5000', 'thor-t4000');
  if (/AGX Orin/.test(model)) return larger(40, 'agx-orin-64gb', 'agx-orin-32gb');
  if (/Orin NX/.test(model)) return larger(10, 'orin-nx-16gb', 'orin-nx-8gb');
  if (/Orin Nano/.test(model)) return larger(5, 'orin-nano-8gb', 'orin-nano-4gb');
  if (/AGX Xavier/.test(model)) return larger(40, 'agx-xavier-64gb', 'agx-xavier-32gb');
  if (/Xavier NX/.test(model)) return larger(10, 'xavier-nx-16gb', 'xavier-nx-8gb');
  if (/TX2 NX/.test(model)) return 'tx2-nx-4gb';
  if (/TX2/.test(model)) return 'tx2-8gb';
  return /Jetson Nano/.test(model) ? 'nano-4gb' : undefined;
}
