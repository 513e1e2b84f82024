/** Compares the size of the muxer with that of the cameras. */
import { appConfigOf } from '../model/app-config.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'mux-size-far',
  title: 'The muxer scales the pictures of the cameras up, or out of shape',
  why:
    'The muxer scales every picture to its own size. Where that has another shape, everything in it is stretched, and a ' +
    'network finds less; enable-padding=1 keeps the shape. Where it is larger, each batch takes more memory and time, and ' +
    'shows nothing more.',
  severity: 'hint',
  on: 'config',
  examples: [
    {
      bad: '[source0]\nenable=1\ntype=1\ncamera-v4l2-dev-node=0\ncamera-width=640\ncamera-height=480\ncamera-fps-n=30\ncamera-fps-d=1\n\n[streammux]\nlive-source=1\nbatch-size=1\nwidth=1280\nheight=720\n',
      good: '[source0]\nenable=1\ntype=1\ncamera-v4l2-dev-node=0\ncamera-width=640\ncamera-height=480\ncamera-fps-n=30\ncamera-fps-d=1\n\n[streammux]\nlive-source=1\nbatch-size=1\nwidth=640\nheight=480\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    const [width, height] = [app?.mux?.number('width'), app?.mux?.number('height')];
    if (!app?.mux || !width || !height || app.sources.length === 0) return;
    // Only cameras say how large their pictures are.
    const sizes = app.sources.map((source) => [source.number('camera-width'), source.number('camera-height')] as const);
    const [[w, h] = []] = sizes;
    if (!w || !h || sizes.some((size) => size[0] !== w || size[1] !== h)) return;
    const stretched = Math.abs((width * h) / (height * w) - 1) > 0.02 && !app.mux.number('enable-padding');
    const larger = width > w && height > h;
    if (!stretched && !larger) return;
    const key = app.mux.key('width')!;
    const camera = app.sources[0]!.key('camera-width')!;
    const heightKey = app.mux.key('height')!;
    yield {
      span: key.span,
      message: `The cameras give ${w}×${h}, and the muxer scales to ${width}×${height}: ${stretched ? 'the pictures are stretched' : 'it costs memory and shows nothing more'}.`,
      related: [{ span: camera.span, message: `${w}×${h}` }],
      fixes: [
        {
          title: `Use ${w}×${h}`,
          edits: [
            { span: key.valueSpan, text: String(w) },
            { span: heightKey.valueSpan, text: String(h) },
          ],
          safe: false,
        },
      ],
    };
  },
};
