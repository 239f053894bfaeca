// What a PNG says of its own size on paper (PNG specification, 11.3.4.3: pHYs).

const HEADER = 8 + 25; // the signature, and IHDR with its length, name and check

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

/** The same picture, said to have so many dots to the inch. */
export function withDots(png: Uint8Array<ArrayBuffer>, dots: number): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(21);
  const view = new DataView(chunk.buffer);
  const perMetre = Math.round(dots / 0.0254);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode("pHYs"), 4);
  view.setUint32(8, perMetre);
  view.setUint32(12, perMetre);
  chunk[16] = 1; // the unit is the metre
  view.setUint32(17, crc(chunk.subarray(4, 17)));
  const made = new Uint8Array(png.length + chunk.length);
  made.set(png.subarray(0, HEADER));
  made.set(chunk, HEADER);
  made.set(png.subarray(HEADER), HEADER + chunk.length);
  return made;
}
