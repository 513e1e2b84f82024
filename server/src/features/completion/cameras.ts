/** What a connected device's cameras put before everything else: their nodes, their modes, the caps that they give. */
import { cameraOf, modeInWords, type Shot, shotsOf } from '../../model/cameras.ts';
import type { AtCaps, AtElement } from '../../model/cursor.ts';
import type { Element } from '../../model/pipeline.ts';
import type { Camera } from '../../protocol.ts';
import type { Nearby, Suggestion } from './suggestion.ts';

/** So many modes are offered as whole caps. */
const MOST_MODES = 60;

/** Cameras, or the modes of one, where the property says which; undefined where it says something else. */
export function cameraValues(
  { spec, element }: AtElement,
  property: string,
  { device }: Pick<Nearby, 'device'>,
): Suggestion[] | undefined {
  const role = spec?.roles?.camera;
  if (!role || !device) return undefined;
  if (property === role.node) {
    return device.cameras
      .filter(({ kind }) => kind === role.kind)
      .map(({ node, name }) => ({ label: node, kind: 'value', detail: name, why: `on ${device.device}` }));
  }
  const camera = property === role.mode && element ? cameraOf(element, device.cameras) : undefined;
  return camera?.modes.flatMap((mode) =>
    mode.sensorMode === undefined
      ? []
      : [
          {
            label: String(mode.sensorMode),
            kind: 'value' as const,
            detail: modeInWords(mode),
            why: `${camera.name} on ${device.device}`,
          },
        ],
  );
}

/** The camera in front of a link, with what it gives. */
export interface Giving {
  readonly camera: Camera;
  readonly shots: readonly Shot[];
  /** `imx219 on jetson-01 gives it`. */
  readonly why: string;
}

export function givingOf(before: Element | undefined, { device }: Pick<Nearby, 'device'>): Giving | undefined {
  const camera = before && device && cameraOf(before, device.cameras);
  const shots = camera ? shotsOf(camera) : [];
  return camera && shots.length > 0
    ? { camera, shots, why: `${camera.name} on ${device!.device} gives it` }
    : undefined;
}

/** Each thing that the camera gives, as whole caps. */
export const wholeCaps = ({ shots, why }: Giving): Suggestion[] =>
  shots.slice(0, MOST_MODES).map(({ media, features, fields }) => ({
    label: [
      features === '' ? media : `${media}(${features})`,
      ...[...fields].map(([name, value]) => `${name}=${value}`),
    ].join(','),
    kind: 'media',
    why,
  }));

/** Values of a field with which the camera gives what the other fields say. */
export function valuesGiven({ shots }: Giving, { media, values }: AtCaps, field: string): string[] {
  const fits = ({ media: own, fields }: Shot): boolean =>
    (media === '' || own === media) &&
    [...values].every(([name, value]) => name === field || !fields.has(name) || fields.get(name) === value);
  const found = new Set<string>();
  for (const shot of shots) {
    const value = fits(shot) ? shot.fields.get(field) : undefined;
    if (value !== undefined) found.add(value);
  }
  return [...found];
}
