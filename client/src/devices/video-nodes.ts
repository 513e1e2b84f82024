/** Cameras and codecs among the V4L2 nodes, out of what v4l2-ctl prints of each (its layouts of 2018 and later). */

import type { Camera } from '../../../server/src/protocol.ts';

export interface VideoNode {
  /** `/dev/video0`. */
  readonly path: string;
  /** As its driver calls it; empty where it does not. */
  readonly name: string;
  readonly kind: 'camera' | 'codec' | 'other';
  /** What a camera gives, or a codec puts out. */
  readonly modes: readonly VideoMode[];
}

export interface VideoMode {
  /** FourCC: `YUYV`, `RG10`. */
  readonly format: string;
  /** In pixels; undefined where the node does not list sizes. */
  readonly width?: number;
  readonly height?: number;
  /** Frames per second, the highest first. */
  readonly rates: readonly number[];
}

/**
 * Prints for each node a line `@node PATH<TAB>NAME`, then what v4l2-ctl says of its abilities and modes, where it is installed. A driver
 * that hangs is left after five seconds.
 */
export const NODES = `
few() { if command -v timeout >/dev/null 2>&1; then timeout 5 "$@"; else "$@"; fi; }
for d in /dev/video[0-9]*; do
  [ -e "$d" ] || continue
  printf '@node %s\\t%s\\n' "$d" "$(cat "/sys/class/video4linux/\${d##*/}/name" 2>/dev/null)"
  command -v v4l2-ctl >/dev/null 2>&1 || continue
  few v4l2-ctl -d "$d" --info --list-formats-ext 2>/dev/null </dev/null
done
`;

/** The nodes out of what {@link NODES} prints. A node that gives metadata only is left out. */
export function readNodes(out: string): readonly VideoNode[] {
  return out
    .split(/^@node /m)
    .slice(1)
    .flatMap((part) => {
      const [head = '', ...lines] = part.split('\n');
      const [path = '', name = ''] = head.split('\t');
      const modes = readModes(lines);
      const abilities = /Device Caps\s*:[^\n]*\n((?:\t\t[^\n]*\n?)*)/.exec(lines.join('\n'))?.[1];
      const said = abilities !== undefined;
      const codec = /Memory-to-Memory/.test(abilities ?? '');
      const camera = /Video Capture/.test(abilities ?? '') && !codec;
      if (said && !codec && !camera) return [];
      return [
        { path, name: name.trim(), kind: codec ? 'codec' : camera || !said ? 'camera' : 'other', modes } as const,
      ];
    });
}

function readModes(lines: readonly string[]): readonly VideoMode[] {
  const modes: { format: string; width?: number; height?: number; rates: number[] }[] = [];
  let format = '';
  for (const line of lines) {
    const begins = /^\s*\[\d+\]: '([^']+)'/.exec(line) ?? /^\s*Pixel Format\s*: '([^']+)'/.exec(line);
    const size = /^\s*Size: Discrete (\d+)x(\d+)/.exec(line);
    const rate = /\(([\d.]+) fps\)/.exec(line);
    if (begins) {
      format = begins[1]!.trim();
      modes.push({ format, rates: [] });
    } else if (size) {
      const last = modes.at(-1);
      if (last && last.width === undefined) modes.pop();
      modes.push({ format, width: Number(size[1]), height: Number(size[2]), rates: [] });
    } else if (rate) {
      const rates = modes.at(-1)?.rates;
      if (rates && !rates.includes(Number(rate[1]))) rates.push(Number(rate[1]));
    }
  }
  for (const { rates } of modes) rates.sort((one, other) => other - one);
  return modes;
}

/** `YUYV 1280×720 @ 30, 15`. */
export function modeWords({ format, width, height, rates }: VideoMode): string {
  const size = width === undefined ? '' : ` ${width}×${height}`;
  return `${format}${size}${rates.length > 0 ? ` @ ${rates.map((rate) => Number(rate.toFixed(2))).join(', ')}` : ''}`;
}

/** What the server is told of cameras. Those of CSI are counted as nvarguscamerasrc counts them, in the order of their nodes. */
export function camerasOf(nodes: readonly VideoNode[]): readonly Camera[] {
  let sensor = 0;
  return nodes.flatMap(({ kind, path, name, modes }): Camera[] => {
    if (kind !== 'camera') return [];
    const csi = name.startsWith('vi-output');
    const sized = modes.flatMap(({ format, width, height, rates }) =>
      width === undefined || height === undefined ? [] : [{ format, width, height, rates: rates.map(fraction) }],
    );
    if (!csi) return [{ kind: 'v4l2', node: path, name, modes: sized }];
    return [{ kind: 'csi', node: String(sensor++), name: name.replace(/^vi-output,\s*/, ''), modes: sized }];
  });
}

/** `30/1`, `30000/1001` for 29.97. */
function fraction(rate: number): string {
  if (Math.abs(rate - Math.round(rate)) < 0.001) return `${Math.round(rate)}/1`;
  const ntsc = Math.round((rate * 1001) / 1000) * 1000;
  if (Math.abs(ntsc / 1001 - rate) < 0.002) return `${ntsc}/1001`;
  return `${Math.round(rate * 1000)}/1000`;
}
