import { expect, test } from "vitest";
import { limits, slice } from "./volume.ts";

const volume = { values: Float32Array.from({ length: 24 }, (_, i) => i), size: [2, 3, 4] as const };

test("a slice across each axis holds the voxels of that plane", () => {
  expect([...slice(volume, 0, 1).values]).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]);
  expect([...slice(volume, 1, 2).values]).toEqual([8, 9, 10, 11, 20, 21, 22, 23]);
  expect([...slice(volume, 2, 3).values]).toEqual([3, 7, 11, 15, 19, 23]);
});

test("limits pass over voxels that are no numbers", () => {
  expect(limits(Float32Array.of(NaN, 5, 1, 3), 0, 1)).toEqual([1, 5]);
});
