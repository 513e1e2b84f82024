import { lineEnd } from '../text/code-tokens.ts';
import { proseCommands } from '../text/comment-commands.ts';
import type { Excerpt, Host, HostAround } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { launchShape } from '../text/launch-shape.ts';
import { asIs, Lift, type Lifted, launchExcerpt, nest } from '../text/lifted.ts';
import { shellExcerpts } from '../text/shell-commands.ts';

// Fenced code by its language, which the neighbour for that language reads; terminal sessions with their prompts; and
// commands and pipelines in the prose between (CommonMark 0.31, 4.5 and 6.1).

const fenceLanguages: Record<string, string> = {
  sh: 'shellscript',
  bash: 'shellscript',
  shell: 'shellscript',
  zsh: 'shellscript',
  shellscript: 'shellscript',
  py: 'python',
  python: 'python',
  python3: 'python',
  'c++': 'cpp',
  cpp: 'cpp',
  cc: 'cpp',
  c: 'c',
  h: 'c',
  rust: 'rust',
  rs: 'rust',
  js: 'javascript',
  javascript: 'javascript',
  ts: 'typescript',
  typescript: 'typescript',
  jsx: 'javascript',
  tsx: 'typescript',
  go: 'go',
  golang: 'go',
  java: 'java',
  kotlin: 'kotlin',
  'c#': 'csharp',
  cs: 'csharp',
  csharp: 'csharp',
  docker: 'dockerfile',
  dockerfile: 'dockerfile',
  make: 'makefile',
  makefile: 'makefile',
  systemd: 'systemd-unit-file',
  ini: 'systemd-unit-file',
  service: 'systemd-unit-file',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  jsonc: 'json',
  xml: 'xml',
  html: 'xml',
  launch: 'xml',
  bat: 'bat',
  batch: 'bat',
  cmd: 'bat',
  powershell: 'powershell',
  ps1: 'powershell',
  pwsh: 'powershell',
  gst: 'gst-launch',
  gstreamer: 'gst-launch',
  'gst-launch': 'gst-launch',
};
const terminals = new Set([
  '',
  'console',
  'text',
  'txt',
  'plaintext',
  'plain',
  'none',
  'terminal',
  'session',
  'shell-session',
  'shellsession',
  'sh-session',
  'command',
  'cli',
  'output',
  'code',
  'linux',
]);

/** Markdown and other marked-up prose. */
export const markdown: Host = {
  id: 'markdown',
  languageIds: ['markdown', 'mdx', 'restructuredtext', 'asciidoc', 'quarto'],
  accepts: fileMatcher(
    ['markdown', 'mdx', 'restructuredtext', 'asciidoc', 'quarto'],
    /\.(?:md|markdown|mdx|mkd|rst|adoc|asciidoc|qmd)$/i,
  ),
  excerpts(text, around) {
    if (!/!|gst-launch/.test(text)) return [];
    return blocks(text).flatMap((block) =>
      block.language === undefined ? prose(block.lifted, around) : fence(block.language, block.lifted, around),
    );
  },
};

interface Block {
  /** The fence's language; undefined for prose. */
  readonly language: string | undefined;
  readonly lifted: Lifted;
}

/** The document as fences and what is between them. */
function blocks(text: string): Block[] {
  const found: Block[] = [];
  let lift = new Lift();
  let language: string | undefined;
  let mark = '';
  let indent = 0;
  let quotes = '';
  const close = (next: string | undefined): void => {
    if (lift.length > 0) found.push({ language, lifted: lift.done() });
    lift = new Lift();
    language = next;
  };
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    const after = Math.min(text.length, end + (text[end] === '\r' ? 2 : 1));
    const line = text.slice(at, end);
    const hit = /^((?:[ \t]*>[ \t]?)*)([ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*([^\s`{]*)/.exec(line);
    if (mark === '' && hit && !(hit[3]!.startsWith('`') && line.slice(hit[0].length).includes('`'))) {
      close(hit[4]!.toLowerCase());
      mark = hit[3]!;
      indent = hit[2]!.length;
      quotes = hit[1]!;
    } else if (mark !== '' && hit && hit[3]!.startsWith(mark) && hit[4] === '' && hit[3]![0] === mark[0]) {
      close(undefined);
      mark = '';
    } else {
      let start = at;
      if (mark !== '') {
        if (quotes !== '') start += /^(?:[ \t]*>[ \t]?)*/.exec(line)![0].length;
        for (let i = 0; i < indent && start < end && ' \t'.includes(text[start]!); i++) start++;
      }
      lift.copy(text, start, after, asIs);
    }
    at = after;
  }
  close(undefined);
  return found;
}

function fence(language: string, lifted: Lifted, around: HostAround): Excerpt[] {
  const { text } = lifted;
  if (!/!|gst/.test(text)) return [];
  const name = language.replace(/^\{?\.?/, '').replace(/[},].*$/, '');
  const id = fenceLanguages[name];
  const host = id && id !== 'shellscript' ? around.host(id) : undefined;
  if (host)
    return host
      .excerpts(text, around)
      .map((excerpt) => nest(excerpt, lifted, { host: 'markdown', context: `${excerpt.context}:fence-${name}` }));
  if (id === undefined && !terminals.has(name)) return prose(lifted, around);
  const script = withoutPrompts(lifted);
  if (text.includes('gst-launch') || id === 'shellscript') {
    return shellExcerpts(script.text, around, { host: 'markdown' }).map((excerpt) => nest(excerpt, script));
  }
  const quoted = strings(lifted, around);
  if (quoted.length > 0) return quoted;
  const shape = launchShape(text, (element) => around.known(element));
  if (!shape.pipeline)
    return shellExcerpts(script.text, around, { host: 'markdown' }).map((excerpt) => nest(excerpt, script));
  const launch = around.host('gst-launch');
  if (!launch) return [];
  return launch
    .excerpts(text, around)
    .map((excerpt) =>
      nest(excerpt, lifted, { host: 'markdown', context: 'fence', certainty: 'guess', fragment: shape.fragment }),
    );
}

/** A terminal's text without `$ ` before commands and `> ` before their continuations. */
function withoutPrompts(lifted: Lifted): Lifted {
  const lift = new Lift();
  let from = 0;
  for (const hit of lifted.text.matchAll(
    /^[ \t]*(?:\(?[\w.~-]+\)?[ \t]*)?(?:[\w.-]+@[\w.-]+:?[^\s$#]*)?[$>][ \t]+(?=\S)|^[ \t]*#[ \t]+(?=(?:sudo[ \t]+)?gst-launch-1\.0 .*!)/gm,
  )) {
    lift.addPart(lifted, from, hit.index);
    from = hit.index + hit[0].length;
  }
  return from === 0 ? lifted : lift.addPart(lifted, from, lifted.text.length).done();
}

/** Prose: commands in it, code spans, and code that stands there without a fence. */
function prose(lifted: Lifted, around: HostAround): Excerpt[] {
  const found: Excerpt[] = proseCommands(lifted, around, {
    host: 'markdown',
    certainty: 'comment',
    context: 'command',
  });
  const covered = (start: number, end: number, all: readonly Excerpt[]): boolean =>
    all.some((excerpt) => excerpt.span.start < end && start < excerpt.span.end);
  for (const excerpt of [...spans(lifted, around), ...strings(lifted, around), ...bare(lifted, around)]) {
    if (!covered(excerpt.span.start, excerpt.span.end, found)) found.push(excerpt);
  }
  return found;
}

/** Code spans that hold a pipeline. */
function spans(lifted: Lifted, around: HostAround): Excerpt[] {
  const found: Excerpt[] = [];
  if (!lifted.text.includes('`')) return found;
  for (const hit of lifted.text.matchAll(/(?<!`)(`{1,2})(?!`)([^`]{3,4000})\1(?!`)/g)) {
    const start = hit.index + hit[1]!.length;
    const body = hit[2]!;
    if (body.includes('gst-launch') || /\n[ \t]*\n/.test(body)) continue;
    const shape = launchShape(body, (element) => around.known(element));
    if (!shape.pipeline) continue;
    const part = new Lift().addPart(lifted, start, start + body.length).done();
    const span = { start: part.runs[0]!.document.start, end: part.runs.at(-1)!.document.end };
    found.push(
      launchExcerpt(part, {
        host: 'markdown',
        context: 'code-span',
        certainty: 'comment',
        consumer: 'parse-launch',
        span,
        fragment: true,
      }),
    );
  }
  return found;
}

/** Paragraphs that are a pipeline from their first word. */
function bare(lifted: Lifted, around: HostAround): Excerpt[] {
  const plain = around.host('plaintext');
  if (!plain || lifted.text.includes('gst-launch')) return [];
  return plain
    .excerpts(lifted.text, around)
    .map((excerpt) => nest(excerpt, lifted, { host: 'markdown', certainty: 'comment' }));
}

/** Strings with a pipeline in paragraphs of code that has no fence; read as Python, whose strings are like most. */
function strings(lifted: Lifted, around: HostAround): Excerpt[] {
  const python = around.host('python');
  if (!python || !/["']/.test(lifted.text)) return [];
  const found: Excerpt[] = [];
  for (const hit of lifted.text.matchAll(/[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*/g)) {
    if (!/["'][^"']*!/.test(hit[0]) || /gst-launch/.test(hit[0])) continue;
    const part = new Lift().addPart(lifted, hit.index, hit.index + hit[0].length).done();
    for (const excerpt of python.excerpts(part.text, around)) {
      found.push(nest(excerpt, part, { host: 'markdown', certainty: 'comment' }));
    }
  }
  return found;
}
