/**
 * The pipeline that deepstream-app builds of a configuration. It is written down as a gst-launch command, which is read
 * like any other; each element then points to the group that it comes from, and each setting to its key. Follows
 * create_pipeline of deepstream_app.c and the bins of apps/common; queues that change nothing are left out.
 */
import { parseLaunch } from '../syntax/launch/parser.ts';
import { writeValue } from '../syntax/launch/values.ts';
import type { Span } from '../text/span.ts';
import { type AppConfig, type AppGroup, appConfigOf } from './app-config.ts';
import { branchesOf } from './app-sinks.ts';
import { sourceChains } from './app-sources.ts';
import type { ConfigFile, ConfigKey } from './config-file.ts';
import { negotiate } from './negotiate.ts';
import type { Element, Endpoint, Pipeline, Setting } from './pipeline.ts';
import { resolve } from './resolve.ts';
import type { Target } from './target.ts';

/** A piece of the command with the group that it comes from. */
export type Part =
  | {
      readonly kind: 'element';
      readonly factory: string;
      readonly group: AppGroup;
      readonly settings: readonly PartSetting[];
    }
  | { readonly kind: 'caps'; readonly text: string }
  /** The pad of another element, by its name. */
  | { readonly kind: 'pad'; readonly text: string };

export interface PartSetting {
  readonly name: string;
  readonly value: string;
  readonly key: ConfigKey | undefined;
}

/** Pieces that are linked one to the next. */
export type PartChain = readonly Part[];

/** The pipeline of a deepstream-app configuration; undefined where it is none, or its sources stand elsewhere. */
export function appPipeline(config: ConfigFile, target: Target): Pipeline | undefined {
  const app = appConfigOf(config);
  if (!app || config.format?.id === 'deepstream-audio') return undefined;
  const before = kept.get(config);
  if (before?.target === target) return before.pipeline;
  const chains = chainsOf(app, target);
  const pipeline = chains && build(chains, target);
  kept.set(config, { target, pipeline });
  return pipeline;
}

const kept = new WeakMap<ConfigFile, { readonly target: Target; readonly pipeline: Pipeline | undefined }>();

/** A gst-launch command that does what deepstream-app does with the configuration; undefined as for {@link appPipeline}. */
export function launchText(config: ConfigFile, target: Target): string | undefined {
  const app = appConfigOf(config);
  const chains = app && config.format?.id !== 'deepstream-audio' ? chainsOf(app, target) : undefined;
  return chains && `gst-launch-1.0 -e ${chains.map((chain) => written(chain, forShell)).join(' \\\n  ')}`;
}

function chainsOf(app: AppConfig, target: Target): readonly PartChain[] | undefined {
  const sources = sourceChains(app, target);
  if (!sources) return undefined;
  const branches = branchesOf(app, target, sources.streams);
  return [...sources.chains, [...sources.start, ...middle(app), ...branches.trunk], ...branches.chains];
}

/** What works on the batches. */
function middle(app: AppConfig): Part[] {
  const parts: Part[] = [];
  if (app.preprocess) {
    parts.push(
      element('queue', app.preprocess),
      element('nvdspreprocess', app.preprocess, [['config-file', 'config-file']]),
    );
  }
  if (app.primary) parts.push(element('queue', app.primary), inference(app.primary));
  if (app.tracker) parts.push(element('nvtracker', app.tracker, TRACKER));
  for (const group of app.secondaries) parts.push(element('queue', group), inference(group));
  if (app.analytics)
    parts.push(
      element('queue', app.analytics),
      element('nvdsanalytics', app.analytics, [['config-file', 'config-file']]),
    );
  return parts;
}

function inference(group: AppGroup): Part {
  const server = group.number('plugin-type') === 1;
  const all = server ? INFERENCE.filter(([key]) => key !== 'model-engine-file' && key !== 'gpu-id') : INFERENCE;
  return element(server ? 'nvinferserver' : 'nvinfer', group, all);
}

type Mapping = readonly (readonly [key: string, property: string])[];

const INFERENCE: Mapping = [
  ['config-file', 'config-file-path'],
  ['batch-size', 'batch-size'],
  ['interval', 'interval'],
  ['gie-unique-id', 'unique-id'],
  ['operate-on-gie-id', 'infer-on-gie-id'],
  ['gpu-id', 'gpu-id'],
  ['model-engine-file', 'model-engine-file'],
  ['input-tensor-meta', 'input-tensor-meta'],
];

const TRACKER: Mapping = [
  ['tracker-width', 'tracker-width'],
  ['tracker-height', 'tracker-height'],
  ['ll-lib-file', 'll-lib-file'],
  ['ll-config-file', 'll-config-file'],
  ['gpu-id', 'gpu-id'],
  ['display-tracking-id', 'display-tracking-id'],
  ['compute-hw', 'compute-hw'],
];

/** An element of a group, with the keys that become its properties. */
export function element(
  factory: string,
  group: AppGroup,
  mapping: Mapping = [],
  more: readonly PartSetting[] = [],
): Part {
  const settings = mapping.flatMap(([from, name]): PartSetting[] => {
    const key = group.key(from);
    // A number is what the program reads: `4 # text` is 4.
    const number = key?.spec?.reader === 'integer' ? group.number(from) : undefined;
    const value = number === undefined ? key?.value.trim() : String(number);
    return key && value ? [{ name, value, key }] : [];
  });
  return { kind: 'element', factory, group, settings: [...more, ...settings] };
}

/** A setting that no key gives. */
export const fixed = (name: string, value: string, key?: ConfigKey): PartSetting => ({ name, value, key });

/** The chain as gst-launch's parser takes it; `quote` makes each word fit for where it is written. */
const written = (chain: PartChain, quote: (word: string) => string = (word) => word): string =>
  chain.map((part) => wordsOf(part).map(quote).join(' ')).join(' ! ');

const wordsOf = (part: Part): string[] =>
  part.kind === 'element'
    ? [part.factory, ...part.settings.map(({ name, value }) => `${name}=${writeValue(value)}`)]
    : [part.text];

/** A word as a shell takes it. */
const forShell = (word: string): string =>
  /^[\w./:+%@,~=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** Reads the command and leads what it made back to the configuration. */
function build(chains: readonly PartChain[], target: Target): Pipeline {
  const text = chains.map((chain) => written(chain)).join(' ');
  const tree = parseLaunch(text, { gstreamer: target.gstreamer, arch: target.arch });
  const pipeline = resolve(tree, target);
  const parts = chains.flat().filter((part) => part.kind === 'element');
  const moved = new Map<Element, Element>();
  const move = (one: Element): Element => {
    const known = moved.get(one);
    if (known) return known;
    const part = parts[one.index];
    // A pipeline in which something was left out has no element for each part.
    const origin = part?.factory === one.factory ? part : undefined;
    const span = origin?.group.section.header ?? NOWHERE;
    const made: Element = {
      ...one,
      span,
      node: undefined,
      bin: undefined,
      settings: one.settings.map((setting, i) => moveSetting(setting, origin?.settings[i]?.key, span)),
    };
    moved.set(one, made);
    return made;
  };
  const elements = pipeline.elements.map(move);
  const end = (point: Endpoint): Endpoint => {
    const there = move(point.element);
    return { ...point, element: there, padSpan: point.padSpan && there.span };
  };
  return negotiate({
    elements,
    dropped: pipeline.dropped.map(move),
    bins: [],
    loose: [],
    open: pipeline.open,
    byName: new Map([...pipeline.byName].map(([name, one]) => [name, move(one)])),
    links: pipeline.links.map((link) => {
      const from = end(link.from);
      return {
        ...link,
        from,
        to: end(link.to),
        node: undefined,
        span: from.element.span,
        filterSpan: link.filterSpan && from.element.span,
      };
    }),
  });
}

const NOWHERE: Span = { start: 0, end: 0 };

const moveSetting = (setting: Setting, key: ConfigKey | undefined, otherwise: Span): Setting => ({
  ...setting,
  span: key?.span ?? otherwise,
  nameSpan: key?.nameSpan ?? otherwise,
  valueSpan: key?.valueSpan ?? otherwise,
});
