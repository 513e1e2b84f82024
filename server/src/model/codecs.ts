/** The field's words for codecs and pixel formats, and what follows from them. */

/** Codec of a coded media type, as device tables name it; undefined for what is no video codec of theirs. */
export function codecOf(media: string | undefined): string | undefined {
  return media === undefined ? undefined : CODECS[media];
}

const CODECS: Readonly<Record<string, string>> = {
  'video/x-h264': 'H.264',
  'video/x-h265': 'H.265',
  'video/x-vp8': 'VP8',
  'video/x-vp9': 'VP9',
  'video/x-av1': 'AV1',
  'video/mpeg': 'MPEG-4',
  'video/x-divx': 'MPEG-4',
  'image/jpeg': 'JPEG',
};

/** Bytes of one frame; undefined where the format's layout is not known here. Strides are not counted. Follows GStreamer's video-format.c. */
export function frameBytes(
  format: string | undefined,
  width: number | undefined,
  height: number | undefined,
): number | undefined {
  if (format === undefined || width === undefined || height === undefined) return undefined;
  const bits = BITS[format];
  return bits === undefined ? undefined : (width * height * bits) / 8;
}

/** Bits a pixel takes on average over a frame. */
const BITS: Readonly<Record<string, number>> = {
  I420: 12,
  YV12: 12,
  NV12: 12,
  NV21: 12,
  Y42B: 16,
  NV16: 16,
  NV24: 24,
  Y444: 24,
  UYVY: 16,
  YUY2: 16,
  YVYU: 16,
  RGB: 24,
  BGR: 24,
  RGBA: 32,
  RGBx: 32,
  BGRA: 32,
  BGRx: 32,
  ARGB: 32,
  ABGR: 32,
  xRGB: 32,
  xBGR: 32,
  GRAY8: 8,
  GRAY16_LE: 16,
  P010_10LE: 24,
  I420_10LE: 24,
  NV12_10LE32: 16,
};
