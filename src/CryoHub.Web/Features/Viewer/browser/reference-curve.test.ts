import { expect, test } from "vitest";
import { below } from "./reference-curve.ts";

test("a reference is brought to the channels of the spectrum and to its counts", () => {
  const own = { energies: [10, 10.5, 11, 11.5], counts: [20, 30, 40, 50] };
  expect(below(own, { energies: [10, 11, 12], counts: [2, 4, 6] })).toEqual([20, 30, 40, 50]);
});

test("beyond its ends a reference has no value, and only what is shared sets the scale", () => {
  const placed = below({ energies: [8, 9, 10, 11], counts: [1000, 10, 10, 1000] }, { energies: [9, 10], counts: [1, 3] })!;
  expect(placed.slice(1, 3)).toEqual([5, 15]);
  expect([placed[0], placed[3]]).toEqual([NaN, NaN]);
});

test("without shared energies or counts there is nothing to draw", () => {
  expect(below({ energies: [1, 2], counts: [1, 1] }, { energies: [5, 6], counts: [1, 1] })).toBeUndefined();
  expect(below({ energies: [1, 2], counts: [1, 1] }, { energies: [1, 2], counts: [0, 0] })).toBeUndefined();
});
