import { describe, expect, test } from "vitest";
import type { Vector } from "./crystal.ts";
import { gridOf } from "./ebsd.ts";
import { colourIn, inCrystal, laueGroups, phasesOf } from "./orientation.ts";

const cubic = laueGroups[11]!, hexagonal = laueGroups[9]!;

describe("Laue groups", () => {
  /** Orders of the rotation groups (International Tables for Crystallography, vol. A, 10.1). */
  test("have as many turns as the tables say", () => {
    const orders = Object.fromEntries(Object.values(laueGroups).map(({ name, turns }) => [name, turns.length]));
    expect(orders).toEqual({ mmm: 4, "4/m": 4, "4/mmm": 8, "-3": 3, "-3m": 6, "6/m": 6, "6/mmm": 12, "m-3": 12, "m-3m": 24 });
  });
  test("leave a part of the sphere that is as large as its share", () => {
    // Solid angle of a spherical triangle by van Oosterom and Strackee: twice the order, for the inversion, such parts make the sphere.
    for (const { turns, corners: [a, b, c] } of Object.values(laueGroups)) {
      const dot = (p: Vector, q: Vector): number => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
      const triple = Math.abs(a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]));
      const angle = 2 * Math.atan2(triple, 1 + dot(a, b) + dot(b, c) + dot(c, a));
      expect(angle * turns.length * 2).toBeCloseTo(4 * Math.PI, 6);
    }
  });
});

describe("colours of directions", () => {
  test("are red, green and blue at the corners, for every equivalent direction", () => {
    for (const v of [[0, 0, 1], [1, 0, 0], [0, -1, 0]] as Vector[]) expect(colourIn(cubic, v)).toEqual([255, 0, 0]);
    for (const v of [[1, 1, 0], [0, 1, -1], [-1, 0, 1]] as Vector[]) expect(colourIn(cubic, v)).toEqual([0, 255, 0]);
    for (const v of [[1, 1, 1], [-1, 1, -1]] as Vector[]) expect(colourIn(cubic, v)).toEqual([0, 0, 255]);
    expect(colourIn(hexagonal, [0, 0, -1])).toEqual([255, 0, 0]);
    expect(colourIn(hexagonal, [-0.5, Math.sqrt(3) / 2, 0])).toEqual([0, 255, 0]);
  });
  test("do not change under the turns of the group", () => {
    const v: Vector = [0.3, -0.5, 0.8], expected = colourIn(cubic, v);
    expect([[-0.5, 0.8, 0.3], [0.8, 0.5, -0.3], [0.5, 0.3, 0.8]].map(w => colourIn(cubic, w as Vector))).toEqual([expected, expected, expected]);
  });
});

test("a crystal turned by Bunge's angles sees the sample's normal where the textbook says", () => {
  // [sin φ2 sin Φ, cos φ2 sin Φ, cos Φ] (Bunge, Texture Analysis in Materials Science, 2.1).
  const [phi1, phi, phi2] = [0.4, 0.9, 1.3], v = inCrystal(phi1, phi, phi2, [0, 0, 1]);
  [Math.sin(phi2) * Math.sin(phi), Math.cos(phi2) * Math.sin(phi), Math.cos(phi)].forEach((part, i) => expect(v[i]).toBeCloseTo(part, 12));
  expect(Math.hypot(...inCrystal(phi1, phi, phi2, [1, 0, 0]))).toBeCloseTo(1, 12);
});

describe("phases", () => {
  test("are read from Channel 5's line, from TSL's symmetry and from a Laue group by name", () => {
    expect(phasesOf({ Phases: ["3.660;3.660;3.660\t90.000;90.000;90.000\tIron fcc\t11\t225\t\t\tnote"] })).toEqual([{ name: "Iron fcc", laue: 11 }]);
    expect(phasesOf({ "Phase 1": { MaterialName: "Titanium (Alpha)", Symmetry: "62" } })).toEqual([{ name: "Titanium (Alpha)", laue: 9 }]);
    expect(phasesOf({ phase: { name: "Ni", "Laue Group": "m-3m" } })).toEqual([{ name: "Ni", laue: 11 }]);
  });
});

describe("a list of places", () => {
  const units = ["µm", "µm"] as const;
  test("becomes a square grid", () => {
    const x = Float64Array.of(0, 0.5, 1, 0, 0.5, 1), y = Float64Array.of(2, 2, 2, 2.5, 2.5, 2.5), { columns, rows, places, ...grid } = gridOf(x, y, units);
    expect([columns, rows, [...places]]).toEqual([3, 2, [0, 1, 2, 3, 4, 5]]);
    expect(grid.x).toMatchObject({ step: 0.5, origin: 0, unit: "µm" });
    expect(grid.y).toMatchObject({ step: 0.5, origin: 2 });
  });
  test("becomes a grid with every second row half a step to the right", () => {
    const x = Float64Array.of(0, 1, 2, 0.5, 1.5, 0, 1, 2), y = Float64Array.of(0, 0, 0, 0.866, 0.866, 1.732, 1.732, 1.732);
    const { columns, rows, places } = gridOf(x, y, units);
    expect([columns, rows, [...places]]).toEqual([3, 3, [0, 1, 2, 3, 4, 6, 7, 8]]);
  });
});
