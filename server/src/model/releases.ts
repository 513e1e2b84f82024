/** Which JetPack has which L4T, DeepStream and GStreamer, and for which modules. Read from `schemas/releases.json`. */

export interface JetsonRelease {
  /** `6.2.1`. */
  readonly jetpack: string;
  /** L4T versions that this JetPack was shipped with, oldest first. */
  readonly l4t: readonly string[];
  /** Layer of the element tables: `l4t-r36`. */
  readonly layer: string;
  readonly gstreamer: string;
  readonly preview?: boolean;
  /** DeepStream versions made for it, newest first. */
  readonly deepstream: readonly string[];
  /** Beginnings of device ids. */
  readonly modules: readonly string[];
}

export interface DgpuRelease {
  readonly deepstream: string;
  readonly gstreamer: string;
}

export interface Releases {
  readonly jetson: readonly JetsonRelease[];
  readonly dgpu: readonly DgpuRelease[];
}

/** Versions compared number by number: negative where `a` is older. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `6` and `6.2` stand for any `6.2.1`. */
export function isVersionOf(full: string, wanted: string): boolean {
  return full === wanted || full.startsWith(`${wanted}.`);
}
