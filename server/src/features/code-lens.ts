/** One line above each pipeline: what it asks of the device. */
import { budgetOf } from '../model/budget.ts';
import { pipelineOf, type Reading } from '../model/read.ts';
import { bytesWords } from './hover/caps-words.ts';

/**
 * `NVDEC 50 % · NVENC – · 0 copies · 96 MB NVMM`; engines that are not used are left out. Also of a configuration that
 * stands for a pipeline; empty where there is nothing to tell.
 */
export function budgetLine(reading: Reading): string {
  const pipeline = pipelineOf(reading);
  if (!pipeline) return '';
  const { engines, copies, nvmm } = budgetOf(pipeline, reading.target.device);
  const parts = engines.map(({ engine, load, unknown }) => {
    const share = load === undefined ? '–' : `${unknown.length > 0 ? '≥ ' : ''}${Math.round(load * 100)} %`;
    return `${engine.toUpperCase()} ${share}`;
  });
  const copied = copies.parts.length + copies.unknown.length;
  if (copied > 0) {
    const rate = copies.unknown.length === 0 ? ` ${bytesWords(copies.total)}/s` : '';
    parts.push(`${copied} ${copied === 1 ? 'copy' : 'copies'}${rate}`);
  } else if (engines.length > 0 || nvmm.parts.length > 0) parts.push('0 copies');
  if (nvmm.parts.length > 0) parts.push(`${bytesWords(nvmm.total)} NVMM`);
  return parts.join(' · ');
}
