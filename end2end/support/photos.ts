// Photos made on the spot, so that no binary file lies in the repository: noise as a PNG, and a text that says it is a JPEG.
// Noise does not compress: a photo's bytes follow from its sides, and an upload takes long enough to be seen.
// Read next: filing.ts.
import { deflateSync } from 'node:zlib';

export type Photo = { name: string; mimeType: string; buffer: Buffer };

/** The check sum of PNG; Node has one of its own only since 20.15. */
function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xed_b8_83_20 : 0);
    }
  }
  return ~crc >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A real photo: `width` × `height` points of the same noise each time. */
export function photo(name: string, width = 320, height = 240): Photo {
  const row = width * 3 + 1;
  const points = Buffer.alloc(row * height);
  let seed = 7;
  for (let at = 0; at < points.length; at += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    points[at] = at % row === 0 ? 0 : seed >>> 16;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const buffer = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(points, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, mimeType: 'image/png', buffer };
}

/** A text with the name and type of a photo. */
export const fake: Photo = {
  name: '假照片.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('<script>alert(1)</script> is no photo'),
};
