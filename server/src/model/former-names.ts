/**
 * Elements that are gone and what took their place: those of GStreamer 0.10, and those of Jetson releases that ended.
 * Names only; whether the successor is on the target is asked by the rule that tells of it.
 */

export interface FormerName {
  /** Elements that do the same now, the nearest first. */
  readonly now: readonly string[];
  /** Where the old name ended, as a sentence goes on: "ended with GStreamer 0.10". */
  readonly ended: string;
  /** The release from which on the name is surely gone; undefined: from the first 1.x on. */
  readonly goneFrom?: { readonly l4t: string };
  /** True where the successor takes the same place without further changes. */
  readonly drop: boolean;
}

/** What became of the name; undefined for names that were never such elements. */
export function formerName(name: string): FormerName | undefined {
  const known = FORMER.get(name);
  if (known) return known;
  // libav's elements carried the old name of the library.
  const libav = /^ff(dec|enc|mux|demux)_(\w+)$/.exec(name);
  return libav ? since010(`av${libav[1]}_${libav[2]}`) : undefined;
}

const since010 = (...now: string[]): FormerName => ({ now, ended: 'ended with GStreamer 0.10', drop: true });

/** NVIDIA removed the OpenMAX plugin and the overlay sinks after L4T R32 (JetPack 4). Source: the plugin lists of R32.6.1 and R35.4.1. */
const sinceR32 = (drop: boolean, ...now: string[]): FormerName => ({
  now,
  ended: 'ended with L4T R32 (JetPack 4)',
  goneFrom: { l4t: '34.1' },
  drop,
});

/** The camera source of the TX1/TX2 releases before R31. */
const sinceR28 = (...now: string[]): FormerName => ({
  now,
  ended: 'ended with L4T R28 (JetPack 3)',
  goneFrom: { l4t: '31.0' },
  drop: false,
});

const FORMER: ReadonlyMap<string, FormerName> = new Map([
  ['ffmpegcolorspace', since010('videoconvert')],
  ['colorspace', since010('videoconvert')],
  ['cogcolorspace', since010('videoconvert')],
  ['ffvideoscale', since010('videoscale')],
  ['ffmpegdeinterlace', since010('deinterlace', 'avdeinterlace')],
  ['decodebin2', since010('decodebin')],
  ['playbin2', since010('playbin')],
  ['gstrtpbin', since010('rtpbin')],
  ['gstrtpjitterbuffer', since010('rtpjitterbuffer')],
  ['gstrtpssrcdemux', since010('rtpssrcdemux')],
  ['gstrtpptdemux', since010('rtpptdemux')],
  ['gstrtpsession', since010('rtpsession')],
  ['gconfvideosink', since010('autovideosink')],
  ['gconfaudiosink', since010('autoaudiosink')],
  ['gconfaudiosrc', since010('autoaudiosrc')],
  ['gconfvideosrc', since010('autovideosrc')],
  ['gnomevfssrc', since010('giosrc')],
  ['gnomevfssink', since010('giosink')],
  ['mpegtsdemux', since010('tsdemux')],
  ['mpegdemux', since010('mpegpsdemux')],
  ['flutsdemux', since010('tsdemux')],
  ['ffdemux_mpegts', since010('tsdemux')],
  ['selector', since010('input-selector')],
  ['freeze', since010('imagefreeze')],
  ['videomixer2', since010('compositor')],
  ['mad', since010('mpg123audiodec')],
  ['flump3dec', since010('mpg123audiodec')],
  ['lame', since010('lamemp3enc')],
  ['xvidenc', since010('avenc_mpeg4')],
  ['ffaudioresample', since010('audioresample')],
  ['nv_omx_h264dec', { ...since010('nvv4l2decoder'), drop: false }],
  ['nv_omx_h264enc', { ...since010('nvv4l2h264enc'), drop: false }],
  ['nv_gl_eglimagesink', { ...since010('nv3dsink', 'nveglglessink'), drop: false }],
  ['omxh264dec', sinceR32(true, 'nvv4l2decoder')],
  ['omxh265dec', sinceR32(true, 'nvv4l2decoder')],
  ['omxvp8dec', sinceR32(true, 'nvv4l2decoder')],
  ['omxvp9dec', sinceR32(true, 'nvv4l2decoder')],
  ['omxmpeg2videodec', sinceR32(true, 'nvv4l2decoder')],
  ['omxmpeg4videodec', sinceR32(true, 'nvv4l2decoder')],
  ['omxh264enc', sinceR32(false, 'nvv4l2h264enc')],
  ['omxh265enc', sinceR32(false, 'nvv4l2h265enc')],
  ['omxvp8enc', sinceR32(false, 'nvv4l2vp8enc')],
  ['omxvp9enc', sinceR32(false, 'nvv4l2vp9enc')],
  ['nvoverlaysink', sinceR32(false, 'nv3dsink', 'nvdrmvideosink')],
  ['nvhdmioverlaysink', sinceR32(false, 'nv3dsink', 'nvdrmvideosink')],
  ['nvcamerasrc', sinceR28('nvarguscamerasrc')],
  ['nvosd', { now: ['nvdsosd'], ended: 'ended with DeepStream 3', goneFrom: { l4t: '32.0' }, drop: false }],
]);
