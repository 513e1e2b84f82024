import { proseCommands } from '../text/comment-commands.ts';
import type { Excerpt, Host, HostAround } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { launchShape } from '../text/launch-shape.ts';
import { Lift, type Lifted, launchExcerpt, liftSpan, nest, type Writer } from '../text/lifted.ts';
import { shellExcerpts } from '../text/shell-commands.ts';
import type { Span } from '../text/span.ts';

// Attribute values and texts of XML, ROS launch files above all: entities undone, line ends in attributes made blanks
// (XML 1.0, 3.3.3), `$(arg …)` and its kin (http://wiki.ros.org/roslaunch/XML, substitution args) made holes.

/** XML: ROS launch files, and others with pipelines in them. */
export const xml: Host = {
  id: 'xml',
  languageIds: ['xml'],
  accepts: fileMatcher(['xml'], /\.(?:xml|launch|xacro|urdf|sdf|world)$/),
  excerpts(text, around) {
    if (!/!|gst-launch/.test(text)) return [];
    return Array.from(values(text)).flatMap((value) => read(text, value, around));
  },
};

interface Value {
  readonly span: Span;
  readonly kind: 'attribute' | 'text' | 'comment';
  readonly mark: string;
}

/** Attribute values, texts and comments in order. The document need not be well formed. */
function* values(text: string): Iterable<Value> {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const textEnd = open < 0 ? text.length : open;
    if (textEnd > at) yield { span: { start: at, end: textEnd }, kind: 'text', mark: '' };
    if (open < 0) return;
    if (text.startsWith('<!--', open)) {
      const close = text.indexOf('-->', open + 4);
      const end = close < 0 ? text.length : close;
      yield { span: { start: open + 4, end }, kind: 'comment', mark: '' };
      at = end + 3;
      continue;
    }
    if (text.startsWith('<![CDATA[', open)) {
      const close = text.indexOf(']]>', open + 9);
      const end = close < 0 ? text.length : close;
      yield { span: { start: open + 9, end }, kind: 'text', mark: 'cdata' };
      at = end + 3;
      continue;
    }
    at = open + 1;
    while (at < text.length && text[at] !== '>') {
      const c = text[at]!;
      if (c === '"' || c === "'") {
        const close = text.indexOf(c, at + 1);
        if (close < 0) {
          at = text.length;
          break;
        }
        yield { span: { start: at + 1, end: close }, kind: 'attribute', mark: c };
        at = close;
      }
      at++;
    }
    at++;
  }
}

function read(text: string, value: Value, around: HostAround): Excerpt[] {
  const raw = text.slice(value.span.start, value.span.end);
  if (!/!|gst-launch/.test(raw)) return [];
  if (value.kind === 'comment')
    return proseCommands(liftSpan(text, value.span.start, value.span.end), around, {
      host: 'xml',
      certainty: 'comment',
    });
  const lifted = undo(text, value);
  if (lifted.text.includes('gst-launch')) {
    const shell = shellExcerpts(lifted.text, around, {
      host: 'xml',
      certainty: value.kind === 'text' ? 'guess' : 'code',
    });
    return shell.map((excerpt) => nest(excerpt, lifted));
  }
  const shape = launchShape(lifted.text, (name) => around.known(name));
  if (!shape.pipeline) return [];
  return [
    launchExcerpt(lifted, {
      host: 'xml',
      context: value.kind,
      certainty: 'guess',
      consumer: 'parse-launch',
      span: value.span,
      fragment: shape.fragment,
    }),
  ];
}

const special =
  /&(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});|\r?\n|\t|\$\((?:arg|find|env|optenv|var|eval|anon|dirname|find-pkg-share)\b[^()\n]*\)|\$\{[^{}\n]*\}/g;
const names: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'" };

function undo(text: string, value: Value): Lifted {
  const lift = new Lift();
  const write: Writer = value.mark === 'cdata' ? (t) => t : (t) => escaped(t, value.mark);
  let from = value.span.start;
  for (const hit of text.slice(value.span.start, value.span.end).matchAll(special)) {
    const start = value.span.start + hit.index;
    const span = { start, end: start + hit[0].length };
    if (value.kind === 'text' && /^[\r\n\t]/.test(hit[0])) continue;
    if (value.mark === 'cdata' && hit[0].startsWith('&')) continue;
    lift.copy(text, from, start, write);
    from = span.end;
    if (hit[0].startsWith('$')) lift.hole(hit[0], span, write);
    else if (/^[\r\n\t]/.test(hit[0])) lift.put(' ', span, write);
    else lift.put(names[hit[0]] ?? numbered(hit[0]), span, write);
  }
  return lift.copy(text, from, value.span.end, write).done();
}

const numbered = (entity: string): string => {
  const code = entity[2] === 'x' ? Number.parseInt(entity.slice(3, -1), 16) : Number.parseInt(entity.slice(2, -1), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
};

function escaped(text: string, mark: string): string {
  const entities = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  if (mark === '"') return entities.replaceAll('"', '&quot;');
  return mark === "'" ? entities.replaceAll("'", '&apos;') : entities;
}
