import { isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments, type Scalar, visit } from 'yaml';
import { lineEnd } from '../text/code-tokens.ts';
import { proseCommands } from '../text/comment-commands.ts';
import type { Excerpt, Host, HostAround } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { type Argument, launchText, launchTool } from '../text/launch-command.ts';
import { launchShape } from '../text/launch-shape.ts';
import { asIs, Lift, type Lifted, launchExcerpt, nest } from '../text/lifted.ts';
import { groupLines, shellExcerpts, stripLeaders } from '../text/shell-commands.ts';
import type { Span } from '../text/span.ts';
import { liftScalar, type ScalarStyle } from '../text/yaml-scalars.ts';

// Values in YAML: scripts (`run:`, `command:`), lists of arguments, and bare pipelines. `${…}` and `{{ … }}`, which
// compose files, workflows and templates fill in, are holes.

const tooLarge = 4_000_000;
const scripts = /^(?:run|command|script|cmd|args|entrypoint|before_script|after_script|test|exec\w*|runOn\w+|shell)$/i;

/** YAML: compose files, CI workflows, Kubernetes manifests, parameters. */
export const yaml: Host = {
  id: 'yaml',
  languageIds: ['yaml', 'dockercompose', 'github-actions-workflow'],
  accepts: fileMatcher(['yaml', 'dockercompose', 'github-actions-workflow'], /\.(?:ya?ml)$/),
  excerpts(text, around) {
    if (!/!|gst-launch/.test(text) || text.length > tooLarge) return [];
    const bare = /^\s*(?:[\w./]*\/)?gst-launch/.test(text);
    const found = bare
      ? shellExcerpts(text, around, { host: 'yaml' })
      : [...values(text, around), ...comments(text, around)];
    return found;
  },
};

function values(text: string, around: HostAround): Excerpt[] {
  const found: Excerpt[] = [];
  try {
    const documents = parseAllDocuments(text, {
      logLevel: 'silent',
      prettyErrors: false,
      strict: false,
      uniqueKeys: false,
      merge: false,
    });
    if (!Array.isArray(documents)) return [];
    for (const document of documents) {
      visit(document, {
        Map(_, map) {
          const command = map.get('command', true);
          const args = map.get('args', true);
          if (!isSeq(command) || !isSeq(args)) return undefined;
          found.push(...list(text, [...command.items, ...args.items], around));
          return undefined;
        },
        Seq(_, seq, path) {
          const parent = path.at(-1);
          const key = isPair(parent) && isScalar(parent.key) ? parent.key.value : undefined;
          const owner = path.at(-2);
          const paired =
            isMap(owner) &&
            (key === 'command' || key === 'args') &&
            isSeq(owner.get('command', true)) &&
            isSeq(owner.get('args', true));
          if (!paired) found.push(...list(text, seq.items, around));
          return undefined;
        },
        Scalar(key, scalar, path) {
          const parent = path.at(-1);
          if (key === 'key' || typeof scalar.value !== 'string') return;
          const name =
            isPair(parent) && isScalar(parent.key) ? String(parent.key.value) : keyAbove(path as readonly unknown[]);
          found.push(...value(text, scalar as Scalar<string>, name, around));
        },
      });
    }
  } catch {
    // Nesting too deep for the YAML parser: nobody wrote that by hand.
    return found;
  }
  return found;
}

function keyAbove(path: readonly unknown[]): string {
  for (let i = path.length - 1; i >= 0 && i >= path.length - 3; i--) {
    const node = path[i];
    if (isPair(node) && isScalar(node.key)) return String(node.key.value);
  }
  return '';
}

function value(text: string, scalar: Scalar<string>, key: string, around: HostAround): Excerpt[] {
  if (!/!|gst-launch/.test(scalar.value) || !scalar.range) return [];
  const lifted = openVariables(lift(text, scalar));
  const span = { start: scalar.range[0], end: scalar.range[1] };
  if (lifted.text.includes('gst-launch') || (scripts.test(key) && /\n/.test(lifted.text))) {
    const sure = scripts.test(key) ? 'code' : 'guess';
    return shellExcerpts(lifted.text, around, { host: 'yaml', certainty: sure }).map((excerpt) =>
      nest(excerpt, lifted),
    );
  }
  const shape = launchShape(lifted.text, (name) => around.known(name));
  if (!shape.pipeline) return [];
  return [
    launchExcerpt(lifted, {
      host: 'yaml',
      context: `value:${key}`,
      certainty: 'guess',
      consumer: 'parse-launch',
      span,
      fragment: shape.fragment,
    }),
  ];
}

/** A list whose elements are the arguments of gst-launch-1.0. */
function list(text: string, items: readonly unknown[], around: HostAround): Excerpt[] {
  const scalars = items.filter(
    (item): item is Scalar<string> => isScalar(item) && item.range !== null && item.range !== undefined,
  );
  if (scalars.length !== items.length || !scalars.some((item) => item.value === '!')) return [];
  const args: Argument[] = scalars.map((item) => ({
    lifted: openVariables(lift(text, item)),
    span: { start: item.range![0], end: item.range![1] },
  }));
  const tool = args.findIndex((argument) => launchTool.test(argument.lifted.text));
  const launch = launchText(args.slice(tool + 1), text, () => '", "');
  const shape = launchShape(launch.lifted.text, (name) => around.known(name));
  if (tool < 0 && !shape.pipeline) return [];
  return [
    launchExcerpt(launch.lifted, {
      host: 'yaml',
      context: 'argv-list',
      certainty: tool < 0 ? 'guess' : 'code',
      consumer: 'gst-launch',
      span: { start: args[0]!.span.start, end: args.at(-1)!.span.end },
      options: launch.options,
      fragment: tool < 0 && shape.fragment,
      problems: launch.problems,
    }),
  ];
}

function lift(text: string, scalar: Pick<Scalar, 'value' | 'range' | 'type'> & Partial<Node>): Lifted {
  const [start, end] = scalar.range!;
  const lifted = liftScalar(text, start, end, (scalar.type ?? 'PLAIN') as ScalarStyle);
  const wanted = String(scalar.value);
  // A form this reader does not know to the letter is still read, only without a fine map.
  return lifted.text === wanted || typeof scalar.value !== 'string'
    ? lifted
    : new Lift().put(wanted, { start, end }, asIs).done();
}

function openVariables(lifted: Lifted): Lifted {
  if (!/\$\{|\{\{|\$\$/.test(lifted.text)) return lifted;
  const open = new Lift();
  let from = 0;
  for (const hit of lifted.text.matchAll(
    /\$\{\{[^{}\n]*\}\}|\{\{[^{}\n]*\}\}|\$\{[A-Za-z_]\w*(?:[:?+-][^{}\n]*)?\}/g,
  )) {
    open.addPart(lifted, from, hit.index);
    from = hit.index + hit[0].length;
    const { runs, pens } = new Lift().addPart(lifted, hit.index, from).done();
    open.hole(hit[0], { start: runs[0]!.document.start, end: runs.at(-1)!.document.end }, pens[0]!.write);
  }
  return open.addPart(lifted, from, lifted.text.length).done();
}

function comments(text: string, around: HostAround): Excerpt[] {
  const lines: Span[] = [];
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    const mark = /^[ \t]*#/.exec(text.slice(at, Math.min(end, at + 200)));
    if (mark) lines.push({ start: at + mark[0].length - 1, end });
    at = end + (text[end] === '\r' ? 2 : 1);
  }
  return groupLines(text, lines).flatMap((group) =>
    proseCommands(stripLeaders(text, group, /^#+[ \t]?/), around, { host: 'yaml', certainty: 'comment' }),
  );
}
