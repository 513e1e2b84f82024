import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryOf } from '../../../server/src/caps/memory.ts';
import { capsOf } from '../../../server/src/syntax/caps/lower.ts';

describe('the memory of caps', () => {
  for (const [text, memory] of [
    ['video/x-raw', 'system'],
    ['video/x-raw(memory:SystemMemory)', 'system'],
    ['video/x-raw(meta:Foo)', 'system'],
    ['video/x-raw(memory:NVMM), width=640', 'nvmm'],
    ['video/x-raw(memory:NVMM, meta:Foo)', 'nvmm'],
    ['video/x-raw(memory:DMABuf)', 'dmabuf'],
    ['video/x-raw(memory:CUDAMemory)', 'cuda'],
    ['video/x-raw(memory:GLMemory)', 'gl'],
    ['video/x-raw(memory:VAMemory)', 'va'],
    ['video/x-raw(memory:Other)', 'unknown'],
    ['video/x-raw(ANY)', 'unknown'],
    ['video/x-raw; video/x-raw(memory:NVMM)', 'unknown'],
    ['video/x-raw(memory:NVMM); image/jpeg(memory:NVMM)', 'nvmm'],
    ['ANY', 'unknown'],
    ['EMPTY', 'unknown'],
  ] as const) {
    it(`${text} is ${memory}`, () => {
      assert.equal(memoryOf(capsOf(text)!), memory);
    });
  }

  it('is told of one alternative too', () => {
    const caps = capsOf('video/x-raw; video/x-raw(memory:NVMM)');
    assert.ok(caps !== undefined && caps !== 'any');
    assert.deepEqual(caps.map(memoryOf), ['system', 'nvmm']);
  });
});
