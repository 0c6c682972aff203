import { describe, expect, test } from "vitest";
import { kinOf } from "./kin.ts";

describe("files that may belong together", () => {
  const drop = ["a/x.mrc", "a/x.mrc.mdoc", "a/X.tlt", "a/y.mrc", "b/x.mrc.mdoc", "a/s.emi", "a/s_1.ser", "a/s_2.ser"];
  test("share folder and stem, whatever their case", () => expect(kinOf("a/x.mrc", drop)).toEqual(["a/x.mrc.mdoc", "a/X.tlt"]));
  test("include the series of an .emi, and the .emi of a series", () => {
    expect(kinOf("a/s.emi", drop)).toEqual(["a/s_1.ser", "a/s_2.ser"]);
    expect(kinOf("a/s_2.ser", drop)).toContain("a/s.emi");
  });
  test("leave out a thousand numbered frames", () => {
    const frames = Array.from({ length: 1000 }, (_, i) => `frame_${String(i).padStart(4, "0")}.tif`);
    expect(kinOf("frame_0500.tif", frames)).toEqual([]);
  });
});
