/**
 * What a page has sent, as a message or not at all. A page runs where anything may go wrong, so nothing of it is taken on
 * trust. Pure.
 */
import type {
  CanvasToHost,
  CapsToHost,
  DoctorToHost,
  GraphToHost,
  LogFilterWords,
  LogToHost,
  Point,
  ShapeKind,
  StatsLook,
  StatsToHost,
} from './panel-messages.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Undefined where it is none that the graph's page sends. */
export function graphMessage(sent: unknown): GraphToHost | undefined {
  const { type, direction, what, id, index, link, kind, text, message } = fieldsOf(sent);
  switch (type) {
    case 'ready':
      return { type };
    case 'shape':
      return direction === 'LR' || direction === 'TB' ? { type, direction } : undefined;
    case 'reveal':
      return (what === 'element' || what === 'link') && isCount(id) ? { type, what, id } : undefined;
    case 'choose':
      return isCount(index) ? { type, index } : undefined;
    case 'inspect':
      return isCount(link) ? { type, link } : undefined;
    case 'export':
      return (kind === 'svg' || kind === 'png') && typeof text === 'string' ? { type, kind, text } : undefined;
    case 'failed':
      return typeof message === 'string' ? { type, message } : undefined;
    default:
      return undefined;
  }
}

/** Undefined where it is none that the canvas' page sends. */
export function canvasMessage(sent: unknown): CanvasToHost | undefined {
  const { type, section, key, points, kind, stream, turn } = fieldsOf(sent);
  const named = typeof section === 'string' && typeof key === 'string' ? { section, key } : undefined;
  const counted = isCount(turn) ? { turn } : undefined;
  switch (type) {
    case 'ready':
    case 'pickPicture':
    case 'clearPicture':
    case 'undo':
    case 'redo':
    case 'save':
      return { type };
    case 'reveal':
      return named && { type, ...named };
    case 'remove':
      return named && counted && { type, ...named, ...counted };
    case 'points':
      return named && counted && arePoints(points) ? { type, ...named, points, ...counted } : undefined;
    case 'add':
      return isKind(kind) && isCount(stream) && counted && arePoints(points)
        ? { type, kind, stream, points, ...counted }
        : undefined;
    default:
      return undefined;
  }
}

/** Undefined where it is none that the page of the caps inspector sends. */
export function capsMessage(sent: unknown): CapsToHost | undefined {
  const { type, from, to } = fieldsOf(sent);
  if (type === 'ready') return { type };
  return type === 'ask' && typeof from === 'string' && typeof to === 'string' ? { type, from, to } : undefined;
}

/** Undefined where it is none that the page of the tegrastats panel sends. */
export function statsMessage(sent: unknown): StatsToHost | undefined {
  const { type, device, milliseconds, look } = fieldsOf(sent);
  switch (type) {
    case 'ready':
    case 'connect':
    case 'record':
    case 'save':
    case 'open':
    case 'live':
      return { type };
    case 'choose':
      return typeof device === 'string' ? { type, device } : undefined;
    case 'interval':
      return isCount(milliseconds) ? { type, milliseconds } : undefined;
    case 'look': {
      const read = lookOf(look);
      return read && { type, look: read };
    }
    default:
      return undefined;
  }
}

/** Also of what was kept of a look. */
export function lookOf(value: unknown): StatsLook | undefined {
  const { window, folded, hidden } = fieldsOf(value);
  return isCount(window) && areTexts(folded) && areTexts(hidden) ? { window, folded, hidden } : undefined;
}

/** Undefined where it is none that the page of the debug log sends. */
export function logMessage(sent: unknown): LogToHost | undefined {
  const { type, generation, from, to, count, filter, log, element } = fieldsOf(sent);
  switch (type) {
    case 'ready':
    case 'save':
    case 'open':
    case 'clear':
      return { type };
    case 'want':
      return isCount(generation) && isCount(from) && isCount(count) ? { type, generation, from, count } : undefined;
    case 'copy':
      return isCount(generation) && isCount(from) && isCount(to) && to >= from
        ? { type, generation, from, to }
        : undefined;
    case 'choose':
      return typeof log === 'string' ? { type, log } : undefined;
    case 'reveal':
      return typeof element === 'string' ? { type, element } : undefined;
    case 'filter': {
      const words = filterOf(filter);
      return words && { type, filter: words };
    }
    default:
      return undefined;
  }
}

function filterOf(value: unknown): LogFilterWords | undefined {
  const { level, category, element, text } = fieldsOf(value);
  const texts = [level, category, element, text];
  return areTexts(texts) ? { level: texts[0]!, category: texts[1]!, element: texts[2]!, text: texts[3]! } : undefined;
}

const areTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length < 1_000 && value.every((one) => typeof one === 'string');

/** Undefined where it is none that the Doctor's page sends. */
export function doctorMessage(sent: unknown): DoctorToHost | undefined {
  const { type, group, check } = fieldsOf(sent);
  if (type === 'ready' || type === 'again' || type === 'copy') return { type };
  return type === 'do' && isCount(group) && isCount(check) ? { type, group, check } : undefined;
}

const fieldsOf = (sent: unknown): Fields => (typeof sent === 'object' && sent !== null ? (sent as Fields) : {});

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isKind = (value: unknown): value is ShapeKind =>
  value === 'region' || value === 'crowd' || value === 'line' || value === 'direction';

/** A shape has at least two points, each a pair of numbers. */
const arePoints = (value: unknown): value is readonly Point[] =>
  Array.isArray(value) &&
  value.length >= 2 &&
  value.every((one: unknown) => Number.isFinite(fieldsOf(one).x) && Number.isFinite(fieldsOf(one).y));
