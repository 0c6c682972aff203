import { expect, test } from "vitest";
import { centreOf, spacingAt, spacingWords, wavelengthNm } from "./diffraction.ts";

const axis = (unit: string, step: number, origin = 0, size = 256) => ({ name: "k", size, unit, role: "reciprocal", step, origin });
const square = (unit: string, step: number, origin = 0) => ({ x: axis(unit, step, origin), y: axis(unit, step, origin) });

test("the wavelength of electrons is the tables'", () => {
  // Williams and Carter, Transmission Electron Microscopy, table 1.2: 3.70, 2.51 and 1.97 pm.
  expect([100, 200, 300].map(energy => Number((1000 * wavelengthNm(energy)).toFixed(2)))).toEqual([3.7, 2.51, 1.97]);
});

test("spacings follow from reciprocal lengths, and from angles where the energy is known", () => {
  expect(spacingWords(spacingAt(30, 40, square("1/nm", 0.05), undefined))).toBe("q 2.500 1/nm, d 400.0 pm");
  // d = λ / (2 sin(θ / 2)): 1.9687 pm at 300 kV and 10 mrad make 196.87 pm.
  expect(spacingAt(10, 0, square("mrad", 1), 300).d).toBe("196.9 pm");
  expect(spacingAt(10, 0, square("mrad", 1), undefined).d).toBe("");
  expect(spacingWords(spacingAt(3, 4, square("", 1), 300))).toBe("q 5.000 px");
});

test("the centre is where the file's coordinates are zero, else the middle", () => {
  expect(centreOf(square("1/nm", 0.05, -6))).toEqual({ x: 120.5, y: 120.5 });
  expect(centreOf(square("1/nm", 0.05))).toEqual({ x: 128, y: 128 });
  expect(centreOf(square("1/nm", 0.05, -600))).toEqual({ x: 128, y: 128 });
});
