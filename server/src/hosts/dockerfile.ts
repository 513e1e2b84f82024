import { codeExcerpts } from '../text/code-excerpts.ts';
import { type CodeDialect, lineEnd, quoted } from '../text/code-tokens.ts';
import { proseCommands } from '../text/comment-commands.ts';
import type { Excerpt, Host, HostAround } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { asIs, Lift, nest } from '../text/lifted.ts';
import { shellExcerpts, stripLeaders } from '../text/shell-commands.ts';
import type { Span } from '../text/span.ts';

// Instructions that run a command: RUN, CMD, ENTRYPOINT, HEALTHCHECK, in the shell's and in the exec form
// (https://docs.docker.com/reference/dockerfile/). What is no instruction is read as a command, too.

const execForm: CodeDialect = {
  id: 'dockerfile',
  lineComments: [],
  blockComments: false,
  adjacent: false,
  joins: [],
  linesEnd: false,
  literal: (text, at) =>
    text[at] === '"' ? quoted(text, at, at, '"', { escapes: 'c', holes: 'none', lines: false }) : undefined,
};

const instruction =
  /^[ \t]*(?:ONBUILD[ \t]+)?(?:HEALTHCHECK[ \t]+(?:--\S+[ \t]+)*(?:\\\r?\n[ \t]*)?)?(RUN|CMD|ENTRYPOINT|SHELL)[ \t]+(?:--\S+[ \t]+)*/i;
const otherInstruction = /^[ \t]*(?:FROM|ENV|ARG|COPY|ADD|LABEL|EXPOSE|WORKDIR|USER|VOLUME|STOPSIGNAL|MAINTAINER)\b/i;

/** Dockerfiles and Containerfiles. */
export const dockerfile: Host = {
  id: 'dockerfile',
  languageIds: ['dockerfile'],
  accepts: fileMatcher(['dockerfile'], /\/(?:[\w.-]*\.)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.dockerfile$/i),
  excerpts(text, around) {
    if (!/gst|!/.test(text)) return [];
    return instructions(text).flatMap((lines) => read(text, lines, around));
  },
};

function read(text: string, lines: readonly Span[], around: HostAround): Excerpt[] {
  const first = lines[0]!;
  const line = text.slice(first.start, first.end);
  if (/^[ \t]*#/.test(line))
    return proseCommands(stripLeaders(text, lines, /^[ \t]*#+[ \t]?/), around, {
      host: 'dockerfile',
      certainty: 'comment',
    });
  if (otherInstruction.test(line)) return [];
  const keyword = instruction.exec(line)?.[0].length ?? 0;
  const lift = new Lift();
  lines.forEach((part, index) => {
    const next = lines[index + 1];
    // Lines of comment within an instruction are taken out before the shell sees it.
    if (index > 0 && /^[ \t]*#/.test(text.slice(part.start, part.end))) return;
    lift.copy(text, part.start + (index === 0 ? keyword : 0), next ? next.start : part.end, asIs);
  });
  const script = lift.done();
  if (/^\s*\[/.test(script.text))
    return codeExcerpts(script.text, around, execForm).map((excerpt) => nest(excerpt, script));
  return shellExcerpts(script.text, around, { host: 'dockerfile' }).map((excerpt) => nest(excerpt, script));
}

/** The lines of each instruction; a here-document belongs to its instruction. */
function instructions(text: string): Span[][] {
  const found: Span[][] = [];
  let lines: Span[] = [];
  let until = '';
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    lines.push({ start: at, end });
    at = end + (text[end] === '\r' ? 2 : 1);
    const comment = /^[ \t]*#/.test(line);
    if (until !== '') {
      if (line.replace(/^\t+/, '') === until) until = '';
    } else until = comment ? '' : (/<<-?["']?(\w+)["']?/.exec(line)?.[1] ?? '');
    const goesOn = until !== '' || /\\[ \t]*$/.test(line) || (comment && lines.length > 1);
    if (goesOn) continue;
    found.push(lines);
    lines = [];
  }
  if (lines.length > 0) found.push(lines);
  return found;
}
