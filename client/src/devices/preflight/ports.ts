import type { Check, Finding } from '../check.ts';
import type { PlannedElement } from '../plan.ts';

interface Listens {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** A port that something listens on already cannot be taken. */
export const check: Check = {
  id: 'ports',
  run: ({ planned: { elements }, answers }) =>
    elements.flatMap((element): readonly Finding[] => {
      const wants = listensOn(element);
      if (!wants || !answers.taken(wants.protocol, wants.port)) return [];
      const text = `${element.factory} listens on the ${wants.protocol.toUpperCase()} port ${wants.port}, which is in use on the device.`;
      return [{ severity: 'error', text: `${text} End the other program, or take another port.` }];
    }),
};

/** Default ports are those of the elements' own tables. An udpsrc may share a multicast port, so it counts without a group only. */
function listensOn({ factory, settings }: PlannedElement): Listens | undefined {
  const port = (name: string, fallback: number): number => Number(settings[name] ?? fallback);
  if (factory === 'tcpserversink' || factory === 'tcpserversrc') return { protocol: 'tcp', port: port('port', 4953) };
  if (factory === 'udpsrc' && settings.address === undefined && settings['multicast-group'] === undefined) {
    return { protocol: 'udp', port: port('port', 5004) };
  }
  // A sink of deepstream-app of type 4 serves RTSP.
  if (factory === 'sink' && settings.type === '4') return { protocol: 'tcp', port: port('rtsp-port', 8554) };
  return undefined;
}
