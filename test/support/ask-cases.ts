/** Runs `complete:` and `hover:` blocks of case files: `<|>` is the cursor. A `with=device.json` is a connected device. */
import { complete, type Nearby } from '../../server/src/features/completion.ts';
import { hover } from '../../server/src/features/hover.ts';
import { deviceOf } from '../../server/src/lsp/nearby.ts';
import { labelsIn } from '../../server/src/model/labels.ts';
import type { DeviceParams } from '../../server/src/protocol.ts';
import { analyze } from '../../server/src/workspace/analyze.ts';
import { cursorPlace } from '../../server/src/workspace/cursor-place.ts';
import { inferencesElsewhere } from '../../server/src/workspace/names.ts';
import type { Fence } from './cases.ts';
import { documentOf, testWorld } from './world.ts';

const CURSOR = '<|>';

/** Labels that this file answers for. */
export const isAsked = (word: string): boolean => word === 'complete' || word === 'complete-first' || word === 'hover';

/** What is wrong with the answer, in words; undefined where it is as expected. */
export function askCase(fence: Fence, beside: Readonly<Record<string, string>>): string | undefined {
  const { word, text: wanted } = fence.label!;
  const at = fence.text.indexOf(CURSOR);
  if (at < 0) return `there is no ${CURSOR} in the text`;
  const text = fence.text.slice(0, at) + fence.text.slice(at + CURSOR.length);
  const path = `/project/${fence.attributes.path ?? 'case'}`;
  const world = testWorld(fence.attributes.target, beside);
  const analysis = analyze(documentOf(text, fence.attributes.path ? '' : fence.languageId, path), world);
  const place = cursorPlace(analysis, at, world);
  if (!place) return wanted === 'nothing' ? undefined : 'the cursor is in no pipeline and no configuration';
  if (word === 'hover') {
    const told = hover(place.reading, place.offset)?.markdown ?? 'nothing';
    const missing = wanted.split(' … ').filter((part) => !told.includes(part));
    return missing.length === 0 ? undefined : `hover does not say ${missing.join(' … ')}; it says\n${told}`;
  }
  const folder = `/project/`;
  const list = (inside: string): string[] =>
    Object.keys(beside)
      .filter((name) => name.startsWith(folder + inside))
      .map((name) => name.slice(folder.length + inside.length).replace(/\/.*/, '/'));
  const nearby: Nearby = {
    list,
    labels: (name) => labelsIn(beside[folder + name] ?? ''),
    inferences: () => inferencesElsewhere(analysis, world, ['/project']),
    device: deviceOf(JSON.parse(beside[`${folder}device.json`] ?? '{}') as DeviceParams),
  };
  const offered = complete(place.reading, place, nearby).suggestions.map(({ label }) => label);
  return compare(word, wanted === 'nothing' ? [] : wanted.split(' '), offered);
}

/**
 * `complete: a b !c`: a and b are offered, a before b, and c is not. `complete-first: a b`: the list begins with them.
 * Nothing wanted: nothing is offered.
 */
function compare(word: string, wanted: readonly string[], offered: readonly string[]): string | undefined {
  const shown = `offered: ${offered.slice(0, 20).join(' ')}${offered.length > 20 ? ' …' : ''}`;
  if (wanted.length === 0) return offered.length === 0 ? undefined : `nothing should be offered; ${shown}`;
  if (word === 'complete-first') {
    return wanted.every((one, index) => offered[index] === one) ? undefined : `the list begins otherwise; ${shown}`;
  }
  let from = -1;
  for (const one of wanted) {
    if (one.startsWith('!') && one.length > 1) {
      if (offered.includes(one.slice(1))) return `${one.slice(1)} should not be offered; ${shown}`;
      continue;
    }
    const place = offered.indexOf(one);
    if (place < 0) return `${one} is not offered; ${shown}`;
    if (place < from) return `${one} comes too early; ${shown}`;
    from = place;
  }
  return undefined;
}
