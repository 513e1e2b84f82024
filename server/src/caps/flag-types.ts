/**
 * The flag-set types that name their bits when printed. GstVideoMultiviewFlagsSet is the only one that GStreamer's own
 * elements put into caps; values and nicks are those of GstVideoMultiviewFlags (gst-plugins-base, video-multiview.h).
 */
export interface Flag {
  readonly nick: string;
  readonly name: string;
  readonly value: number;
}

const multiview = (nick: string, bit: number): Flag => ({
  nick,
  name: `GST_VIDEO_MULTIVIEW_FLAGS_${nick.toUpperCase().replaceAll('-', '_')}`,
  value: 1 << bit,
});

export const FLAG_TYPES: ReadonlyMap<string, readonly Flag[]> = new Map([
  [
    'GstVideoMultiviewFlagsSet',
    [
      multiview('right-view-first', 0),
      multiview('left-flipped', 1),
      multiview('left-flopped', 2),
      multiview('right-flipped', 3),
      multiview('right-flopped', 4),
      multiview('half-aspect', 14),
      multiview('mixed-mono', 15),
    ],
  ],
]);
