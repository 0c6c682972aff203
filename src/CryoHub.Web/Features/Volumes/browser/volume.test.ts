import { describe, expect, test } from "vitest";
import type { Axis } from "../../Viewer/browser/signal.ts";
import { levelFor, percentiles, planes, section, type Triple, type Volume } from "./volume.ts";

const axis = (name: string, size: number): Axis => ({ name, size, unit: "nm", role: "space", step: 1, origin: 0 });
const shape: Triple = [2, 3, 4];
/** The value tells the place: 100 z + 10 y + x. */
const ramp: Volume = {
  data: Float32Array.from({ length: 24 }, (_, i) => 100 * Math.floor(i / 12) + 10 * (Math.floor(i / 4) % 3) + (i % 4)),
  shape,
  axes: [axis("z", 2), axis("y", 3), axis("x", 4)],
  level: 0,
};

describe("sections", () => {
  test("xy lies across z", () => expect([...section(ramp, planes[0]!, 1)]).toEqual([100, 101, 102, 103, 110, 111, 112, 113, 120, 121, 122, 123]));
  test("zy lies across x, with y downwards as in xy beside it", () => expect([...section(ramp, planes[1]!, 3)]).toEqual([3, 103, 13, 113, 23, 123]));
  test("xz lies across y, with x to the right as in xy above it", () =>
    expect([...section(ramp, planes[2]!, 2)]).toEqual([20, 21, 22, 23, 120, 121, 122, 123]));
});

describe("levels", () => {
  const shapes = [[512, 512, 128], [256, 256, 64], [128, 128, 32]];
  test("the finest that fits is taken", () => expect(levelFor(shapes, 2 ** 22)).toBe(1));
  test("the coarsest is taken where none fits", () => expect(levelFor(shapes, 10)).toBe(2));
});

describe("percentiles", () => {
  test("of 0 to 100 are the numbers themselves, in any order", () =>
    expect(
      percentiles(
        Float32Array.from({ length: 101 }, (_, i) => (i * 37) % 101),
        0.05,
        0.95,
      ),
    ).toEqual([5, 95]));
  test("leave out what is no number", () => expect(percentiles(Float32Array.of(NaN, 2, Infinity, 1, NaN), 0, 1)).toEqual([1, 2]));
});
