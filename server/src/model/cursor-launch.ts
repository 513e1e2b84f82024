/**
 * The cursor in gst-launch text. Only what stands in front of the cursor decides, cut as GStreamer's lexer would cut it if
 * the text ended there: a tree of the whole says little while a word in its midst is half written.
 */
import { type LaunchToken, tokenize } from '../syntax/launch/tokens.ts';
import { HOLE } from '../text/excerpt.ts';
import type { AtElement, Cursor, Place } from './cursor.ts';
import { capsCursor } from './cursor-caps.ts';
import type { LaunchReading } from './read.ts';
import { canonicalName, propertyOf, templateOf } from './settings.ts';

/** How far behind the cursor is looked for what an element is given already. */
const FAR = 4000;

const NOTHING: Cursor = { kind: 'nothing' };

export function launchCursor(reading: LaunchReading, { offset, gap }: Place): Cursor {
  const { text } = reading.excerpt;
  const front = text.slice(0, offset) + (gap ? ' ' : '');
  const here = new Here(reading, front, offset, gap);
  return here.caps() ?? here.value() ?? here.word();
}

class Here {
  readonly #reading: LaunchReading;
  readonly #text: string;
  readonly #front: string;
  readonly #offset: number;
  readonly #gap: boolean;
  readonly #tokens: readonly LaunchToken[];
  /** Index of the last link; -1 where there is none. */
  readonly #link: number;

  constructor(reading: LaunchReading, front: string, offset: number, gap: boolean) {
    this.#reading = reading;
    this.#text = reading.excerpt.text;
    this.#front = front;
    this.#offset = offset;
    this.#gap = gap;
    const { gstreamer, arch } = reading.target;
    this.#tokens = tokenize(front, { gstreamer, arch });
    this.#link = this.#tokens.findLastIndex(isLink);
  }

  /** Inside the caps of a link, closed or not. */
  caps(): Cursor | undefined {
    const link = this.#tokens[this.#link];
    const start = link ? this.#capsStart(link) : leadingCaps(this.#front);
    if (start === undefined) return this.#capsToBe();
    return capsCursor(this.#text, this.#front, start, this.#capsEnd(), this.#gap, undefined);
  }

  #capsStart(link: LaunchToken): number | undefined {
    // Up to a colon inside unfinished caps, `! video/x-raw(memory:` is a link of all pads to the lexer.
    if (link.image.length > 1 && link.image.startsWith('!') && link.image.endsWith(':')) return link.startOffset + 1;
    const start = link.endOffset + 1;
    return MEDIA_AHEAD.test(this.#front.slice(start)) ? start : undefined;
  }

  /** Behind a link with nothing in front of fields: a media type was taken out, or is to be written. */
  #capsToBe(): Cursor | undefined {
    const link = this.#tokens[this.#link];
    const start = link ? link.endOffset + 1 : 0;
    if (!/^\s*[\w-]*$/.test(this.#front.slice(start))) return undefined;
    const behind = this.#text.slice(this.#offset, this.#offset + FAR);
    if (!/^[\w/.+-]*(?:\\?\s)*(?:\((?:memory|meta):|,(?:\\?\s)*[a-z][\w-]*(?:\\?\s)*=)/.test(behind)) return undefined;
    return capsCursor(this.#text, this.#front, start, this.#capsEnd(), this.#gap, undefined);
  }

  #capsEnd(): number {
    const end = this.#text.indexOf('!', this.#offset);
    return end < 0 ? this.#text.length : end;
  }

  /** Behind `name=`, in a quoted value also behind its blanks. */
  value(): Cursor | undefined {
    const open = this.#openValue();
    if (!open) return undefined;
    const at = this.#elementBefore(open.token);
    const path = open.name.split('::');
    const name = canonicalName(path.pop() ?? '');
    const property = at.spec && this.#property(at, path, name);
    const quote = /^["']/.exec(this.#front.slice(open.start))?.[0] ?? '';
    const start = open.start + quote.length;
    const end = this.#valueEnd(quote);
    if (property?.type.kind === 'caps') {
      return capsCursor(this.#text, this.#front, start, end, this.#gap, { at, name });
    }
    const from = Math.min(start, this.#offset);
    return {
      kind: 'property-value',
      prefix: this.#front.slice(start, this.#front.length),
      span: { start: from, end: Math.max(end, this.#offset) },
      at,
      name,
      path,
      property,
      quote,
    };
  }

  #property(at: AtElement, path: readonly string[], name: string) {
    const { platform } = this.#reading.target;
    if (path.length === 0) return propertyOf(at.spec!, name, platform);
    const pad = path.length === 1 ? templateOf(at.spec!, path[0]!) : undefined;
    return pad?.properties?.find((property) => property.name === name);
  }

  #valueEnd(quote: string): number {
    if (this.#gap) return this.#offset;
    const behind = this.#text.slice(this.#offset, this.#offset + FAR);
    const rest = quote === '"' ? /^(?:[^"\\!]|\\.)*(?=")/s : quote === "'" ? /^[^'!]*(?=')/ : /^(?:\\\s|[^\s!)])*/;
    return this.#offset + (rest.exec(behind)?.[0].length ?? 0);
  }

  #openValue(): { token: LaunchToken; name: string; start: number } | undefined {
    const last = this.#tokens.length - 1;
    const end = this.#front.length;
    // `name=` with nothing behind it is a word and an operator.
    const [word, equals] = [this.#tokens[last - 1], this.#tokens[last]];
    if (word?.kind === 'IDENTIFIER' && equals?.image === '=') return { token: word, name: word.image, start: end };
    for (let i = last; i > this.#link; i--) {
      const token = this.#tokens[i]!;
      const assigned = /^([^\s=]+)\s*=\s*/.exec(token.image);
      if (token.kind !== 'ASSIGNMENT' || !assigned) continue;
      const start = token.startOffset + assigned[0].length;
      const quote = this.#front[start];
      const quoted = quote === '"' || quote === "'";
      const closed = quoted && i === last && token.endOffset > start && this.#front[token.endOffset] === quote;
      const open = quoted ? !closed && !this.#front.slice(start + 1, end).includes(quote) : false;
      if (open || (i === last && !closed && token.endOffset + 1 === end)) return { token, name: assigned[1]!, start };
    }
    return undefined;
  }

  /** The name of an element, a property, a reference or a pad; or the place for one. */
  word(): Cursor {
    const last = this.#tokens.at(-1);
    const touching = last !== undefined && last.endOffset + 1 === this.#front.length;
    if (!last || !touching) return this.#between(this.#tokens.length - 1, '', this.#offset);
    switch (last.kind) {
      case 'IDENTIFIER':
        return this.#between(this.#tokens.length - 2, last.image, last.startOffset);
      case 'REF':
      case 'PADREF':
        return this.#pad(last);
      case 'LINK':
      case 'LINK_ALL':
        return this.#between(this.#tokens.length - 1, '', this.#offset);
      case 'OPERATOR':
      case 'BINREF':
        return isOpening(last) ? this.#between(this.#tokens.length - 1, '', this.#offset) : NOTHING;
      default:
        return NOTHING;
    }
  }

  #between(before: number, prefix: string, start: number): Cursor {
    const rest = this.#gap ? '' : /^[\w%:-]*/.exec(this.#text.slice(this.#offset, this.#offset + FAR))![0];
    const end = this.#offset + rest.length;
    const word = { prefix, span: { start: Math.min(start, this.#offset), end } };
    const behind = this.#behind(end);
    const token = this.#tokens[before];
    // Behind a reference only a link can follow; behind an element also its properties.
    const owner = this.#ownerIndex(before);
    if (!token || isLink(token) || isOpening(token) || owner < 0) {
      const linked = token !== undefined && isLink(token);
      return {
        kind: 'element-name',
        ...word,
        linked,
        links: behind.links,
        alone: behind.alone && !linked,
        settings: behind.settings,
        glued: linked && prefix === '' && token.endOffset + 1 === this.#front.length,
      };
    }
    const path = prefix.split('::');
    path.pop();
    return {
      kind: 'property-name',
      ...word,
      at: this.#element(this.#tokens[owner]!),
      set: this.#settings(owner, before, behind.settings),
      path,
      links: behind.links,
      assigned: behind.assigned,
    };
  }

  /** What stands behind the word: properties of the same element, and whether a link comes next. */
  #behind(end: number): { settings: string[]; links: boolean; alone: boolean; assigned: boolean } {
    const text = this.#text.slice(end, end + FAR);
    const settings: string[] = [];
    for (const token of tokenize(text.slice(0, linkEnd(text)))) {
      const name = /^([^\s=]+)\s*=/.exec(token.image)?.[1];
      if (token.kind === 'ASSIGNMENT' && name !== undefined) settings.push(keyOf(name));
      else if (token.kind !== 'PRESET') {
        const links = isLink(token);
        return { settings, links, alone: !links && !isClosing(token), assigned: false };
      }
    }
    return { settings, links: false, alone: false, assigned: /^=/.test(text) };
  }

  /** The element that properties at the place would belong to; -1 where none. */
  #ownerIndex(before: number): number {
    for (let i = before; i > this.#link; i--) {
      const { kind, image } = this.#tokens[i]!;
      if (kind === 'ASSIGNMENT' || kind === 'PRESET') continue;
      return kind === 'IDENTIFIER' && !image.includes(HOLE) ? i : -1;
    }
    return -1;
  }

  #settings(owner: number, before: number, behind: readonly string[]): ReadonlySet<string> {
    const set = new Set(behind);
    for (let i = owner + 1; i <= before; i++) {
      const name = /^([^\s=]+)\s*=/.exec(this.#tokens[i]!.image)?.[1];
      if (name !== undefined) set.add(keyOf(name));
    }
    return set;
  }

  #elementBefore(token: LaunchToken): AtElement {
    const owner = this.#ownerIndex(this.#tokens.indexOf(token) - 1);
    return owner < 0 ? { factory: '', spec: undefined, element: undefined } : this.#element(this.#tokens[owner]!);
  }

  #element(token: LaunchToken): AtElement {
    const { pipeline, target } = this.#reading;
    const element = pipeline.elements.find(({ span }) => span.start === token.startOffset);
    return { factory: token.image, spec: element?.spec ?? target.catalog.element(token.image), element };
  }

  #pad(token: LaunchToken): Cursor {
    const rest = this.#gap ? '' : /^[\w%:-]*/.exec(this.#text.slice(this.#offset, this.#offset + FAR))![0];
    const dot = token.image.indexOf('.');
    const index = this.#tokens.indexOf(token);
    const before = this.#tokens[index - 1];
    const linked = before !== undefined && isLink(before);
    const start = token.startOffset + dot + 1;
    return {
      kind: 'pad-name',
      prefix: token.image.slice(dot + 1),
      span: { start, end: this.#offset + rest.length },
      at: dot === 0 ? this.#ownerOfPad(index, linked) : this.#named(token.image.slice(0, dot)),
      direction: linked ? 'sink' : 'src',
    };
  }

  #named(name: string): AtElement | undefined {
    const element = this.#reading.pipeline.byName.get(name);
    return element && { factory: element.factory, spec: element.spec, element };
  }

  /** `.pad` behind a link speaks of the element that follows, elsewhere of the one in front. */
  #ownerOfPad(index: number, linked: boolean): AtElement | undefined {
    if (!linked) {
      const owner = this.#ownerIndex(index - 1);
      return owner < 0 ? undefined : this.#element(this.#tokens[owner]!);
    }
    const next = /^[\w%:-]*\s+([A-Za-z][\w-]*)/.exec(this.#text.slice(this.#offset, this.#offset + FAR))?.[1];
    return next === undefined
      ? undefined
      : { factory: next, spec: this.#reading.target.catalog.element(next), element: undefined };
  }
}

/** Blanks, and the major part of a media type with its slash. A URI's word ends in a colon, a path has a dot or a blank. */
const MEDIA_AHEAD = /^(?:\\?\s)*["']?[a-z][\w-]*\//i;

/** Text that begins with caps, as pieces that a program puts together do. */
const leadingCaps = (front: string): number | undefined =>
  /^\s*(?:video|audio|image|application|text)\/[\w.+-]*/.test(front) ? 0 : undefined;

const keyOf = (written: string): string => {
  const path = written.split('::');
  const name = canonicalName(path.pop() ?? '');
  return [...path, name].join('::');
};

const isLink = (token: LaunchToken): boolean => token.kind === 'LINK' || token.kind === 'LINK_ALL';
const isClosing = (token: LaunchToken): boolean => token.image === ')';
const isOpening = (token: LaunchToken): boolean => token.kind === 'BINREF' || token.image === '(';

/** The first link operator and what belongs to it, so that no more than needed is cut. */
function linkEnd(text: string): number {
  const at = text.indexOf('!');
  return at < 0 ? text.length : at + 1;
}
