/** The program's own tables and a few texts as files: the world that cases, properties and measurements run in. */
import { loadTable } from '../../server/src/disk.ts';
import type { Target } from '../../server/src/model/target.ts';
import { analyze, type World } from '../../server/src/workspace/analyze.ts';
import type { Analysis, Document } from '../../server/src/workspace/document.ts';
import { uriOf } from '../../server/src/workspace/paths.ts';
import { makeTargets } from '../../server/src/workspace/targets.ts';
import { memoryFiles } from './files.ts';

const targets = makeTargets(loadTable);

/** The target of these words (`orin-nano-8gb deepstream-7.1`); empty: the default. Throws where there is none. */
export function targetNamed(words: string): Target {
  const target = targets.named(words.split(/\s+/).filter((word) => word !== ''));
  if (!target) throw new Error(`no target is called "${words}"`);
  return target;
}

/** A world with these files and nothing else. A rule or a host that fails in it throws, so that tests see it. */
export function testWorld(words = '', files: Readonly<Record<string, string>> = {}): World {
  return {
    files: memoryFiles(files),
    target: targetNamed(words),
    targetNamed: (named) => targets.named(named),
    severities: {},
    log: (message) => {
      throw new Error(message);
    },
  };
}

/** A text as a document; `path` is absolute. */
export const documentOf = (text: string, languageId: string, path = '/project/case'): Document => ({
  uri: uriOf(path),
  version: 1,
  text,
  languageId,
});

/** A text analysed for a target. */
export const look = (text: string, languageId: string, words = ''): Analysis =>
  analyze(documentOf(text, languageId), testWorld(words));
