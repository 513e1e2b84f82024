/**
 * Which other files a text names: what rules check, what links lead to, and how the workspace knows what hangs together.
 * Says where a path is written and what is expected there; whether the file exists is the workspace's to know.
 */
import type { Catalog } from '../catalog/catalog.ts';
import type { Span } from '../text/span.ts';
import type { ConfigFile, ConfigKey, ConfigSection } from './config-file.ts';
import { isOff } from './config-groups.ts';
import { isOpen } from './config-value.ts';
import type { Pipeline } from './pipeline.ts';
import type { Reading } from './read.ts';

export interface Reference {
  /** As written, without `file://` and quotes of YAML; relative to the text's folder, or absolute. */
  readonly path: string;
  readonly span: Span;
  /** Id of the configuration format that is expected there; undefined where it is another kind of file. */
  readonly format: string | undefined;
  /** What the file is: `config`, `labels`, `engine`, `onnx`, `library`, `directory`, `output-file` … */
  readonly holds: string;
  /** How DeepStream resolves the path: against this file's folder, the working folder, or where the loader searches. */
  readonly relativeTo: 'file' | 'cwd' | 'loader';
  /** The key that names it; undefined in pipelines. */
  readonly key: ConfigKey | undefined;
  readonly section: ConfigSection | undefined;
  /** False where the group that names it is switched off. */
  readonly used: boolean;
}

/** The files that a reading names, in the order of the text. */
export const referencesOf = (reading: Reading): readonly Reference[] =>
  reading.kind === 'config'
    ? configReferences(reading.config)
    : launchReferences(reading.pipeline, reading.target.catalog);

/** The files that a configuration names; paths that are still to be filled in are none. */
export function configReferences(config: ConfigFile): readonly Reference[] {
  const known = kept.get(config);
  if (known) return known;
  const found: Reference[] = [];
  for (const section of config.sections) {
    let used: boolean | undefined;
    for (const key of section.keys) {
      const spec = key.spec;
      if (!spec?.file || key.dropped || key.nested) continue;
      used ??= !isOff(config, section);
      for (const { text, span } of wordsOf(key)) {
        if (text === '' || isOpen(text)) continue;
        found.push({
          path: text,
          span,
          format: spec.file === true ? undefined : spec.file,
          holds: spec.holds ?? (spec.file === true ? 'any' : 'config'),
          relativeTo: spec.relativeTo ?? 'file',
          key,
          section,
          used,
        });
      }
    }
  }
  kept.set(config, found);
  return found;
}

const kept = new WeakMap<ConfigFile, readonly Reference[]>();

/** The files that the elements of a pipeline name. Which properties do stands in the tables of the formats. */
export function launchReferences(pipeline: Pipeline, catalog: Catalog): readonly Reference[] {
  const known = keptOfPipelines.get(pipeline);
  if (known) return known;
  const formats = formatsByProperty(catalog);
  const found = pipeline.elements.flatMap((element) =>
    element.settings.flatMap((setting): Reference[] => {
      const format = formats.get(`${element.factory} ${setting.name}`);
      if (format === undefined || setting.overridden || !setting.value || isOpen(setting.value)) return [];
      return [
        {
          path: setting.value,
          span: setting.valueSpan,
          format,
          holds: 'config',
          relativeTo: 'cwd',
          key: undefined,
          section: undefined,
          used: true,
        },
      ];
    }),
  );
  keptOfPipelines.set(pipeline, found);
  return found;
}

const keptOfPipelines = new WeakMap<Pipeline, readonly Reference[]>();

/** `path` as it is written in the file at `from`, seen from where `from` is seen: both of them relative to one folder, or absolute. */
export function seenFrom(from: string, path: string): string {
  if (path.startsWith('/')) return path;
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  return folder + path;
}

const properties = new WeakMap<Catalog, ReadonlyMap<string, string>>();

function formatsByProperty(catalog: Catalog): ReadonlyMap<string, string> {
  let found = properties.get(catalog);
  if (!found) {
    found = new Map(
      [...catalog.formats()].flatMap((format) =>
        (format.namedBy ?? []).map(({ element, property }) => [`${element} ${property}`, format.id] as const),
      ),
    );
    properties.set(catalog, found);
  }
  return found;
}

/** The value's paths: one, or those of a list. `sub-batches` of a tracker may name several files with `;` between. */
function wordsOf(key: ConfigKey): readonly { text: string; span: Span }[] {
  if (key.items) return key.items.map(({ text, span }) => ({ text, span }));
  const isList = key.spec?.type.kind === 'list' || key.name === 'll-config-file';
  const words: { text: string; span: Span }[] = [];
  let at = 0;
  for (const part of isList ? key.value.split(';') : [key.value]) {
    const text = part.trim();
    const start = key.valueSpan.start + at + part.indexOf(text);
    if (key.value.length === key.valueSpan.end - key.valueSpan.start) {
      words.push({ text, span: { start, end: start + text.length } });
    } else words.push({ text, span: key.valueSpan });
    at += part.length + 1;
  }
  return words;
}
