import { expect, test } from "vitest";
import { defaultWindows } from "./default-windows.ts";

const law = (energy: number): number => 4e9 * energy ** -2.6;

test("the windows of an EELS spectrum stand at its edge and before it", () => {
  const values = Array.from({ length: 600 }, (_, i) => 400 + i * 0.5);
  const counts = values.map(energy => law(energy) + (energy >= 532 ? 300 * Math.exp(-(energy - 532) / 80) : 0));
  const { model, edges } = defaultWindows({ unit: "eV", values }, counts);
  expect(model).toBe("power-law");
  expect(Math.abs(edges.from - 532)).toBeLessThan(6);
  expect(edges.backgroundTo).toBeLessThan(532);
  expect(edges.backgroundFrom).toBeGreaterThanOrEqual(400);
});

test("a smooth power law has no edge, and still a window inside the spectrum", () => {
  const values = Array.from({ length: 300 }, (_, i) => 100 + i), { model, edges } = defaultWindows({ unit: "eV", values }, values.map(law));
  expect(model).toBe("none");
  expect(edges.from).toBeGreaterThanOrEqual(100);
  expect(edges.to).toBeGreaterThan(edges.from);
});

test("an EDX spectrum gets its highest peak with a side window on either hand", () => {
  const values = Array.from({ length: 2048 }, (_, i) => -480 + i * 10);
  const counts = values.map(energy => 20 + 900 * Math.exp(-(((energy - 1740) / 50) ** 2)) + 5000 * Math.exp(-((energy / 30) ** 2)));
  const { model, edges } = defaultWindows({ unit: "eV", values }, counts);
  expect(model).toBe("linear");
  expect([edges.from, edges.to]).toEqual([1660, 1820]);
  expect([edges.backgroundFrom, edges.backgroundTo, edges.afterFrom, edges.afterTo]).toEqual([1580, 1660, 1820, 1900]);
});
