/**
 * What a page has sent, as a message or not at all. A page runs where anything may go wrong, so nothing of it is taken on
 * trust. Pure.
 */
import type { CanvasToHost, CapsToHost, DoctorToHost, GraphToHost, Point, ShapeKind } from './panel-messages.ts';

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
