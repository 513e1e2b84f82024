import { parseLaunch } from '../syntax/launch/parser.ts';
import type { LaunchTree } from '../syntax/launch/tree.ts';
import type { Excerpt } from '../text/excerpt.ts';
import { type ConfigFile, readConfigFile } from './config-file.ts';
import { appPipeline } from './deepstream-app.ts';
import { negotiate } from './negotiate.ts';
import type { Pipeline } from './pipeline.ts';
import { resolve } from './resolve.ts';
import type { Target } from './target.ts';

/** An excerpt understood for a target: all that rules and features look at. */
export type Reading = LaunchReading | ConfigReading;

export interface LaunchReading {
  readonly kind: 'launch';
  readonly excerpt: Excerpt;
  readonly tree: LaunchTree;
  readonly pipeline: Pipeline;
  readonly target: Target;
}

export interface ConfigReading {
  readonly kind: 'config';
  readonly excerpt: Excerpt;
  readonly config: ConfigFile;
  readonly target: Target;
}

/**
 * Reads an excerpt: text → tree → pipeline, or the configuration met with its format. Pure, and never throws:
 * what cannot be understood is in the tree's problems or is simply not known.
 */
export function read(excerpt: Excerpt, target: Target): Reading {
  if (excerpt.language === 'config') {
    const config = readConfigFile(excerpt.text, target.catalog.formats(), excerpt.config);
    return { kind: 'config', excerpt, config, target };
  }
  const tree = parseLaunch(excerpt.text, { gstreamer: target.gstreamer, arch: target.arch });
  return { kind: 'launch', excerpt, tree, pipeline: negotiate(resolve(tree, target, excerpt.fragment)), target };
}

/**
 * The pipeline that the excerpt stands for: a command's own, or the one that deepstream-app builds of a configuration,
 * which is made when it is first asked for. Undefined for all other configurations.
 */
export const pipelineOf = (reading: Reading): Pipeline | undefined =>
  reading.kind === 'launch' ? reading.pipeline : appPipeline(reading.config, reading.target);

/** Another text read in an excerpt's place: what it would be after an edit. Fillers in it are holes as before. */
export function readText(text: string, reading: LaunchReading): LaunchReading {
  const { target, excerpt } = reading;
  const tree = parseLaunch(text, { gstreamer: target.gstreamer, arch: target.arch });
  const pipeline = negotiate(resolve(tree, target, excerpt.fragment));
  return { kind: 'launch', excerpt: { ...excerpt, text }, tree, pipeline, target };
}
