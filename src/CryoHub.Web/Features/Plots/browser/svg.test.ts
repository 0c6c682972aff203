import { describe, expect, test } from "vitest";
import { toSvg } from "./svg.ts";
import { decades } from "./ticks.ts";

const curve = { name: "a<b", x: [0, 1, 2, 3], y: [1, 10, 0, 100], xUnit: "eV", yUnit: "counts" };

describe("a figure", () => {
  test("with a logarithmic axis puts equal factors at equal distances and leaves out zero", () => {
    const points = /points="([^"]*)"/.exec(toSvg([curve], ["#000"], "x", "y", true))![1]!.split(" ").map(point => point.split(",").map(Number));
    expect(points.map(([, y]) => y)).toEqual([340, 185, 30]);   // 1, 10 and 100 over the 310 px from 340 to 30
  });
  test("writes names as text, never as markup", () => expect(toSvg([curve], ["#000"], "x", "y")).toContain("a&#60;b"));
  test("has powers of ten as marks", () => expect([decades(-0.2, 2.1), decades(0.1, 0.5)]).toEqual([[1, 10, 100], [1.26, 3.16]]));
});
