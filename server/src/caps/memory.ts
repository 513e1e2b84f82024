/** Which memory buffers live in, read off the features of caps. What a device has is not asked here. */
import type { Caps, Memory, Structure } from './caps.ts';

/**
 * The memory that the features name. No feature, or `meta:` features only, is system memory; `(ANY)`, a memory that
 * is not known by name, and caps whose alternatives differ are `unknown`, and so are ANY and empty caps.
 */
export function memoryOf(of: Structure | Caps): Memory {
  if (of === 'any') return 'unknown';
  if ('media' in of) return memoryOfFeatures(of.features);
  let found: Memory | undefined;
  for (const structure of of) {
    const memory = memoryOfFeatures(structure.features);
    if (found !== undefined && found !== memory) return 'unknown';
    found = memory;
  }
  return found ?? 'unknown';
}

/** GStreamer's feature names for the memories that are told apart, and those of its NVIDIA and VA plugins. */
const MEMORIES: ReadonlyMap<string, Memory> = new Map([
  ['memory:SystemMemory', 'system'],
  ['memory:NVMM', 'nvmm'],
  ['memory:DMABuf', 'dmabuf'],
  ['memory:CUDAMemory', 'cuda'],
  ['memory:GLMemory', 'gl'],
  ['memory:VAMemory', 'va'],
  ['memory:VASurface', 'va'],
]);

function memoryOfFeatures(features: Structure['features']): Memory {
  if (features === 'any') return 'unknown';
  const named = features.filter((feature) => feature.startsWith('memory:'));
  if (named.length === 0) return 'system';
  return named.length === 1 ? (MEMORIES.get(named[0]!) ?? 'unknown') : 'unknown';
}
