/** The checklist over a device: asked in one go, read point by point, written as a page. */
import { collect, type Runner } from '../remote/runner.ts';
import type { Board } from './board-facts.ts';
import { points } from './diagnose/index.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Release } from './releases.ts';

/** Asks all points of the device. What fails to answer is unknown; nothing on the device is changed. */
export async function diagnose(
  runner: Runner,
  board: Board,
  releases: readonly Release[],
  abort?: AbortSignal,
): Promise<readonly Diagnosis[]> {
  // A point that ends early or sets a variable does so in a shell of its own.
  const script = points
    .map(({ id, script: lines }) => `echo "@point ${id}"; ( ${lines || ':'}\n) </dev/null`)
    .join('\n');
  const { out } = await collect(
    runner.exec(['/bin/sh', '-c', `PATH=$PATH:/usr/sbin:/sbin\n${script}`], { input: '', ...(abort && { abort }) }),
    2_000_000,
  );
  return readDiagnoses(out, board, releases);
}

/** The points out of what the script prints. */
export function readDiagnoses(out: string, board: Board, releases: readonly Release[]): readonly Diagnosis[] {
  const parts = new Map(
    out
      .split(/^@point /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const),
  );
  return points.map(({ id, title, read }) => ({ id, title, ...read(parts.get(id) ?? '', { board, releases }) }));
}

const SIGNS = { good: '✓', bad: '✗', note: '!', unknown: '?' } as const;

/** The page: what is wrong first. */
export function diagnosisPage(device: string, found: readonly Diagnosis[]): string {
  const order = ['bad', 'note', 'good', 'unknown'];
  const sorted = [...found].sort((one, other) => order.indexOf(one.is) - order.indexOf(other.is));
  const count = (is: Diagnosis['is']): number => found.filter((one) => one.is === is).length;
  const head = `# ${device}\n\n${count('bad')} wrong, ${count('note')} to look at, ${count('good')} in order, ${count('unknown')} not known.\n`;
  return [head, ...sorted.map(section)].join('\n');
}

function section({ is, title, text, fix }: Diagnosis): string {
  const lines = [`## ${SIGNS[is]} ${title}`, '', ...asText(text)];
  if (fix) lines.push('', '**What to do:** ', ...asText(fix.text));
  return `${lines.join('\n')}\n`;
}

/** What a device printed is text and no Markdown. */
const asText = (text: string): readonly string[] =>
  text.includes('\n')
    ? ['```text', ...text.split('\n').map((line) => line.replace(/^`{3,}/, "'''")), '```']
    : [text.replace(/[\\`*_<>[\]#|]/g, '\\$&')];
