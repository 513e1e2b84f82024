/** Numbers that people write most: sizes of pictures, ports that nobody has taken yet. */
import type { Suggestion } from './suggestion.ts';

/** Of cameras, screens and streams, by the name of the field. */
export const STANDARD_SIZES: ReadonlyMap<string, readonly string[]> = new Map([
  ['width', ['1920', '1280', '3840', '640', '2560', '4096', '320']],
  ['height', ['1080', '720', '2160', '480', '1440', '240']],
]);

/** What RTP, RTSP and plain streams are sent to as a rule. */
const USUAL_PORTS = ['5000', '5004', '5600', '8554'];

/** Ports that are free, the default first; where that is taken, the next one that is not. */
export function ports(usual: string | undefined, taken: ReadonlySet<string>): Suggestion[] {
  const found: Suggestion[] = [];
  const add = (port: string, why: string): void => {
    if (!taken.has(port) && !found.some(({ label }) => label === port))
      found.push({ label: port, kind: 'value', ...(why !== '' && { why }) });
  };
  if (usual !== undefined && /^[1-9]\d*$/.test(usual)) add(usual, 'default');
  const last = Math.max(0, ...[...taken].map(Number).filter((port) => Number.isInteger(port) && port < LAST));
  if (last > 0) add(String(last + 1), `next after ${last}`);
  for (const port of USUAL_PORTS) add(port, '');
  return found;
}

const LAST = 65_535;
