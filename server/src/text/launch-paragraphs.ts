import type { Excerpt, HostAround } from './excerpt.ts';
import { asIs, Lift, type Lifted, launchExcerpt, nest } from './lifted.ts';
import { shellExcerpts } from './shell-commands.ts';

// Pipelines that stand as they are: as they are given to the parser, with lines of comment that begin with `#`, with
// `\` at a line's end, and with blank lines between one pipeline and the next. A gst-launch command among them, as
// pasted from a terminal, is read as the shell would.

/** What is in a paragraph: a pipeline, or a command of a shell. */
export interface Paragraph {
  readonly start: number;
  readonly end: number;
  readonly command: boolean;
}

const command =
  /(?:^|[\n;&|(][ \t]*|[$#>][ \t]+)(?:(?:sudo|env|time|nohup|exec|[A-Za-z_]\w*=\S*)[ \t]+)*(?:[\w./~+-]*\/)?gst-launch(?:-1\.0|-0\.10)?(?:\.exe)?[ \t\r\n\\]/;

/** The pipeline of a paragraph, or those of its commands. */
export function paragraphExcerpts(text: string, part: Paragraph, around: HostAround, host: string): Excerpt[] {
  const body = text.slice(part.start, part.end);
  if (part.command) {
    const lift = new Lift();
    // Prompts are no part of the command.
    let at = part.start;
    for (const line of body.split(/(?<=\n)/)) {
      const prompt = /^[ \t]*[$>][ \t]+(?=\S)/.exec(line)?.[0].length ?? 0;
      lift.copy(text, at + prompt, at + line.length, asIs);
      at += line.length;
    }
    const script = lift.done();
    return shellExcerpts(script.text, around, { host }).map((excerpt) => nest(excerpt, script));
  }
  const lifted = pipelineText(text, part);
  if (lifted.text.trim() === '') return [];
  const span = { start: part.start, end: part.end };
  return [
    launchExcerpt(lifted, {
      host,
      context: 'pipeline',
      certainty: 'code',
      consumer: 'parse-launch',
      span,
    }),
  ];
}

/** The lines of a pipeline without comments and continuations. */
function pipelineText(text: string, part: Paragraph): Lifted {
  const lift = new Lift();
  let at = part.start;
  for (const line of text.slice(part.start, part.end).split(/(?<=\n)/)) {
    const end = at + line.length;
    if (!/^[ \t]*#/.test(line)) {
      const continued = /\\\r?\n?$/.exec(line);
      if (continued)
        lift.copy(text, at, at + continued.index, asIs).put(' ', { start: at + continued.index, end }, asIs);
      else lift.copy(text, at, end, asIs);
    }
    at = end;
  }
  return lift.done();
}

/**
 * The document cut at blank lines. What is cut apart in the middle of a pipeline is put together again: where a link
 * stands at the cut, where the line before goes on, and where one part refers to a name of the other.
 */
export function launchParagraphs(text: string): Paragraph[] {
  const parts: { start: number; end: number; names: Set<string>; wanted: string[] }[] = [];
  for (const hit of text.matchAll(/[^\n]*(?:\S[^\n]*)(?:\n[^\n]*\S[^\n]*)*/g)) {
    const body = hit[0];
    const bare = body.replace(/^[ \t]*#.*$/gm, '');
    if (bare.trim() === '') continue;
    const end = hit.index + body.replace(/\r$/, '').length;
    const names = new Set(Array.from(bare.matchAll(/(?:^|[ \t\n])name=["']?([\w-]+)/g), (name) => name[1]!));
    const wanted = Array.from(
      bare.matchAll(/(?:^|[ \t\n])([A-Za-z_][\w-]*)\.(?=[\w]*(?:[ \t\r\n]|$))/g),
      (name) => name[1]!,
    );
    const next = { start: hit.index, end, names, wanted };
    const last = parts.at(-1);
    if (last && joined(text, last, next)) {
      last.end = next.end;
      for (const name of next.names) last.names.add(name);
      last.wanted.push(...next.wanted);
    } else parts.push(next);
  }
  return parts.map(({ start, end }) => ({ start, end, command: command.test(text.slice(start, end)) }));
}

function joined(
  text: string,
  last: { start: number; end: number; names: Set<string>; wanted: string[] },
  next: { start: number; end: number; names: Set<string>; wanted: string[] },
): boolean {
  const head = text.slice(next.start, Math.min(next.end, next.start + 200));
  if (/(?:^|[\s/])gst-launch/.test(head.split('\n')[0]!)) return false;
  const tail = text.slice(Math.max(last.start, last.end - 200), last.end).trimEnd();
  if (tail.endsWith('!') || tail.endsWith('\\') || /^[ \t]*!/.test(head)) return true;
  return (
    next.wanted.some((name) => last.names.has(name) && !next.names.has(name)) ||
    last.wanted.some((name) => next.names.has(name) && !last.names.has(name))
  );
}
