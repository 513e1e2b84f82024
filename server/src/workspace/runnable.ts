/**
 * A pipeline or configuration of a document as whoever runs it needs it: the text with what is still to be filled in, the
 * files it names that lie on this machine, where each element stands. Runs nothing and knows no device.
 */

import { pipelineOf, type Reading } from '../model/read.ts';
import { configReferences } from '../model/references.ts';
import type { Runnable, RunnableFile } from '../protocol.ts';
import type { Span } from '../text/span.ts';
import type { Files } from './files.ts';
import { folderOf, isAbsolute, resolvePath } from './paths.ts';

/** What a runnable needs beside its reading. */
export interface Surroundings {
  /** Path of the document. */
  readonly path: string;
  /** Folders of the workspace, as absolute paths. */
  readonly folders: readonly string[];
  readonly files: Files;
  /** The readings of another file. */
  readings(path: string): readonly Reading[];
}

/** A {@link Runnable} but for its places, which are spans of the document here. */
export type RunnableIn = Omit<Runnable, 'range' | 'elements'> & {
  readonly span: Span;
  readonly elements: readonly { readonly name: string; readonly factory: string; readonly span: Span }[];
};

export function runnableOf(reading: Reading, around: Surroundings): RunnableIn {
  const { excerpt } = reading;
  const pipeline = pipelineOf(reading);
  const elements = (pipeline?.elements ?? []).map(({ name, factory, span }) => ({
    name,
    factory,
    span: excerpt.map.toDocument(span),
  }));
  const common = { text: excerpt.text, span: excerpt.span, elements, certainty: excerpt.certainty };
  if (reading.kind === 'config') {
    const format = reading.config.format?.id;
    return {
      ...common,
      kind: 'config',
      title: nameOf(around.path),
      holes: [],
      options: [],
      ...(format !== undefined && { format }),
      files: configFiles(reading, around),
      outputs: configReferences(reading.config).flatMap(({ used, holds, path }) =>
        used && holds === 'output-file' ? [path] : [],
      ),
    };
  }
  return {
    ...common,
    kind: 'launch',
    title: titleOf(elements.map(({ factory }) => factory)),
    holes: excerpt.holes.map(({ span, source }) => ({ ...span, source })),
    options: excerpt.options.map(({ text }) => text),
    consumer: excerpt.consumer,
    ...launchFiles(reading, around),
  };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function titleOf(factories: readonly string[]): string {
  const ends = factories.length > 3 ? [factories[0]!, '…', factories.at(-1)!] : factories;
  return ends.join(' → ') || 'empty pipeline';
}

/** Where a relative path may start: the document's folder, then those of the workspace. */
const starts = ({ path, folders }: Surroundings): string[] => [folderOf(path), ...folders];

/** The file of this machine that a path names; undefined where there is none. Folders end in `/` in a listing and are none. */
function fileAt(written: string, around: Surroundings, from: readonly string[]): string | undefined {
  for (const folder of isAbsolute(written) ? [''] : from) {
    const path = resolvePath(folder, written);
    if (around.files.exists(path) && around.files.list(folderOf(path)).includes(nameOf(path))) return path;
  }
  return undefined;
}

type Launch = Extract<Reading, { kind: 'launch' }>;
type Config = Extract<Reading, { kind: 'config' }>;

function launchFiles(reading: Launch, around: Surroundings): Pick<Runnable, 'files' | 'outputs'> {
  const files = new Map<string, RunnableFile>();
  const outputs: string[] = [];
  for (const { factory, spec, settings } of reading.pipeline.elements) {
    const writes = spec ? spec.klass.includes('Sink') : factory.endsWith('sink');
    for (const { value, valueSpan, overridden, name } of settings) {
      if (value === undefined || value === '' || overridden || !/[./]/.test(value)) continue;
      if (writes && name === 'location') {
        outputs.push(value);
        continue;
      }
      const written = value.replace(/^file:\/\//, '');
      const path = fileAt(written, around, starts(around));
      if (path === undefined) continue;
      if (!files.has(path)) files.set(path, { path, written: value, ...valueSpan });
      for (const inner of around.readings(path)) {
        if (inner.kind !== 'config') continue;
        for (const file of configFiles(inner, { ...around, path }))
          if (!files.has(file.path)) files.set(file.path, file);
      }
    }
  }
  return { files: [...files.values()], outputs };
}

/** More files than any project names; a circle of configurations ends here too. */
const MOST = 500;

/** The files that a configuration names, and those that these name in turn. */
function configFiles(reading: Config, around: Surroundings, seen = new Set<string>()): RunnableFile[] {
  const found: RunnableFile[] = [];
  for (const { path: written, used, holds, relativeTo, format } of configReferences(reading.config)) {
    if (!used || holds === 'output-file' || holds === 'directory' || relativeTo === 'loader') continue;
    const path = fileAt(written, around, relativeTo === 'cwd' ? starts(around) : [folderOf(around.path)]);
    if (path === undefined || seen.has(path) || seen.size > MOST) continue;
    seen.add(path);
    found.push({ path, written });
    if (format === undefined && holds !== 'config') continue;
    for (const inner of around.readings(path)) {
      if (inner.kind === 'config') found.push(...configFiles(inner, { ...around, path }, seen));
    }
  }
  return found;
}
