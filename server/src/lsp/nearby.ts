/** What completion may know of what is around a document: files of the workspace alone, and the connected device. */
import type { Nearby } from '../features/completion.ts';
import { labelsIn } from '../model/labels.ts';
import type { Camera, CameraMode, DeviceParams } from '../protocol.ts';
import { inferencesElsewhere } from '../workspace/names.ts';
import { folderOf, pathOf, resolvePath } from '../workspace/paths.ts';
import type { Asked } from './handler.ts';

export function nearbyOf({ session, uri, analysis }: Asked): Nearby {
  const { files } = session.store.world;
  const home = folderOf(pathOf(uri));
  const within = [home, ...session.folders];
  /** The absolute path; undefined outside of the workspace, and of the document's folder. */
  const place = (written: string): string | undefined => {
    if (!uri.startsWith('file:')) return undefined;
    const path = resolvePath(home, written);
    return within.some((folder) => path === folder || path.startsWith(`${folder}/`)) ? path : undefined;
  };
  return {
    list(written) {
      const path = place(written);
      return path === undefined ? [] : files.list(path);
    },
    labels(written) {
      const path = place(written);
      return labelsIn((path !== undefined && files.read(path)) || '');
    },
    inferences: () => inferencesElsewhere(analysis, session.store.world, session.folders),
    device: session.device,
  };
}

/** What a client says of a device, as far as it is what it should be; undefined where there are no cameras. */
export function deviceOf(params: DeviceParams): DeviceParams | undefined {
  const { device, cameras } = (params ?? {}) as Partial<DeviceParams>;
  if (typeof device !== 'string' || !Array.isArray(cameras)) return undefined;
  const good = (cameras as unknown[]).filter(isCamera).map((camera) => ({
    ...camera,
    modes: (camera.modes as unknown[]).filter(isMode),
  }));
  return good.length === 0 ? undefined : { device, cameras: good };
}

function isCamera(value: unknown): value is Camera {
  const camera = value as Partial<Camera> | null;
  return (
    (camera?.kind === 'v4l2' || camera?.kind === 'csi') &&
    isWord(camera.node) &&
    typeof camera.name === 'string' &&
    Array.isArray(camera.modes)
  );
}

function isMode(value: unknown): value is CameraMode {
  const mode = value as Partial<CameraMode> | null;
  return (
    typeof mode?.format === 'string' &&
    Number.isInteger(mode.width) &&
    Number.isInteger(mode.height) &&
    Array.isArray(mode.rates) &&
    mode.rates.every((rate: unknown) => typeof rate === 'string' && /^\d+\/\d+$/.test(rate)) &&
    (mode.sensorMode === undefined || Number.isInteger(mode.sensorMode))
  );
}

/** It comes from a device and is written into texts: nothing that a text would read as more than a word. */
const isWord = (value: unknown): boolean => typeof value === 'string' && /^[\w/.:@-]+$/.test(value);
