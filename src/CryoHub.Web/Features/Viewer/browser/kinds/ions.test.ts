import { expect, test } from "vitest";
import { peaksOf, rangeOf, spectrumOf } from "./ions.ts";

/** Peaks at 7 (lithium), 16 and 32 Da on a flat background; Gaussians by twelve uniform numbers, a seeded generator. */
function ions(): Float64Array {
  let seed = 12345;
  const random = (): number => (seed = (seed * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
  const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, part) => sum + part, -6);
  const peak = (centre: number, count: number): number[] => Array.from({ length: count }, () => centre + 0.05 * normal());
  return Float64Array.from([...peak(7, 6000), ...peak(16, 3000), ...peak(32, 900), ...Array.from({ length: 600 }, () => random() * 40)]);
}

test("the strongest peaks are found where they were put, with nearly all their ions", () => {
  const values = ions(), peaks = peaksOf(spectrumOf(values), 3);
  expect(peaks.map(peak => Math.round(peak.centre * 5) / 5)).toEqual([7, 16, 32]);
  // A tenth of the top of a Gaussian lies 2.1 sigma out, so 96 % are inside; the background adds under 1 %.
  for (const [i, count] of [6000, 3000, 900].entries()) expect(peaks[i]!.count / count).toBeGreaterThan(0.9);
  const where = rangeOf(Float64Array.of(7, 12, 16, NaN), peaks);
  expect([...where]).toEqual([0, 255, 1, 255]);
});

test("every value is in one bin, and the spectrum ends behind its last thousandth", () => {
  const { step, counts } = spectrumOf(Float64Array.from({ length: 1000 }, (_, i) => i / 10));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
  expect(step * counts.length).toBeCloseTo(99.8 * 1.02, 6);
});
