import { expect, test } from "vitest";
import { statisticsOf } from "./statistics.ts";

test("Statistics of 0 to 1000 are those of the arithmetic series, and what is no number is only counted", () => {
  const found = statisticsOf([...Array.from({ length: 1001 }, (_, i) => i), NaN]);
  expect(found).toMatchObject({ min: 0, max: 1000, mean: 500, notFinite: 1, percentiles: { "1": 10, "50": 500, "99": 990 } });
  expect(found.std).toBeCloseTo(Math.sqrt((1001 ** 2 - 1) / 12), 6);
  expect(found.histogram!.counts.reduce((sum, n) => sum + n)).toBe(1001);
});
