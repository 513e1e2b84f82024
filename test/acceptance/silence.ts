/**
 * Silence where GStreamer accepts, and names and values found where it refuses them: `npm run acceptance -- FOLDER
 * --only silence`. All rules run, not only those about names. Where NVIDIA's elements are named, the real GStreamer is
 * asked again with stand-ins made of our own tables, since the corpus stands in for them with elements that take anything.
 */
import type { ElementSpec } from '../../server/src/catalog/element.ts';
import type { Severity } from '../../server/src/model/finding.ts';
import { read } from '../../server/src/model/read.ts';
import type { Target } from '../../server/src/model/target.ts';
import { rules } from '../../server/src/rules/index.ts';
import { bareExcerpt } from '../../server/src/workspace/bare.ts';
import { check } from '../../server/src/workspace/check.ts';
import { gstreamerVersion } from '../support/caps-oracle.ts';
import { Gstreamer } from '../support/gstreamer.ts';
import { targetNamed } from '../support/world.ts';
import { type Corpus, count, type Figure, share } from './figures.ts';

interface Row {
  readonly id: string;
  readonly pipeline: string | null;
  readonly truth: Truth | null;
}

interface Truth {
  readonly ok: boolean;
  readonly syntax: string;
  readonly syntax_aarch64?: string;
  readonly unknown?: readonly string[];
  readonly errors: readonly { readonly kind: string; readonly message: string }[];
  readonly stub?: { readonly ok: boolean } | null;
}

interface Said {
  readonly rule: string;
  readonly severity: Severity;
  readonly text: string;
  readonly message: string;
}

/** The rules that speak of what these errors are about. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  NO_SUCH_PROPERTY: ['unknown-property'],
  COULD_NOT_SET_PROPERTY: ['bad-value', 'bad-caps-property', 'unknown-property'],
};

export async function silenceFigures(corpus: Corpus): Promise<Figure[]> {
  const pc = targetNamed('pc gstreamer-1.22');
  const jetson = targetNamed('gstreamer-1.22');
  const assumed = targetNamed('');
  const nvidia = nvidiaNames(jetson);
  const standIns = [...nvidia].flatMap((name) => jetson.catalog.element(name) ?? []).filter(countable);
  const gstreamer = gstreamerVersion() === undefined ? undefined : new Gstreamer(standIns);
  const alarms = { chosen: [] as string[], assumed: [] as string[] };
  const counts = { accepted: 0, unjudged: 0, 'refused with stand-ins': 0 };
  const found = { names: [] as string[], judged: 0 };
  for (const file of ['pipelines.jsonl', 'torture.jsonl']) {
    for (const { id, pipeline, truth } of corpus.rows<Row>(file)) {
      if (pipeline === null || !truth) continue;
      const unknown = truth.unknown ?? [];
      if (truth.ok || (truth.stub?.ok === true && unknown.length > 0)) {
        const known = unknown.every((name) => nvidia.has(name));
        const differs = truth.syntax_aarch64 !== undefined && truth.syntax_aarch64 !== truth.syntax;
        if (!known || (differs && unknown.length > 0)) {
          counts.unjudged++;
          continue;
        }
        if (unknown.length > 0 && gstreamer && !(await gstreamer.ask(pipeline)).ok) {
          counts['refused with stand-ins']++;
          continue;
        }
        counts.accepted++;
        const errors = (target: Target): string[] =>
          say(pipeline, target)
            .filter(({ severity }) => severity === 'error')
            .map(({ rule, text, message }) => `${id}: ${rule} on "${text}": ${message}`);
        alarms.chosen.push(...errors(unknown.length > 0 ? jetson : pc));
        // What a person sees who has chosen nothing: another GStreamer, and another processor.
        if (!differs) alarms.assumed.push(...errors(assumed));
      }
      for (const { kind, message } of truth.errors) {
        const about = ABOUT[kind];
        if (!about || unknown.some((name) => message.includes(`"${name}"`)) || message.includes('preset')) continue;
        found.judged++;
        const said = say(pipeline, pc);
        if (
          !said.some(
            ({ rule, severity }) => severity === 'error' && (about.includes(rule) || rule.startsWith('syntax')),
          )
        ) {
          found.names.push(`${id}: ${message}`);
        }
      }
    }
  }
  gstreamer?.close();
  return [
    count('errors on accepted pipelines', alarms.chosen.length, 0, alarms.chosen, counts),
    count('errors on accepted pipelines (default target)', alarms.assumed.length, 0, alarms.assumed),
    share(
      'refused properties and values found',
      found.judged - found.names.length,
      found.judged,
      undefined,
      found.names,
    ),
  ];
}

function say(pipeline: string, target: Target): Said[] {
  const nobody = {
    path: undefined,
    exists: () => undefined,
    readings: () => [],
    text: () => undefined,
    beside: () => [],
  };
  const failed = (rule: string, error: unknown): never => {
    throw new Error(`rule ${rule} failed on: ${pipeline}`, { cause: error });
  };
  return check(read(bareExcerpt(pipeline), target), rules, nobody, failed).map(({ rule, severity, finding }) => ({
    rule,
    severity,
    text: pipeline.slice(finding.span.start, finding.span.end),
    message: finding.message,
  }));
}

/** Enumerations whose numbers nobody knows cannot be registered. */
const countable = ({ properties }: ElementSpec): boolean =>
  properties.every(({ type }) => !('values' in type) || type.values.every(({ value }) => Number.isInteger(value)));

/** Names of elements that no stock table has. */
function nvidiaNames(target: Target): ReadonlySet<string> {
  return new Set(
    [...target.catalog.heads()]
      .filter((head) => !head.layer.startsWith('gstreamer-') && !head.name.includes('@'))
      .map((head) => head.name),
  );
}
