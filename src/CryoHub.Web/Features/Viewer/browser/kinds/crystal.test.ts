import { describe, expect, test } from "vitest";
import type { Crystal } from "../signal.ts";
import { atomsOf, isAbsent, operationOf, reflectionsOf, spacingOf, toCartesian, volumeOf, type Vector } from "./crystal.ts";

const cube = (a: number) => ({ a, b: a, c: a, alpha: 90, beta: 90, gamma: 90 });
const face = ["x,y,z", "x+1/2,y+1/2,z", "x+1/2,y,z+1/2", "x,y+1/2,z+1/2"];
const gold: Crystal = { cell: cube(4.0786), spaceGroup: "F m -3 m", operations: face, sites: [{ label: "Au", element: "Au", x: 0, y: 0, z: 0, occupancy: 1 }] };

describe("a cell", () => {
  const quartz = { a: 4.913, b: 4.913, c: 5.405, alpha: 90, beta: 90, gamma: 120 };
  test("has the spacings of the textbook's formula for hexagonal cells", () => {
    for (const [h, k, l] of [[1, 0, 0], [1, 0, 1], [1, 1, 2], [2, -1, 3]] as Vector[]) {
      const expected = 1 / Math.sqrt(4 / 3 * (h * h + h * k + k * k) / 4.913 ** 2 + l * l / 5.405 ** 2);
      expect(spacingOf(quartz, [h, k, l])).toBeCloseTo(expected, 10);
    }
    expect(volumeOf(quartz)).toBeCloseTo(4.913 ** 2 * 5.405 * Math.sqrt(3) / 2, 9);
  });
  test("turned to Cartesian axes keeps its edges and angles, triclinic too", () => {
    const cell = { a: 7.1, b: 7.4, c: 5.6, alpha: 97, beta: 107, gamma: 77 }, place = toCartesian(cell);
    const [a, b, c] = [place([1, 0, 0]), place([0, 1, 0]), place([0, 0, 1])], dot = (p: Vector, q: Vector) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
    expect([Math.hypot(...a), Math.hypot(...b), Math.hypot(...c)].map(edge => Number(edge.toFixed(9)))).toEqual([7.1, 7.4, 5.6]);
    expect(Math.acos(dot(b, c) / 7.4 / 5.6) * 180 / Math.PI).toBeCloseTo(97, 9);
    expect(Math.acos(dot(a, c) / 7.1 / 5.6) * 180 / Math.PI).toBeCloseTo(107, 9);
  });
});

describe("symmetry", () => {
  test("is read as the files write it", () => {
    expect(operationOf("'-x+1/2, y, z-x'")).toEqual({ turn: [[-1, 0, 0], [0, 1, 0], [-1, 0, 1]], shift: [0.5, 0, 0] });
    expect(operationOf("1/4+y,0.5-x,z")).toEqual({ turn: [[0, 1, 0], [-1, 0, 0], [0, 0, 1]], shift: [0.25, 0.5, 0] });
    expect(operationOf("x,y")).toBeUndefined();
    expect(operationOf("x,y,nonsense")).toBeUndefined();
  });
  test("fills the cell: eight corners and six faces of gold", () => expect(atomsOf(gold)).toHaveLength(14));
  test("takes mixed indices out of a face-centred lattice", () => {
    const operations = face.map(text => operationOf(text)!);
    expect([isAbsent(operations, [1, 0, 0]), isAbsent(operations, [1, 1, 0]), isAbsent(operations, [1, 1, 1]), isAbsent(operations, [2, 0, 0])])
      .toEqual([true, true, false, false]);
  });
  test("gives gold its reflections and their multiplicities", () => {
    const all = reflectionsOf(gold, 1.1).map(({ hkl, d, count }) => [hkl.join(""), Number(d.toFixed(4)), count]);
    expect(all).toEqual([["111", 2.3548, 8], ["200", 2.0393, 6], ["220", 1.442, 12], ["311", 1.2297, 24], ["222", 1.1774, 8]]);
  });
});
