/**
 * The words that caps are made of, so that a slip can be told from a word of a plugin nobody here knows. Used for
 * guessing what was meant only: a word that is not listed is not wrong for that.
 */

/** Video formats of GStreamer 1.14 to 1.26 (`video-format.h`), without the endian-neutral names that exist in C only. */
export const VIDEO_FORMATS: ReadonlySet<string> = new Set(
  `A420 A420_10BE A420_10LE A420_12BE A420_12LE A420_16BE A420_16LE A422 A422_10BE A422_10LE A422_12BE A422_12LE A422_16BE
  A422_16LE A444 A444_10BE A444_10LE A444_12BE A444_12LE A444_16BE A444_16LE ABGR ABGR64_BE ABGR64_LE ARGB ARGB64 ARGB64_BE
  ARGB64_LE AV12 AYUV AYUV64 BGR BGR10A2_LE BGR10x2_LE BGR15 BGR16 BGRA BGRA64_BE BGRA64_LE BGRP BGRx DMA_DRM ENCODED GBR GBRA
  GBRA_10BE GBRA_10LE GBRA_12BE GBRA_12LE GBR_10BE GBR_10LE GBR_12BE GBR_12LE GBR_16BE GBR_16LE GRAY10_LE16 GRAY10_LE32
  GRAY16_BE GRAY16_LE GRAY8 I420 I420_10BE I420_10LE I420_12BE I420_12LE I422_10BE I422_10LE I422_12BE I422_12LE IYU1 IYU2
  MT2110R MT2110T NV12 NV12_10BE_8L128 NV12_10LE32 NV12_10LE40 NV12_10LE40_4L4 NV12_16L32S NV12_32L32 NV12_4L4 NV12_64Z32
  NV12_8L128 NV16 NV16_10LE32 NV16_10LE40 NV21 NV24 NV61 P010_10BE P010_10LE P012_BE P012_LE P016_BE P016_LE RBGA RGB RGB10A2_LE
  RGB10x2_LE RGB15 RGB16 RGB8P RGBA RGBA64_BE RGBA64_LE RGBP RGBx UYVP UYVY VUYA VYUY Y210 Y212_BE Y212_LE Y216_BE Y216_LE Y410
  Y412_BE Y412_LE Y416_BE Y416_LE Y41B Y42B Y444 Y444_10BE Y444_10LE Y444_12BE Y444_12LE Y444_16BE Y444_16LE YUV9 YUY2 YV12 YVU9
  YVYU r210 v210 v216 v308 xBGR xRGB`.split(/\s+/),
);

/** Audio formats (`audio-format.h`); the ones without LE or BE are 8 bits wide. */
export const AUDIO_FORMATS: ReadonlySet<string> = new Set(
  `F32BE F32LE F64BE F64LE S16BE S16LE S18BE S18LE S20BE S20LE S20_32BE S20_32LE S24BE S24LE S24_32BE S24_32LE S32BE S32LE S8
  U16BE U16LE U18BE U18LE U20BE U20LE U20_32BE U20_32LE U24BE U24LE U24_32BE U24_32LE U32BE U32LE U8`.split(/\s+/),
);

/** What OpenCV, FFmpeg, V4L2 and Microsoft call a format → what GStreamer calls it. */
export const OTHER_FORMAT_NAMES: ReadonlyMap<string, string> = new Map([
  ['BGR24', 'BGR'],
  ['BGR888', 'BGR'],
  ['RGB24', 'RGB'],
  ['RGB888', 'RGB'],
  ['BGR0', 'BGRx'],
  ['RGB0', 'RGBx'],
  ['BGRA32', 'BGRA'],
  ['RGBA32', 'RGBA'],
  ['RGBA8888', 'RGBA'],
  ['BGRA8888', 'BGRA'],
  ['RGB565', 'RGB16'],
  ['YUYV', 'YUY2'],
  ['YUYV422', 'YUY2'],
  ['UYVY422', 'UYVY'],
  ['YUV420P', 'I420'],
  ['YUV420', 'I420'],
  ['YU12', 'I420'],
  ['IYUV', 'I420'],
  ['YUV422P', 'Y42B'],
  ['I422', 'Y42B'],
  ['YUV444P', 'Y444'],
  ['I444', 'Y444'],
  ['GRAY', 'GRAY8'],
  ['GREY', 'GRAY8'],
  ['Y8', 'GRAY8'],
  ['Y800', 'GRAY8'],
  ['MONO8', 'GRAY8'],
  ['GRAY16', 'GRAY16_LE'],
  ['Y16', 'GRAY16_LE'],
  ['P010', 'P010_10LE'],
  ['P010LE', 'P010_10LE'],
  ['P010_LE', 'P010_10LE'],
  ['S16', 'S16LE'],
  ['S16_LE', 'S16LE'],
  ['S24', 'S24LE'],
  ['S32', 'S32LE'],
  ['S32_LE', 'S32LE'],
  ['F32', 'F32LE'],
  ['FLOAT32LE', 'F32LE'],
]);

/** Fields that raw video carries, GStreamer's own and those of NVIDIA's elements. */
const VIDEO_FIELDS = `format width height framerate max-framerate pixel-aspect-ratio interlace-mode field-order colorimetry
  chroma-site multiview-mode multiview-flags views texture-target drm-format framerate_range block-linear nvbuf-memory-type
  gpu-id batch-size num-surfaces-per-frame`;

/** Fields by media type, for those whose fields are settled. */
export const FIELDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'video/x-raw': VIDEO_FIELDS,
    'audio/x-raw': 'format rate channels channel-mask layout max-channels',
    'image/jpeg':
      'width height framerate pixel-aspect-ratio interlace-mode sof-marker parsed colorspace sampling colorimetry',
    'video/x-h264':
      'width height framerate pixel-aspect-ratio stream-format alignment profile level parsed codec_data interlace-mode chroma-format bit-depth-luma bit-depth-chroma colorimetry coded-picture-structure constraint-set-flags',
    'video/x-h265':
      'width height framerate pixel-aspect-ratio stream-format alignment profile level tier parsed codec_data interlace-mode chroma-format bit-depth-luma bit-depth-chroma colorimetry',
    'application/x-rtp':
      'media clock-rate encoding-name encoding-params payload ssrc packetization-mode sprop-parameter-sets profile-level-id timestamp-offset seqnum-offset seqnum-base clock-base config mode sampling depth width height channels rate colorimetry profile configuration channel-order a-framerate a-framesize sprop-vps sprop-sps sprop-pps sprop-stereo sprop-maxcapturerate sprop-maxptime cpresent streamtype sizelength indexlength indexdeltalength',
  }).map(([media, names]) => [media, names.split(/\s+/)]),
);

/** Media types that people write in pipelines. */
export const MEDIA_TYPES: ReadonlySet<string> = new Set(
  `video/x-raw audio/x-raw text/x-raw image/jpeg image/png image/bmp image/tiff image/webp video/x-h263 video/x-h264 video/x-h265
  video/x-h266 video/x-vp8 video/x-vp9 video/x-av1 video/x-theora video/mpeg video/mpegts video/quicktime video/x-matroska
  video/webm video/x-flv video/x-msvideo video/x-bayer video/x-dv video/x-prores video/x-wmv audio/mpeg audio/x-opus
  audio/x-vorbis audio/x-flac audio/x-ac3 audio/x-eac3 audio/x-alaw audio/x-mulaw audio/x-speex audio/AMR audio/AMR-WB audio/G722
  audio/x-wav audio/x-wma application/x-rtp application/x-rtcp application/x-srtp application/x-srtcp application/ogg
  application/x-id3 application/octet-stream application/x-hls`.split(/\s+/),
);

/** Media types of GStreamer 0.10 → the one that took their place, with the field that says what the name said. */
export const FORMER_MEDIA: ReadonlyMap<string, { readonly now: string; readonly field: string }> = new Map([
  ['video/x-raw-yuv', { now: 'video/x-raw', field: 'format=I420 (or another YUV format)' }],
  ['video/x-raw-rgb', { now: 'video/x-raw', field: 'format=RGB (or another RGB format)' }],
  ['video/x-raw-gray', { now: 'video/x-raw', field: 'format=GRAY8' }],
  ['audio/x-raw-int', { now: 'audio/x-raw', field: 'format=S16LE (or another integer format)' }],
  ['audio/x-raw-float', { now: 'audio/x-raw', field: 'format=F32LE' }],
]);

/** Names of memory behind `memory:`; from GStreamer's and NVIDIA's elements. */
export const MEMORIES: readonly string[] = [
  'SystemMemory',
  'NVMM',
  'DMABuf',
  'CUDAMemory',
  'GLMemory',
  'EGLImage',
  'VAMemory',
  'VASurface',
  'VulkanImage',
  'VulkanBuffer',
  'D3D11Memory',
  'D3D12Memory',
  'MFXSurface',
  'IOSurface',
  'AMCSurface',
];

/** Fields whose value is a fraction. */
export const FRACTION_FIELDS: ReadonlySet<string> = new Set(['framerate', 'max-framerate', 'pixel-aspect-ratio']);
