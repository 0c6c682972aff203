import { describe, expect, test } from "vitest";
import type { Axis } from "../../Viewer/browser/signal.ts";
import { coincide, overlayOf } from "./overlay.ts";
import { cut, type CutPlane } from "./oblique.ts";
import { planes, slab, type Triple, type Volume } from "./volume.ts";
import { readVolumeState, writeVolumeState } from "./volume-state.ts";

const axis = (name: string, size: number, step = 1): Axis => ({ name, size, unit: "nm", role: "space", step, origin: 0 });
const filled = (shape: Triple, steps: Triple, value: (z: number, y: number, x: number) => number): Volume => {
  const [nz, ny, nx] = shape;
  return {
    data: Float32Array.from({ length: nz * ny * nx }, (_, i) => value(Math.floor(i / ny / nx), Math.floor(i / nx) % ny, i % nx)),
    shape, axes: [axis("z", nz, steps[0]), axis("y", ny, steps[1]), axis("x", nx, steps[2])], level: 0,
  };
};
const plane = (more: Partial<CutPlane>): CutPlane => ({ centre: [.5, .5, .5], tilt: 0, turn: 0, thick: 1, how: "mean", most: 512, ...more });

describe("an oblique cut", () => {
  /** Trilinear interpolation returns a linear function exactly, so any plane can be checked by hand. */
  const ramp = filled([21, 21, 21], [2, 1, 1], (z, y, x) => 100 * z + 10 * y + x);
  test("without an angle is the section xy", () => {
    const { values, width, step } = cut(ramp, plane({})), middle = Math.floor(width / 2), shift = (middle + .5 - width / 2) * step;
    expect(values[middle * width + middle]).toBeCloseTo(1000 + 11 * (10 + shift), 3);
  });
  test("follows its angles through voxels of unequal edges", () => {
    const { values, inside, width, step } = cut(ramp, plane({ tilt: 30, turn: 90 })), row = Math.floor(width / 2), column = row + 5;
    const u = (column + .5 - width / 2) * step, v = (row + .5 - width / 2) * step;
    // across = (0, cos 30, -sin 30) of x, y, z; down = (-1, 0, 0); a voxel is 2 nm high
    const expected = 100 * (10 - u * .5 / 2) + 10 * (10 + u * Math.sqrt(.75)) + (10 - v);
    expect(inside[row * width + column]).toBe(1);
    expect(values[row * width + column]).toBeCloseTo(expected, 2);
  });
  test("is empty outside and keeps labels whole", () => {
    const labels = filled([8, 8, 8], [1, 1, 1], (_, __, x) => x < 4 ? 1 : 7), { values, inside } = cut(labels, plane({ tilt: 45, nearest: true }));
    expect(inside[0]).toBe(0);
    expect(new Set([...values].filter((_, i) => inside[i]))).toEqual(new Set([1, 7]));
  });
});

describe("a slab", () => {
  const steps = filled([5, 1, 1], [1, 1, 1], z => z * z);
  test("is the mean, the most or the least of its sections", () =>
    expect((["mean", "max", "min"] as const).map(how => slab(steps, planes[0]!, 2, 3, how)[0])).toEqual([14 / 3, 9, 1].map(Math.fround)));
  test("ends at the border", () => expect(slab(steps, planes[0]!, 4, 3, "mean")[0]).toBe(12.5));
});

describe("a link", () => {
  test("brings back what it was given", () => {
    const state = { cross: [.1, .2, .3], camera: [1, -2, 3, 0, 0, 0, 0, 0, 1, .5], slab: 5, how: "max", over: "3" };
    expect(readVolumeState(writeVolumeState(state))).toEqual(state);
  });
  test("leaves out what is no state", () => expect(readVolumeState("cross:1,2~slab:many~how:<b>~other:1~tilt:30")).toEqual({ tilt: 30 }));
});

describe("labels", () => {
  const of = (size: number, step: number): Volume => filled([size, size, size], [step, step, step], () => 1);
  test("lie over what covers the same box, at any level", () => expect([coincide(of(8, 1), of(4, 2)), coincide(of(8, 1), of(5, 1))]).toEqual([true, false]));
  test("have the colours of their classes", () =>
    expect(overlayOf(of(2, 1), [{ value: 1, name: "pore", colour: "#10ff80" }]).colour(1)).toEqual([16, 255, 128]));
});
