/** What the program knows of a machine that pipelines run on. Read from `schemas/devices`. Every number names its source. */

export interface DeviceProfile {
  /** `orin-nano-8gb`, `pc`. */
  readonly id: string;
  readonly title: string;
  /** The module that a project's own device is a variant of: it runs the same releases. */
  readonly like?: string;
  /** `orin`, `xavier`, `nano`, `thor`, `dgpu`, `pc`. */
  readonly family: string;
  readonly arch: 'aarch64' | 'x86_64';
  /** Tegra boards with an integrated GPU and NVMM surface arrays, a discrete GPU, or no NVIDIA device. */
  readonly platform: 'tegra' | 'dgpu' | 'none';
  readonly memory?: { readonly gib: number; readonly source: string };
  /** How many of each engine; undefined in a key's place means not known. */
  readonly engines: Partial<Record<Engine, number>>;
  readonly enginesSource?: string;
  readonly decode: readonly CodecLimit[];
  readonly encode: readonly CodecLimit[];
  /** What the engines are known not to do. A codec that is missing from both lists is not known. */
  readonly lacks?: readonly {
    readonly what: 'decode' | 'encode';
    readonly codec: string;
    readonly detail?: string;
    readonly source: string;
  }[];
  /** Why there is no hardware encoder, where there is none; each piece of evidence with its source. */
  readonly noEncoder?: readonly { readonly what: string; readonly source: string }[];
  /** First and last JetPack that supports the module. */
  readonly jetpack?: { readonly first: string; readonly last: string; readonly source: string };
  readonly notes: readonly string[];
  /** Source keys used above → what they stand for. */
  readonly sources: Readonly<Record<string, string>>;
}

export type Engine = 'nvdec' | 'nvenc' | 'nvjpg' | 'vic' | 'dla' | 'pva' | 'ofa';

/** What one engine can do with one codec. */
export interface CodecLimit {
  /** `H.264`, `H.265`, `VP8`, `VP9`, `AV1`, `JPEG`, `MPEG-4`. */
  readonly codec: string;
  /** `UHP`, `HP` or `HQ`, where the data sheet gives a figure for each encoder preset. */
  readonly preset?: string;
  readonly profiles?: readonly string[];
  readonly bitDepths?: readonly number[];
  readonly chroma?: readonly string[];
  readonly maxWidth?: number;
  readonly maxHeight?: number;
  /** Rows of "up to n streams of that size at that rate". */
  readonly maxStreams?: readonly {
    readonly width: number;
    readonly height: number;
    readonly fps: number;
    readonly streams: number;
  }[];
  /** Million pixels per second. */
  readonly throughput?: number;
  readonly source: string;
}
