import Blosc from "numcodecs/blosc";
import { expect, test } from "vitest";
import { unblosc } from "./blosc.ts";

// The oracle is c-blosc itself, compiled to WebAssembly.
test.each([[1, 1000], [2, 70001], [4, 262144], [4, 1_000_003], [8, 524288]])("values of %i bytes, %i bytes long, come back", async (typesize, length) => {
  const plain = Uint8Array.from({ length }, (_, i) => (i % typesize === 0 ? i * 7 : i >> 9) & 255);
  const packed = await Blosc.fromConfig({ id: "blosc", cname: "zstd", clevel: 1, shuffle: 1, blocksize: 0, typesize } as never).encode(plain);
  expect(Buffer.from(unblosc(packed as Uint8Array)).equals(Buffer.from(plain))).toBe(true);
});

test("bytes of equal significance packed apart come back, the incompressible ones stored as they are", () => {
  // c-blosc 1.21 with blosc_set_splitmode(BLOSC_ALWAYS_SPLIT): 128 floats whose lowest byte is (i * 2654435761) >> 24 and whose others are those of 1.
  const frame = Buffer.from(
    "AgGBBAACAAAAAgAA1wAAABQAAACAAAAAAJ482ngXtVPxjy7MaginReOBH75c+pg21XMRr07siijGZQOhP958GrhW9ZMxz20MqkjmhSPBX/2cOth2FbNR740symgGpEPhfx28WviWNNNx" +
      "D61L6ogmxGMBnz3behi2VPORL81rCqhG5IIhv137mjjWdBKxT+2LKshmBKJB330RAAAAKLUv/SCARQAAEAAAAQA7BVgRAAAAKLUv/SCARQAAEICAAQA7BVgRAAAAKLUv/SCARQAAED8/" +
      "AQA7BVg=", "base64");
  const plain = Uint8Array.from({ length: 512 }, (_, i) => [Math.imul(i >> 2, 2654435761) >>> 24, 0, 0x80, 0x3f][i % 4]!);
  expect(frame[2]! & 16).toBe(0);
  expect(Buffer.from(unblosc(frame)).equals(Buffer.from(plain))).toBe(true);
});

test("a cut frame is refused with the numbers", async () => {
  const packed = await Blosc.fromConfig({ id: "blosc", cname: "zstd", clevel: 1, shuffle: 1, blocksize: 0 } as never).encode(new Uint8Array(5000));
  expect(() => unblosc((packed as Uint8Array).subarray(0, 20))).toThrow(/promises \d+ bytes; 20 are here/);
});
