import type { Energies } from "./energy.ts";

export type Model = "none" | "linear" | "power-law";
export type Edge = "backgroundFrom" | "backgroundTo" | "from" | "to" | "afterFrom" | "afterTo";
export type Edges = Record<Edge, number>;

const edxSpan = 5000;          // eV; no EELS spectrum is as wide
const lowestEdge = 25;         // eV; below it plasmons, not edges
const fewest = 6;              // channels of a window
const certain = 5;             // standard deviations an edge must rise above its background
const peakHalfWidth = 80;      // eV; 0.6 of the width of a peak in a silicon drift detector

/** Background windows that go with a signal window, inside the spectrum. */
export function withSides(model: Model, from: number, to: number, { values }: Energies): Edges {
  const first = values[0]!, last = values.at(-1)!, inside = (value: number): number => Math.min(last, Math.max(first, value)), half = (to - from) / 2;
  const before = model === "power-law" ? [0.85 * from, 0.97 * from] : [from - half, from];
  return { backgroundFrom: inside(before[0]!), backgroundTo: inside(before[1]!), from, to, afterFrom: inside(to), afterTo: inside(to + half) };
}

/** Windows to begin with: the edge that rises most above its power law (EELS), the highest peak (EDX), else the highest tenth. */
export function defaultWindows(energies: Energies, counts: readonly number[]): { model: Model; edges: Edges } {
  const { unit, values } = energies, first = values[0]!, last = values.at(-1)!;
  const chosen = (model: Model, from: number, to: number) => ({ model, edges: withSides(model, Math.max(first, from), Math.min(last, to), energies) });
  if (unit === "eV" && last - first > edxSpan) {
    const peak = values[highest(counts, values.findIndex(value => value >= 200))]!;
    return chosen("linear", peak - peakHalfWidth, peak + peakHalfWidth);
  }
  const edge = unit === "eV" ? onset(values, counts) : undefined;
  if (edge !== undefined) return chosen("power-law", edge, edge * 1.1);
  const peak = values[highest(counts, 0)]!, half = (last - first) / 20;
  return chosen("none", peak - half, peak + half);
}

/** Energy where the counts rise most, relative to a power law fitted from 85 to 97 % of it (least squares in logarithms). */
function onset(values: readonly number[], counts: readonly number[]): number | undefined {
  const channel = (energy: number): number => Math.round((energy - values[0]!) / (values[1]! - values[0]!));
  let best = 0, found: number | undefined;
  for (let i = fewest; i < values.length - fewest; i += Math.ceil(values.length / 1024)) {
    const energy = values[i]!, start = Math.max(0, channel(0.85 * energy)), end = channel(0.97 * energy), stop = channel(1.1 * energy);
    if (energy < lowestEdge || end - start < fewest || stop > values.length || stop - i < fewest) continue;
    const law = powerLaw(values, counts, start, end);
    if (!law) continue;
    let gross = 0, expected = 0;
    for (let j = i; j < stop; j++) { gross += counts[j]!; expected += law(values[j]!); }
    const rise = (gross - expected) / expected;
    if (gross - expected > certain * Math.sqrt(gross + expected) && rise > best) { best = rise; found = energy; }
  }
  return found;
}

function powerLaw(values: readonly number[], counts: readonly number[], start: number, end: number): ((energy: number) => number) | undefined {
  let n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (let j = start; j < end; j++) {
    if (!(counts[j]! > 0) || !(values[j]! > 0)) continue;
    const x = Math.log(values[j]!), y = Math.log(counts[j]!);
    n++; sx += x; sy += y; sxx += x * x; sxy += x * y;
  }
  if (n < fewest) return undefined;
  const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx), offset = (sy - slope * sx) / n;
  return energy => Math.exp(offset + slope * Math.log(energy));
}

function highest(counts: readonly number[], from: number): number {
  let top = Math.max(0, from);
  for (let i = top; i < counts.length; i++) if (counts[i]! > counts[top]!) top = i;
  return top;
}
