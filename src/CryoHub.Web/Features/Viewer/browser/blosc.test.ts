import Blosc from "numcodecs/blosc";
import { expect, test } from "vitest";
import { unblosc } from "./blosc.ts";

// The oracle is c-blosc itself, compiled to WebAssembly.
test.each([[1, 1000], [2, 70001], [4, 262144], [4, 1_000_003], [8, 524288]])("values of %i bytes, %i bytes long, come back", async (typesize, length) => {
  const plain = Uint8Array.from({ length }, (_, i) => (i % typesize === 0 ? i * 7 : i >> 9) & 255);
  const packed = await Blosc.fromConfig({ id: "blosc", cname: "zstd", clevel: 1, shuffle: 1, blocksize: 0, typesize } as never).encode(plain);
  expect(Buffer.from(unblosc(packed as Uint8Array)).equals(Buffer.from(plain))).toBe(true);
});

test("a cut frame is refused with the numbers", async () => {
  const packed = await Blosc.fromConfig({ id: "blosc", cname: "zstd", clevel: 1, shuffle: 1, blocksize: 0 } as never).encode(new Uint8Array(5000));
  expect(() => unblosc((packed as Uint8Array).subarray(0, 20))).toThrow(/promises \d+ bytes; 20 are here/);
});
