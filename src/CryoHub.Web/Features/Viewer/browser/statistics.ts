import { toNumber } from "./pixels.ts";
import type { Pyramid } from "./pyramid.ts";
import type { Signal, Statistics } from "./signal.ts";

const bins = 256;
const ranks = [0.1, 1, 5, 50, 95, 99, 99.9];

/** Statistics of finite values, in the API's shape. */
export function statisticsOf(values: Iterable<number>): Statistics {
  const all = [...values], finite = Float64Array.from(all.filter(Number.isFinite)).sort();
  const count = finite.length, min = finite[0] ?? NaN, max = finite[count - 1] ?? NaN;
  const mean = finite.reduce((sum, value) => sum + value, 0) / count;
  const std = Math.sqrt(finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  const counts = new Array<number>(bins).fill(0);
  for (const value of finite) counts[Math.min(bins - 1, Math.floor((value - min) / (max - min || 1) * bins))]!++;
  const percentiles = Object.fromEntries(ranks.map(rank => [String(rank), finite[Math.round(rank / 100 * (count - 1))] ?? NaN]));
  return { min, max, mean, std, notFinite: all.length - count, histogram: { low: min, high: max, counts }, percentiles };
}

/** The signal with the statistics of what is drawn: a map of sums or a modulus has other values than the signal's own pixels. */
export async function asDrawn(signal: Signal, pyramid: Pyramid): Promise<Signal> {
  if (pyramid.display === "") return signal;
  const coarsest = pyramid.levels.length - 1, [rows, columns] = pyramid.size(coarsest);
  const block = await pyramid.read(coarsest, pyramid.levels[coarsest]!.shape.slice(0, -2).map(() => 0), 0, 0, columns, rows);
  return { ...signal, pixelType: "float32", statistics: statisticsOf(Array.from(block!.data, toNumber)) };
}
