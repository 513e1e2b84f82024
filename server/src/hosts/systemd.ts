import { lineEnd } from '../text/code-tokens.ts';
import { proseCommands } from '../text/comment-commands.ts';
import type { Excerpt, Host, HostAround } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { launchText, launchTool } from '../text/launch-command.ts';
import { asIs, Lift, type Lifted, launchExcerpt, nest } from '../text/lifted.ts';
import { shellExcerpts, stripLeaders } from '../text/shell-commands.ts';
import { liftWord, noScope, shellArguments, wordText } from '../text/shell-words.ts';
import type { Span } from '../text/span.ts';
import { systemdWords, type Word, WordReader } from '../text/words.ts';

// Command lines of systemd units (systemd.service(5), "COMMAND LINES"; systemd.syntax(7), "QUOTING"): words and quotes
// much as in a shell, but nothing is redirected or piped, and `%` begins a specifier.

/** systemd's unit files. */
export const systemd: Host = {
  id: 'systemd',
  languageIds: ['systemd-unit-file', 'systemd', 'systemd-conf'],
  accepts: fileMatcher(
    ['systemd-unit-file', 'systemd', 'systemd-conf', 'ini', 'properties'],
    /\.(?:service|socket|timer|container)$|\.service\.d\/[^/]+\.conf$/,
  ),
  excerpts(text, around) {
    if (!text.includes('gst-launch')) return [];
    return entries(text).flatMap((entry) => read(text, entry, around));
  },
};

const command = /^[ \t]*(?:Exec\w*|Exec)[ \t]*=[ \t]*[@:+!|-]*/;

function read(text: string, entry: readonly Span[], around: HostAround): Excerpt[] {
  const first = text.slice(entry[0]!.start, entry[0]!.end);
  if (/^[ \t]*[#;]/.test(first))
    return proseCommands(stripLeaders(text, entry, /^[ \t]*[#;]+[ \t]?/), around, {
      host: 'systemd',
      certainty: 'comment',
    });
  const line = openSpecifiers(joined(text, entry, command.exec(first)?.[0].length ?? 0));
  if (!line.text.includes('gst-launch')) return [];
  const reader = new WordReader(line.text, 0, line.text.length, systemdWords);
  const words: Word[] = [];
  for (let token = reader.next(); token; token = reader.next()) if (token.kind === 'word') words.push(token);
  const tool = words.findIndex((word) => launchTool.test(wordText(word)));
  if (tool < 0) {
    return words.flatMap((word) => {
      if (!wordText(word).includes('gst-launch')) return [];
      const script = liftWord(word, line.text, noScope);
      return shellExcerpts(script.text, around, { host: 'systemd' }).map((excerpt) =>
        nest(nest(excerpt, script), line),
      );
    });
  }
  const end = words.findIndex(
    (word, index) => index > tool && wordText(word) === ';' && word.pieces[0]?.quote === 'none',
  );
  const args = words.slice(tool + 1, end < 0 ? words.length : end);
  const launch = launchText(shellArguments(args, line.text, noScope), line.text);
  if (launch.lifted.text.trim() === '') return [];
  const excerpt = launchExcerpt(launch.lifted, {
    host: 'systemd',
    context: 'command',
    certainty: 'code',
    consumer: 'gst-launch',
    span: { start: words[0]!.span.start, end: (args.at(-1) ?? words[tool]!).span.end },
    options: launch.options,
    problems: launch.problems,
  });
  return [nest(excerpt, line)];
}

/** The lines of an entry as one: a backslash at a line's end is a blank, lines of comment between are passed over. */
function joined(text: string, entry: readonly Span[], from: number): Lifted {
  const lift = new Lift();
  entry.forEach((line, index) => {
    const body = text.slice(line.start, line.end);
    if (index > 0 && /^[ \t]*[#;]/.test(body)) return;
    const start = line.start + (index === 0 ? from : 0);
    if (body.endsWith('\\') && index < entry.length - 1) {
      lift.copy(text, start, line.end - 1, asIs).put(' ', { start: line.end - 1, end: entry[index + 1]!.start }, asIs);
    } else lift.copy(text, start, line.end, asIs);
  });
  return lift.done();
}

function openSpecifiers(line: Lifted): Lifted {
  if (!line.text.includes('%')) return line;
  const lift = new Lift();
  const doubled = (text: string): string => text.replaceAll('%', '%%');
  let from = 0;
  for (const hit of line.text.matchAll(/%(?:%|[a-zA-Z])/g)) {
    lift.addPart(line, from, hit.index);
    from = hit.index + 2;
    const run = new Lift().addPart(line, hit.index, from).done().runs;
    const span = { start: run[0]!.document.start, end: run.at(-1)!.document.end };
    if (hit[0] === '%%') lift.put('%', span, doubled);
    else lift.hole(hit[0], span, doubled);
  }
  return lift.addPart(line, from, line.text.length).done();
}

/** The lines of each entry. */
function entries(text: string): Span[][] {
  const found: Span[][] = [];
  let lines: Span[] = [];
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    lines.push({ start: at, end });
    const line = text.slice(at, end);
    at = end + (text[end] === '\r' ? 2 : 1);
    const comment = /^[ \t]*[#;]/.test(line);
    if ((line.endsWith('\\') && (!comment || lines.length > 1)) || (comment && lines.length > 1)) continue;
    found.push(lines);
    lines = [];
  }
  if (lines.length > 0) found.push(lines);
  return found;
}
