import { expect, test } from "vitest";
import { decode, idAt, type Density, type Outlines } from "./decode.ts";
import { hit } from "./hit.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g)!, pair => parseInt(pair, 16));

/** Written by hand from the description of the format; the server's test writes the same bytes. */
const two = bytes("43484F31" + "07" + "02" + "056D6574616C" + "00" + "02"
  + "0123456789ABCDEF0123456789ABCDEF" + "02" + "01" + "04" + "0000" + "A00100" + "00A001" + "9F0100"
  + "FFFFFFFF000040008000000000000001" + "0C" + "01" + "01" + "0730");

/** A square of 100 with a hole of 40 in its middle, a line across the tile far below, and a small square within the big one's upper left corner. */
const nested = bytes("43484F31" + "00" + "01" + "00" + "03"
  + "00000000000000000000000000000001" + "02" + "02" + "04" + "0000" + "C80100" + "00C801" + "C70100" + "04" + "3C8B01" + "5000" + "0050" + "4F00"
  + "00000000000000000000000000000002" + "01" + "01" + "02" + "00D00F" + "D00F00"
  + "00000000000000000000000000000003" + "02" + "01" + "04" + "0A0A" + "1400" + "0014" + "1300");

test("a tile is what its description says", () => {
  const tile = decode(two) as Outlines;
  expect([tile.sequence, tile.count, tile.classes]).toEqual([7, 2, ["metal", ""]]);
  expect([idAt(tile, 0), idAt(tile, 1)]).toEqual(["01234567-89ab-cdef-0123-456789abcdef", "ffffffff-0000-4000-8000-000000000001"]);
  expect([...tile.tags]).toEqual([2, 12]);
  expect([...tile.rings]).toEqual([0, 1, 2]);
  expect([...tile.places]).toEqual([0, 4, 5]);
  expect([...tile.steps]).toEqual([0, 0, 80, 0, 80, 80, 0, 80, -4, 24]);
});

test("numbers beyond 32 bits are read", () => {
  const far = bytes("43484F31" + "00" + "01" + "00" + "01" + "00".repeat(16) + "01" + "01" + "02" + "FFFFFFFF07" + "8020" + "8080808010" + "00");
  expect([...(decode(far) as Outlines).steps]).toEqual([-(2 ** 30), 2048, 2 ** 30, 2048]);
});

test("density is counts row by row", () => {
  const tile = decode(bytes("43484431" + "09" + "0000AC02" + "00".repeat(4093))) as Density;
  expect([tile.sequence, tile.counts.length, tile.counts[2], tile.counts.reduce((sum, count) => sum + count)]).toEqual([9, 4096, 300, 300]);
});

test("a tile that was cut anywhere is refused in words, and so is what is none", () => {
  for (let length = 4; length < two.length; length++) expect(() => decode(two.subarray(0, length))).toThrow("ends too early");
  expect(() => decode(bytes("7B7D"))).toThrow("no tile of shapes");
  expect(() => decode(bytes("43484F31" + "00" + "FFFFFF7F"))).toThrow("ends too early");   // a count that the file cannot hold
});

test("of shapes that lie in one another the smallest is taken; holes and hidden ones are none", () => {
  const tile = decode(nested) as Outlines, at = (x: number, y: number, hidden = -1): number => hit(tile, x, y, 3, i => i === hidden);
  expect([at(10, 10), at(10, 10, 2), at(80, 20), at(50, 50), at(32, 50), at(500, 1002), at(500, 1010)]).toEqual([2, 0, 0, -1, 0, 1, -1]);
});
