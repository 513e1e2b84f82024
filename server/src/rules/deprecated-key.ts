/** Keys that are still read but have a successor. */
import type { ConfigFile, ConfigKey } from '../model/config-file.ts';
import type { Fix, Rule } from '../model/finding.ts';
import { atLeast } from '../model/target.ts';

export const rule: Rule = {
  id: 'deprecated-key',
  title: 'The key has a successor',
  why: 'The program warns at every start, and a later release will pass the key over.',
  severity: 'hint',
  on: 'config',
  examples: [
    {
      bad: '[property]\ngie-unique-id=1\nnetwork-type=0\nnum-detected-classes=4\n\n[class-attrs-all]\nthreshold=0.3\n',
      good: '[property]\ngie-unique-id=1\nnetwork-type=0\nnum-detected-classes=4\n\n[class-attrs-all]\npre-cluster-threshold=0.3\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config, target } = reading;
    if (!config.format?.judged) return;
    for (const section of config.sections) {
      for (const key of section.keys) {
        const { spec } = key;
        if (!spec?.deprecated || (target.deepstream && isGone(spec.firstWithout, target.deepstream))) continue;
        const by = spec.replacedBy;
        // A model file is named by what the person has; that another kind of model exists is no advice on this line.
        if (!by || MODELS.has(key.name) || isYoung(config, key, target.deepstream)) continue;
        const there = section.keys.some((other) => other.name === by);
        yield {
          span: key.nameSpan,
          tag: 'deprecated',
          message: `${key.name} is the old way; ${by} took its place${there ? ', stands here too and wins' : ''}.`,
          fixes: there ? [] : successor(key, by),
        };
      }
    }
  },
};

const isGone = (firstWithout: string | undefined, has: string): boolean =>
  firstWithout !== undefined && atLeast(has, firstWithout);

/** Whether the successor is not there yet on the target. */
function isYoung(config: ConfigFile, key: ConfigKey, has: string | undefined): boolean {
  if (!has) return false;
  const by = key.spec?.replacedBy;
  const since = config.format?.sections
    .filter((section) => section.keys.includes(key.spec!))
    .flatMap((section) => section.keys.filter((other) => other.name === by))
    .map((other) => other.lastWithout)
    .find((version) => version !== undefined);
  return since !== undefined && atLeast(since, has);
}

const MODELS: ReadonlySet<string> = new Set(['model-file', 'proto-file', 'uff-file', 'tlt-encoded-model']);

function successor(key: ConfigKey, by: string): Fix[] {
  const whole = { start: key.nameSpan.start, end: key.valueSpan.end };
  const value = key.value.trim();
  if (key.name === 'is-classifier' || key.name === 'enable-dbscan') {
    const text = value === '1' || value === 'true' ? `${by}=1` : `${by}=0`;
    return [{ title: `Change to ${text}`, edits: [{ span: whole, text }], safe: true }];
  }
  if (key.name === 'input-dims' || key.name === 'uff-input-dims') {
    const [channels, height, width, order] = value.split(';').map((part) => part.trim());
    if (!channels || !height || !width) return [];
    const text = `infer-dims=${channels};${height};${width}`;
    const more = order && key.name === 'uff-input-dims' ? `\nuff-input-order=${order}` : '';
    return [{ title: `Change to ${text}`, edits: [{ span: whole, text: `${text}${more}` }], safe: false }];
  }
  return [{ title: `Change to ${by}`, edits: [{ span: key.nameSpan, text: by }], safe: true }];
}
