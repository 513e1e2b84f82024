import { good, type Point, unknown } from '../diagnosis.ts';

export const point: Point = {
  id: 'kernel',
  title: 'What the kernel says of video',
  script:
    'if dmesg >/dev/null 2>&1; then echo readable; dmesg | grep -iE "tegra-(vi|csi|capture|cam)|nvcsi|isp|nvenc|nvdec|nvmap|smmu|uvcvideo" | grep -iE "fail|error|timeout|fault|corr_err|unhandled" | tail -n 8; fi',
  read: (out) => {
    if (!out.startsWith('readable')) return unknown('This user may not read dmesg: sudo dmesg shows it.');
    const lines = out
      .split('\n')
      .slice(1)
      .filter((line) => line.trim() !== '');
    if (lines.length === 0) return good('No errors of cameras and codecs.');
    const camera = lines.some((line) => /csi|vi|isp|capture/i.test(line));
    const fix = camera
      ? { text: 'Check the camera’s cable and device tree; then restart nvargus-daemon.' }
      : { text: 'A restart of what uses it, or of the device, often helps; the lines say what failed.' };
    return { is: 'bad', text: lines.map((line) => line.trim()).join('\n'), fix };
  },
};
