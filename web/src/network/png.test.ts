import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { withDots } from "./png.ts";

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const HEAD = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
const PNG = Buffer.concat([
  Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
  chunk("IHDR", HEAD),
  chunk("IDAT", deflateSync(Buffer.from([0, 0]))),
  chunk("IEND", Buffer.alloc(0)),
]);

test("a picture says that it has 300 dots to the inch, and is otherwise the same", () => {
  const made = Buffer.from(withDots(new Uint8Array(PNG), 300));
  const metre = Buffer.from([0, 0, 0x2e, 0x23]); // 11,811 to the metre
  const told = chunk("pHYs", Buffer.concat([metre, metre, Buffer.from([1])]));
  assert.deepEqual(made, Buffer.concat([PNG.subarray(0, 33), told, PNG.subarray(33)]));
});
