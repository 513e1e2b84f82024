/** What the cameras of a connected device can give, as the elements that read them write it in caps. */
import type { Camera, CameraMode } from '../protocol.ts';
import type { Element } from './pipeline.ts';

/** One thing that a camera gives, as caps are written. */
export interface Shot {
  readonly media: string;
  /** `memory:NVMM`; empty for ordinary memory. */
  readonly features: string;
  /** In the order in which people write them. */
  readonly fields: ReadonlyMap<string, string>;
}

/** The camera that an element reads; undefined where it reads none, or it is not told which. */
export function cameraOf(element: Element, cameras: readonly Camera[]): Camera | undefined {
  const role = element.spec?.roles?.camera;
  if (!role) return undefined;
  const said = element.settings.findLast(({ name, path }) => name === role.node && path.length === 0);
  const node = said ? said.value : element.spec!.properties.find(({ name }) => name === role.node)?.default;
  return cameras.find((camera) => camera.kind === role.kind && camera.node === node);
}

/** All that the camera gives; of a mode that is not known as caps, nothing. */
export const shotsOf = ({ kind, modes }: Camera): Shot[] =>
  modes.flatMap((mode) => (kind === 'csi' ? csiShots(mode) : v4l2Shots(mode)));

/** The mode in a few words: `1920×1080, 30/1`. */
export const modeInWords = ({ width, height, rates: [fastest] }: CameraMode): string =>
  `${width}×${height}${fastest === undefined ? '' : `, ${fastest}`}`;

/** nvarguscamerasrc hands on NV12 in NVMM, whatever the sensor gives. */
const csiShots = (mode: CameraMode): Shot[] => shots('video/x-raw', 'memory:NVMM', 'NV12', mode);

function v4l2Shots(mode: CameraMode): Shot[] {
  const [media, format] = FOURCCS[mode.format.trim()] ?? [];
  return media === undefined ? [] : shots(media, '', format, mode);
}

function shots(media: string, features: string, format: string | undefined, mode: CameraMode): Shot[] {
  const fields = new Map<string, string>();
  if (format !== undefined) fields.set('format', format);
  fields.set('width', String(mode.width));
  fields.set('height', String(mode.height));
  if (mode.rates.length === 0) return [{ media, features, fields }];
  return mode.rates.map((rate) => ({ media, features, fields: new Map([...fields, ['framerate', rate]]) }));
}

/** V4L2's four characters → media type and format, as GStreamer's v4l2 plugin (gstv4l2object.c of 1.22) has them. */
const FOURCCS: Readonly<Record<string, readonly [media: string, format?: string]>> = {
  MJPG: ['image/jpeg'],
  JPEG: ['image/jpeg'],
  PJPG: ['image/jpeg'],
  H264: ['video/x-h264'],
  HEVC: ['video/x-h265'],
  VP80: ['video/x-vp8'],
  VP90: ['video/x-vp9'],
  YUYV: ['video/x-raw', 'YUY2'],
  YVYU: ['video/x-raw', 'YVYU'],
  UYVY: ['video/x-raw', 'UYVY'],
  NV12: ['video/x-raw', 'NV12'],
  NV21: ['video/x-raw', 'NV21'],
  NV16: ['video/x-raw', 'NV16'],
  NV24: ['video/x-raw', 'NV24'],
  YU12: ['video/x-raw', 'I420'],
  YV12: ['video/x-raw', 'YV12'],
  '422P': ['video/x-raw', 'Y42B'],
  '411P': ['video/x-raw', 'Y41B'],
  GREY: ['video/x-raw', 'GRAY8'],
  Y16: ['video/x-raw', 'GRAY16_LE'],
  RGB3: ['video/x-raw', 'RGB'],
  BGR3: ['video/x-raw', 'BGR'],
  RGBP: ['video/x-raw', 'RGB16'],
  BA81: ['video/x-bayer', 'bggr'],
  GBRG: ['video/x-bayer', 'gbrg'],
  GRBG: ['video/x-bayer', 'grbg'],
  RGGB: ['video/x-bayer', 'rggb'],
};
