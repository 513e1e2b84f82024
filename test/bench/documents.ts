/** Large documents to time servers with; made by rule, so that every run has the same. */

export interface Made {
  readonly text: string;
  /** A place in the middle where a person might type. */
  readonly at: number;
}

const SHAPES: readonly ((n: number) => readonly string[])[] = [
  (n) => [
    `gst-launch-1.0 -e nvarguscamerasrc sensor-id=${n % 4} ! \\`,
    "  'video/x-raw(memory:NVMM),width=1920,height=1080,framerate=30/1' ! \\",
    '  nvvidconv flip-method=2 ! \\',
    "  'video/x-raw,format=I420' ! x264enc tune=zerolatency bitrate=4000 ! \\",
    `  h264parse ! qtmux ! filesink location="$OUT/camera-${n}.mov"`,
  ],
  (n) => [
    `gst-launch-1.0 filesrc location="$IN/clip-${n}.mp4" ! qtdemux name=demux \\`,
    '  demux.video_0 ! queue ! h264parse ! nvv4l2decoder ! nvvidconv ! \\',
    '  video/x-raw,width=640,height=360 ! videoconvert ! autovideosink \\',
    '  demux.audio_0 ! queue ! decodebin ! audioconvert ! \\',
    '  audioresample ! autoaudiosink',
  ],
  (n) => [
    `gst-launch-1.0 udpsrc port=${5000 + n} \\`,
    '  caps="application/x-rtp,media=video,clock-rate=90000,encoding-name=H265" ! \\',
    '  rtpjitterbuffer latency=100 ! rtph265depay ! h265parse ! \\',
    '  nvv4l2decoder ! nvvideoconvert ! tee name=t \\',
    '  t. ! queue ! fakesink t. ! queue ! fakesink sync=false',
  ],
  (n) => [
    `gst-launch-1.0 videotestsrc pattern=ball num-buffers=${n} ! \\`,
    '  video/x-raw,width=320,height=240,framerate=15/1 ! timeoverlay ! \\',
    '  videoconvert ! jpegenc quality=85 ! \\',
    `  multifilesink location="$OUT/frame-${n}-%05d.jpg" max-files=100 \\`,
    '  sync=false async=false',
  ],
];

/** A shell script with so many pipelines, ten lines each. */
export function shellScript(pipelines: number): Made {
  const lines: string[] = ['#!/bin/sh', 'set -eu', 'IN=/media/in OUT=/media/out', ''];
  for (let n = 0; n < pipelines; n++) {
    lines.push(
      `# Step ${n}: wait until the one before has gone, then go on.`,
      `if [ -e "$OUT/stop-${n}" ]; then`,
      `  echo "step ${n} was stopped"`,
      'fi',
      ...SHAPES[n % SHAPES.length]!(n),
      '',
    );
  }
  const text = `${lines.join('\n')}\n`;
  const middle = text.indexOf(' ! ', Math.floor(text.length / 2));
  return { text, at: middle };
}

/** JSON of about so many characters. */
export function json(size: number): Made {
  const steps: object[] = [];
  let length = 0;
  for (let n = 0; length < size; n++) {
    const step = {
      name: `step ${n}`,
      source: { sensor: n % 4, size: [1920, 1080] },
      filters: ['scale', 'crop'],
      on: n % 3 === 0,
    };
    steps.push(step);
    length += JSON.stringify(step, undefined, 2).length + 30;
  }
  const text = JSON.stringify({ steps }, undefined, 2);
  return { text, at: text.indexOf('scale', Math.floor(text.length / 2)) + 2 };
}

/** YAML of about so many characters. */
export function yaml(size: number): Made {
  const lines: string[] = ['steps:'];
  for (let n = 0, length = 0; length < size; n++) {
    const step = [
      `  - name: step ${n}`,
      '    source:',
      `      sensor: ${n % 4}`,
      '      size: [1920, 1080]',
      '    filters:',
      '      - scale',
      '      - crop',
    ];
    lines.push(...step);
    length += step.join('\n').length + 1;
  }
  const text = `${lines.join('\n')}\n`;
  return { text, at: text.indexOf('scale', Math.floor(text.length / 2)) + 2 };
}
