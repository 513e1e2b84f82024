/** Whether a mistake in caps has been proved to break something, so that it is an error and not a warning. */
import type { CapsPlace } from './caps-places.ts';

/** True where the caps stand in a link that GStreamer is bound to refuse. */
export const refusedHere = (place: CapsPlace): boolean => place.link?.agreed.verdict === 'broken';
