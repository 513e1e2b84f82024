/** Pipelines drawn from the tables, judged by us and by the real GStreamer (with stand-ins for NVIDIA's elements). */
import { readFileSync } from 'node:fs';
import { read } from '../../server/src/model/read.ts';
import type { Target } from '../../server/src/model/target.ts';
import { bareExcerpt } from '../../server/src/workspace/bare.ts';
import { Gstreamer } from './gstreamer.ts';
import { PipelineMaker } from './pipelines.ts';
import { Random } from './random.ts';

export interface LinkScore {
  readonly accepted: number;
  readonly refused: number;
  readonly crashed: number;
  /** Broken verdicts on what GStreamer refuses. */
  readonly found: number;
  /** Broken verdicts on what GStreamer accepts: one text a line, with what we said. */
  readonly wrong: readonly string[];
  /** Broken verdicts at another link than GStreamer's first. */
  readonly elsewhere: readonly string[];
  /** What GStreamer refuses and we do not, by the ends of the link. */
  readonly missed: ReadonlyMap<string, readonly string[]>;
  /** Verdicts on all links. */
  readonly links: { readonly agreed: number; readonly open: number; readonly broken: number };
}

/** Judges `count` pipelines of that seed. `progress` is told how many are done. */
export async function judgeLinks(
  target: Target,
  count: number,
  seed: number,
  progress: (done: number) => void = () => {},
): Promise<LinkScore> {
  const uses = JSON.parse(readFileSync(new URL('../../schemas/elements/use.json', import.meta.url), 'utf8')).uses;
  const maker = new PipelineMaker(target.catalog, uses, new Random(seed));
  const gstreamer = new Gstreamer(nvidiaElements(target));
  const score = {
    accepted: 0,
    refused: 0,
    crashed: 0,
    found: 0,
    wrong: [] as string[],
    elsewhere: [] as string[],
    missed: new Map<string, string[]>(),
    links: { agreed: 0, open: 0, broken: 0 },
  };
  try {
    for (let i = 0; i < count; i++) {
      if (i % 500 === 0) progress(i);
      const { text, mutations } = maker.next();
      const verdict = await gstreamer.ask(text);
      const reading = read(bareExcerpt(text), target);
      if (reading.kind !== 'launch') continue;
      for (const link of reading.pipeline.links) score.links[link.agreed.verdict]++;
      const broken = reading.pipeline.links.find((link) => link.agreed.verdict === 'broken');
      const theirs = verdict.errors.find((error) => error.code === 'link');
      const refuses = theirs !== undefined || verdict.conflicts.length > 0;
      if (verdict.crashed) score.crashed++;
      // What is refused for another reason (an element that cannot be made) says nothing about links.
      if (!refuses && !verdict.ok) continue;
      if (refuses) score.refused++;
      else score.accepted++;
      const ours = broken && `${broken.from.element.name} → ${broken.to.element.name}`;
      if (broken && !refuses) score.wrong.push(`${text}   (we: ${ours}, ${broken.agreed.conflict?.kind})`);
      if (broken && refuses) {
        score.found++;
        const names = theirs && /could not link (\S+) to ([^\s,]+)/.exec(theirs.message);
        const same =
          names &&
          bare(names[1]!) === bare(broken.from.element.name) &&
          bare(names[2]!) === bare(broken.to.element.name);
        if (names && !same) score.elsewhere.push(`${text}   (we: ${ours}; GStreamer: ${theirs.message})`);
      }
      if (!broken && refuses) {
        const cause = theirs ? bareMessage(theirs.message) : 'conflict';
        const list = score.missed.get(cause) ?? [];
        list.push(`${text}   (${mutations.join(', ')}; ${theirs?.message ?? verdict.conflicts[0]?.join(' ')})`);
        score.missed.set(cause, list);
      }
    }
  } finally {
    gstreamer.close();
  }
  return score;
}

/** The elements that a PC does not have, of those whose pads are known. */
export const nvidiaElements = (target: Target) =>
  [...target.catalog.heads()]
    .filter((head) => !head.layer.startsWith('gstreamer') && !head.name.includes('@'))
    .map((head) => target.catalog.element(head.name)!)
    .filter((spec) => spec.pads.length > 0);

/** The name without its number: the real one counts on over all pipelines. */
const bare = (name: string): string => name.replace(/-?\d+$/, '');

const bareMessage = (message: string): string =>
  message
    .replace(/^could not link /, '')
    .replace(/, .*/, '')
    .replace(/-?\d+\b/g, '');
