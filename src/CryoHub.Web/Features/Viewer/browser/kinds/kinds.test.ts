import { describe, expect, test } from "vitest";
import { extent } from "../../../Plots/browser/path-plot.ts";
import { blocks, heading } from "./columns.ts";
import { linesWith } from "./document.ts";
import { linesOf } from "./model.ts";
import { cellText, orderBy } from "./table.ts";
import { firstAxes, nearest } from "./trace.ts";

const column = (name: string, unit = "") => ({ name, unit });
const loaded = (...columns: { name: string; unit: string }[]) =>
  ({ columns, data: columns.map((_, i) => Float64Array.of(i, i + 1)), rows: 2, total: 2 });

describe("columns", () => {
  test("tell their unit once", () => {
    expect([heading(column("time/s", "s")), heading(column("Ewe", "V")), heading(column("cycle"))]).toEqual(["time/s", "Ewe (V)", "cycle"]);
  });
  test("are read whole, or in blocks spread over a list too long, or from its beginning", () => {
    expect(blocks(250, 4, 100, true)).toEqual([0, 100, 200]);
    expect(blocks(1000, 4, 100, true, 1200)).toEqual([0, 300, 600]);
    expect(blocks(1000, 4, 100, false, 1200)).toEqual([0, 100, 200]);
  });
});

describe("a table", () => {
  test("sorts numbers and words, empty cells last either way", () => {
    const values = Float64Array.of(2, NaN, -1, 2);
    expect([...orderBy(column("a"), values, false)]).toEqual([2, 0, 3, 1]);
    expect([...orderBy(column("a"), values, true)]).toEqual([0, 3, 2, 1]);
    expect([...orderBy({ ...column("w"), words: ["b10", "b9", "a"] }, Float64Array.of(0, 1, 2, NaN), false)]).toEqual([2, 1, 0, 3]);
  });
  test("shows numbers as they are and absence as a dash", () => {
    expect([cellText(column("a"), -1e-7), cellText(column("a"), NaN), cellText({ ...column("w"), words: ["Li"] }, 0)]).toEqual(["\u22121e\u22127", "–", "Li"]);
  });
});

describe("a trace", () => {
  test("begins with voltage and current over time", () => {
    expect(firstAxes(loaded(column("mode"), column("time/s", "s"), column("Ewe/V", "V"), column("I/mA", "mA")))).toEqual({ x: 1, left: 2, right: 3 });
    expect(firstAxes(loaded(column("2theta", "deg"), column("counts")))).toEqual({ x: 0, left: 1, right: -1 });
    expect(firstAxes(loaded(column("only")))).toBeUndefined();
  });
  test("finds the point under the cursor where x goes to and fro", () => {
    const x = [0, 1, 2, 1, 0], y = [0, 1, 2, 8, 9], same = (value: number): number => value;
    expect([nearest(x, y, same, same, 1.1, 1.2), nearest(x, y, same, same, 1.1, 7)]).toEqual([1, 3]);
  });
  test("gets an axis with room at both ends", () => expect([extent([[0, 100, NaN]]), extent([[5]]), extent([])]).toEqual([[-3, 103], [4.5, 5.5], [0, 1]]));
});

test("contours are cut where object or contour change", () => {
  expect(linesOf(Float64Array.of(1, 1, 1, 2), Float64Array.of(1, 1, 2, 2), 4)).toEqual([
    { object: 1, rows: [0, 1] }, { object: 1, rows: [2] }, { object: 2, rows: [3] },
  ]);
});

test("lines are found by all the words, in any case", () => expect(linesWith(["Beam on", "beam OFF", "off beam"], "OFF beam")).toEqual([1, 2]));
