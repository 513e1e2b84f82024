import { good, type Point, unknown } from '../diagnosis.ts';

export const point: Point = {
  id: 'registry',
  title: 'Plugins that do not load',
  script:
    'command -v gst-inspect-1.0 >/dev/null 2>&1 || exit 0; echo there; LC_ALL=C gst-inspect-1.0 -b 2>/dev/null </dev/null | tail -n 12',
  read: (out) => {
    if (!out.startsWith('there')) return unknown('The device has no gst-inspect-1.0.');
    const files = [...out.matchAll(/^\s+(\S+\.so)$/gm)].map(([, file]) => file!);
    if (files.length === 0) return good('No plugin is on the black list.');
    const text = `GStreamer does not load ${files.join(', ')}: they crashed or lacked a library when it looked at them.`;
    return {
      is: 'bad',
      text,
      fix: { text: 'ldd on the file tells what it lacks; then rm -f ~/.cache/gstreamer-1.0/registry.*.bin' },
    };
  },
};
