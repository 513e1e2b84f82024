/**
 * What the name of a TensorRT engine file says of it. nvinfer writes engines under such names itself (INF-19):
 * `<model>_b<batch>_<gpu<id> or dla<core>>_<fp32, int8, fp16, best>.engine`. Names that people gave say nothing.
 */
export interface EngineName {
  /** Greatest batch that the engine takes. */
  readonly batch: number;
  /** `gpu0` or `dla1`. */
  readonly device: string;
  readonly precision: 'fp32' | 'int8' | 'fp16' | 'best';
}

/** The parts of an engine's name; undefined where it is not one that nvinfer writes. */
export function engineName(path: string): EngineName | undefined {
  const match = /_b(\d{1,5})_(gpu\d{1,3}|dla\d)_(fp32|int8|fp16|best)\.(?:engine|plan|trt)$/.exec(path);
  if (!match) return undefined;
  return { batch: Number(match[1]), device: match[2]!, precision: match[3] as EngineName['precision'] };
}

/** The name with other parts, where it is one that nvinfer writes. */
export function renamedEngine(path: string, parts: Partial<EngineName>): string | undefined {
  const name = engineName(path);
  if (!name) return undefined;
  const { batch, device, precision } = { ...name, ...parts };
  return path.replace(/_b\d+_[a-z]+\d+_[a-z0-9]+(\.[a-z]+)$/, `_b${batch}_${device}_${precision}$1`);
}

/** `network-mode` of nvinfer by the word in an engine's name. */
export const NETWORK_MODES: Readonly<Record<EngineName['precision'], number>> = { fp32: 0, int8: 1, fp16: 2, best: 3 };
