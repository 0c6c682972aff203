import { describe, expect, test } from "vitest";
import { pieces, rowsOf, textOf } from "./rows.ts";

const tree = { ImageList: [{ ImageData: { Calibrations: { Scale: 0.12, Units: "nm" }, Dimensions: [512, 512] } }], Name: "HAADF", Empty: {} };
const paths = (filter: string, ...open: string[]): string[] => rowsOf(tree, new Set(open), filter).rows.map(row => row.path);

describe("a metadata tree", () => {
  test("shows the top until branches are opened", () => {
    expect(paths("")).toEqual(["ImageList", "Name", "Empty"]);
    expect(paths("", "ImageList", "ImageList[0]")).toEqual(["ImageList", "ImageList[0]", "ImageList[0].ImageData", "Name", "Empty"]);
  });
  test("of a search shows only the branches that hold a find", () => {
    expect(paths("scale")).toEqual([
      "ImageList", "ImageList[0]", "ImageList[0].ImageData", "ImageList[0].ImageData.Calibrations", "ImageList[0].ImageData.Calibrations.Scale",
    ]);
    expect(rowsOf(tree, new Set(), "calib NM").rows.at(-1)!.text).toBe("nm");
    expect(rowsOf(tree, new Set(), "calib NM").found).toBe(1);
    expect(paths("nothing of the kind")).toEqual([]);
  });
  test("says how many lines are left out", () => {
    expect(rowsOf(Array.from({ length: 30 }, (_, i) => i), new Set(), "", 12)).toMatchObject({ left: 18 });
  });
  test("writes short lists in one line", () => expect([textOf([512, 512]), textOf([]), textOf(null)]).toEqual(["512, 512", "none", "none"]));
});

describe("pieces of a find", () => {
  test("alternate between plain and found", () => {
    expect(pieces("Calibrations", ["cal", "ions"])).toEqual(["", "Cal", "ibrat", "ions"]);
    expect(pieces("nm", [])).toEqual(["nm"]);
    expect(pieces("aXbX", ["x"])).toEqual(["a", "X", "b", "X"]);
  });
});
