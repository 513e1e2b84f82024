/** The picture that the demo device's cameras and recordings show: bars of colour, a grey ramp, and a square that moves. A PNG. */
import { crc32, deflateSync } from 'node:zlib';

const BARS = [
  [235, 235, 235],
  [235, 235, 16],
  [16, 235, 235],
  [16, 235, 16],
  [235, 16, 235],
  [235, 16, 16],
  [16, 16, 235],
  [16, 16, 16],
] as const;

/** Sizes are pixels, brought to what a picture may have. `frame` tells where the square stands. */
export function testCard(wide: number, high: number, frame: number): Buffer {
  const width = Math.min(1920, Math.max(16, Math.trunc(wide)));
  const height = Math.min(1080, Math.max(16, Math.trunc(high)));
  const side = Math.floor(height / 6);
  const left = Math.floor((frame * 4) % Math.max(1, width - side));
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grey = Math.floor((x / width) * 255);
      const inside = x >= left && x < left + side && y >= height / 3 && y < height / 3 + side;
      const ramp = y > height * 0.75;
      const colour = inside
        ? ([255, 128, 0] as const)
        : ramp
          ? ([grey, grey, grey] as const)
          : BARS[Math.floor((x / width) * BARS.length)]!;
      rows.set(colour, y * (1 + width * 3) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits of red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
