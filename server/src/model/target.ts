import type { Catalog } from '../catalog/catalog.ts';
import type { DeviceProfile } from '../catalog/device.ts';

/** The machine that a text is judged for. */
export interface Target {
  /** As a person writes it: `orin-nano-8gb deepstream-7.1`. */
  readonly id: string;
  /** `Jetson Orin Nano 8GB, JetPack 6.2, DeepStream 7.1`. */
  readonly title: string;
  /** The one module that was chosen. Undefined where only a family is assumed. */
  readonly device: DeviceProfile | undefined;
  /** The modules that come into question: one where chosen, all of the family where assumed. */
  readonly devices: readonly DeviceProfile[];
  /** True where nobody chose and the default is assumed. What holds on some of `devices` only is a warning then. */
  readonly assumed: boolean;
  readonly platform: 'tegra' | 'dgpu' | 'none';
  readonly arch: 'aarch64' | 'x86_64';
  /** Nothing to look at is connected: what shows pictures there fails to start. False also where nobody said. */
  readonly headless: boolean;
  /** Versions in force, as in `1.20`, `36.4`, `6.2`, `7.1`; undefined where the machine has none or it is not known. */
  readonly gstreamer: string;
  readonly l4t: string | undefined;
  readonly jetpack: string | undefined;
  readonly deepstream: string | undefined;
  /** Layer names in force, first wins. */
  readonly layers: readonly string[];
  readonly catalog: Catalog;
  /** True where the tables are known to be all that the machine has (a live harvest): then an unknown element is an error. */
  readonly complete: boolean;
  /** Grows when tables change, so that kept readings are made anew. */
  readonly revision: number;
}

/** Whether version `a` is at least `b`; both dotted numbers. */
export function atLeast(a: string, b: string): boolean {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
