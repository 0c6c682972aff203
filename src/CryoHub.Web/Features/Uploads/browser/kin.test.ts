import { describe, expect, test } from "vitest";
import { kinIn } from "./kin.ts";

describe("files that may belong together", () => {
  const kin = kinIn(["a/x.mrc", "a/x.mrc.mdoc", "a/X.tlt", "a/y.mrc", "b/x.mrc.mdoc", "a/s.emi", "a/s_1.ser", "a/s_2.ser", "a/t_1.emi", "a/t_1.ser"]);
  test("share folder and stem, whatever their case", () => expect(kin("a/x.mrc")).toEqual(["a/x.mrc.mdoc", "a/X.tlt"]));
  test("include the series of an .emi, and the .emi of a series", () => {
    expect(kin("a/s.emi")).toEqual(["a/s_1.ser", "a/s_2.ser"]);
    expect(kin("a/s_2.ser")).toEqual(["a/s.emi", "a/s_1.ser"]);
    expect(kin("a/t_1.ser")).toEqual(["a/t_1.emi"]);
  });
  test("leave out 200,000 chunks with numbers for names, and find that quickly", () => {
    const chunks = Array.from({ length: 200_000 }, (_, i) => i % 2 ? `frame_${i}.tif` : `0.0.${i}`), of = kinIn(chunks);
    expect(chunks.every(chunk => of(chunk).length === 0)).toBe(true);
  }, 30_000);
});
