/** What the graph page shows, as a value. Pure: no DOM. */
import type { GraphPicture, GraphToPage, Keep, PictureElement, PictureLink } from '../views/panel-messages.ts';

export interface GraphState {
  readonly picture: GraphPicture | undefined;
  /** Shown instead of a picture. */
  readonly message: string;
  readonly selected: Selected | undefined;
}

export interface Selected {
  readonly what: 'element' | 'link';
  readonly id: number;
}

export const firstState: GraphState = { picture: undefined, message: 'Drawing …', selected: undefined };

/** The state after a message from the editor. What is selected stays so where it is still there. Throws on no picture. */
export function afterMessage(state: GraphState, message: Exclude<GraphToPage, Keep>): GraphState {
  switch (message.type) {
    case 'show': {
      const { picture } = message;
      if (typeof picture?.svg !== 'string') throw new Error('the message holds no picture');
      const kept = state.selected && find(picture, state.selected) ? state.selected : undefined;
      return { picture, message: '', selected: kept };
    }
    case 'empty':
      return { picture: undefined, message: message.message, selected: undefined };
    case 'select':
      return message.element === undefined
        ? { ...state, selected: undefined }
        : select(state, { what: 'element', id: message.element });
    default:
      return state;
  }
}

export const select = (state: GraphState, selected: Selected): GraphState =>
  state.picture && find(state.picture, selected) ? { ...state, selected } : state;

/** The element or link that a selection means. */
export function find(picture: GraphPicture, { what, id }: Selected): PictureElement | PictureLink | undefined {
  return (what === 'element' ? picture.elements : picture.links).find((part) => part.id === id);
}

/** Where an arrow key leads: along a link, or to the next branch of the same element. */
export function step(state: GraphState, key: string): Selected | undefined {
  const { picture, selected } = state;
  if (!picture || picture.elements.length === 0) return undefined;
  if (!selected) return { what: 'element', id: picture.elements[0]!.id };
  const { links } = picture;
  if (selected.what === 'link') {
    const link = links.find(({ id }) => id === selected.id);
    if (!link) return undefined;
    if (key === 'forward') return { what: 'element', id: link.to };
    if (key === 'back') return { what: 'element', id: link.from };
    const beside = links.filter((one) => one.from === link.from || one.to === link.to);
    return around(beside, link, key, 'link');
  }
  const along = links.find((link) => (key === 'forward' ? link.from : link.to) === selected.id);
  if (key === 'forward' || key === 'back') return along && { what: 'link', id: along.id };
  const here = picture.elements.find(({ id }) => id === selected.id);
  return here && around(picture.elements, here, key, 'element');
}

function around<Part extends { readonly id: number }>(
  parts: readonly Part[],
  here: Part,
  key: string,
  what: Selected['what'],
): Selected | undefined {
  const next = parts[parts.indexOf(here) + (key === 'next' ? 1 : -1)];
  return next && { what, id: next.id };
}

/** The memories that the picture's links have, in the order of a legend. */
export function memories(picture: GraphPicture): string[] {
  const order = ['nvmm', 'system', 'cuda', 'dmabuf', 'gl', 'va', 'unknown'];
  const there = new Set(picture.links.filter(({ verdict }) => verdict !== 'broken').map(({ memory }) => memory));
  return order.filter((memory) => there.has(memory));
}

/** In one sentence what is wrong, for the line below the picture and for screen readers. */
export function summary(picture: GraphPicture): string {
  const broken = picture.links.filter(({ verdict }) => verdict === 'broken').length;
  const problems = [...picture.elements, ...picture.links].flatMap((part) => part.problems);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
  const parts = [count(picture.elements.length, 'element'), count(picture.links.length, 'link')];
  if (broken > 0) parts.push(`${broken} broken`);
  if (errors > 0) parts.push(count(errors, 'error'));
  return parts.join(', ');
}

/** How large a picture is drawn so that it fits, but never too small to read. */
export function scaleFor(picture: { width: number; height: number }, room: { width: number; height: number }): number {
  if (picture.width <= 0 || picture.height <= 0) return 1;
  const whole = Math.min(room.width / picture.width, room.height / picture.height);
  return Math.min(1, Math.max(0.7, whole));
}
