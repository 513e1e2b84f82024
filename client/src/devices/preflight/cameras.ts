import type { Check, Finding } from '../check.ts';
import type { PlannedElement } from '../plan.ts';
import { modeWords, type VideoNode } from '../video-nodes.ts';

/** The camera must be there, and have the size that is asked of it. */
export const check: Check = {
  id: 'cameras',
  run: ({ planned: { elements }, board: { nodes, said } }) =>
    elements.flatMap((element): readonly Finding[] => {
      if (element.factory === 'v4l2src') return v4l2(element, nodes);
      if (element.factory !== 'nvarguscamerasrc' || said.model === undefined || said.argus !== undefined) return [];
      const text = 'nvargus-daemon does not run on the device; without it no CSI camera gives a picture.';
      return [{ severity: 'warning', text: `${text} Start it: sudo systemctl restart nvargus-daemon` }];
    }),
};

function v4l2(
  { settings: { device = '/dev/video0' }, caps }: PlannedElement,
  nodes: readonly VideoNode[],
): readonly Finding[] {
  if (!/^\/dev\/video\d+$/.test(device)) return [];
  const node = nodes.find(({ path }) => path === device);
  if (!node) {
    const others = nodes.filter(({ kind }) => kind === 'camera').map(({ path }) => path);
    const text = `The device has no ${device}${others.length > 0 ? `; its cameras are ${others.join(', ')}` : ' and no camera'}.`;
    return [{ severity: 'error', text }];
  }
  const width = field(caps, 'width');
  const height = field(caps, 'height');
  const sized = node.modes.filter((mode) => mode.width !== undefined && fits(caps, mode.format));
  if (width === undefined || height === undefined || sized.length === 0) return [];
  if (sized.some((mode) => mode.width === width && mode.height === height)) return [];
  const some = sized.slice(0, 6).map(modeWords).join('; ');
  return [{ severity: 'warning', text: `${device} does not list ${width}×${height}. It has ${some}.` }];
}

const field = (caps: string, name: string): number | undefined => {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:\\(int\\)\\s*)?(\\d+)`).exec(caps)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** Whether a mode's format is of the kind that the caps ask for. */
function fits(caps: string, format: string): boolean {
  if (caps.startsWith('image/jpeg')) return format === 'MJPG' || format === 'JPEG';
  if (caps.startsWith('video/x-h264')) return format === 'H264';
  return caps.startsWith('video/x-raw') && !/^(?:MJPG|JPEG|H264|HEVC)$/.test(format);
}
