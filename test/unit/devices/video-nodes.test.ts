import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { camerasOf, modeWords, readNodes } from '../../../client/src/devices/video-nodes.ts';

const CAMERA = `@node /dev/video0	vi-output, imx000 9-001a
Driver Info:
	Driver name      : tegra-video
	Capabilities     : 0x84200001
		Video Capture
		Streaming
		Extended Pix Format
		Device Capabilities
	Device Caps      : 0x04200001
		Video Capture
		Streaming
		Extended Pix Format
ioctl: VIDIOC_ENUM_FMT
	Type: Video Capture

	[0]: 'RG10' (10-bit Bayer RGRG/GBGB)
		Size: Discrete 1640x1232
			Interval: Discrete 0.033s (30.000 fps)
		Size: Discrete 1280x720
			Interval: Discrete 0.017s (60.000 fps)
			Interval: Discrete 0.033s (30.000 fps)
	[1]: 'MJPG' (Motion-JPEG, compressed)
`;
const CODEC = `@node /dev/video1	a codec
	Device Caps      : 0x04208000
		Video Memory-to-Memory
		Streaming
ioctl: VIDIOC_ENUM_FMT
	Type: Video Capture

	[0]: 'H264' (H.264, compressed)
`;
const METADATA = `@node /dev/video2	a camera's metadata
	Device Caps      : 0x04a00000
		Metadata Capture
		Streaming
`;

describe('video nodes', () => {
  it('tells cameras with their modes from codecs, and leaves metadata out', () => {
    const nodes = readNodes(CAMERA + CODEC + METADATA);
    assert.deepEqual(
      nodes.map(({ path, name, kind }) => [path, name, kind]),
      [
        ['/dev/video0', 'vi-output, imx000 9-001a', 'camera'],
        ['/dev/video1', 'a codec', 'codec'],
      ],
    );
    assert.deepEqual(nodes[0]!.modes, [
      { format: 'RG10', width: 1640, height: 1232, rates: [30] },
      { format: 'RG10', width: 1280, height: 720, rates: [60, 30] },
      { format: 'MJPG', rates: [] },
    ]);
  });

  it('reads the older layout', () => {
    const old = "@node /dev/video0\tcam\n\tIndex       : 0\n\tPixel Format: 'YUYV'\n\t\tSize: Discrete 640x480\n";
    assert.deepEqual(readNodes(old)[0]!.modes, [{ format: 'YUYV', width: 640, height: 480, rates: [] }]);
  });

  it('takes a node for a camera where v4l2-ctl is not there to say', () => {
    assert.deepEqual(readNodes('@node /dev/video0\tUSB camera\n'), [
      { path: '/dev/video0', name: 'USB camera', kind: 'camera', modes: [] },
    ]);
  });

  it('says a mode in words', () => {
    assert.equal(
      modeWords({ format: 'YUYV', width: 640, height: 480, rates: [30, 14.985] }),
      'YUYV 640×480 @ 30, 14.98',
    );
    assert.equal(modeWords({ format: 'MJPG', rates: [] }), 'MJPG');
  });

  it('are told to the server: CSI cameras by their number, rates as fractions', () => {
    const usb = { path: '/dev/video4', name: 'cam', kind: 'camera', modes: [{ format: 'MJPG', rates: [] }] } as const;
    const rates = [60, 29.97, 12.5];
    const csi = { ...usb, name: 'vi-output, imx000 9-001a', modes: [{ format: 'RG10', width: 8, height: 4, rates }] };
    assert.deepEqual(camerasOf([usb, csi, csi, { ...usb, kind: 'codec' }]), [
      { kind: 'v4l2', node: '/dev/video4', name: 'cam', modes: [] },
      ...['0', '1'].map((node) => ({
        kind: 'csi',
        node,
        name: 'imx000 9-001a',
        modes: [{ format: 'RG10', width: 8, height: 4, rates: ['60/1', '30000/1001', '12500/1000'] }],
      })),
    ]);
  });
});
