/** Counts of values in equal bins from `from`. */
export interface Spectrum { from: number; step: number; counts: number[] }

const bins = 2000;

/** The mass spectrum between 0 and the 99.9 % value, so that single stray ions do not squeeze it. */
export function spectrumOf(values: Float64Array): Spectrum {
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort(), high = sorted[Math.floor((sorted.length - 1) * 0.999)] ?? 1;
  const from = Math.min(0, sorted[0] ?? 0), step = Math.max((high * 1.02 - from) / bins, 1e-9), counts = new Array<number>(bins).fill(0);
  for (const value of sorted) {
    const bin = Math.floor((value - from) / step);
    if (bin >= 0 && bin < bins) counts[bin]!++;
  }
  return { from, step, counts };
}

export interface Range { low: number; high: number; centre: number; count: number }

/** The strongest peaks with their ranges: from each top down to a tenth of it, or to where the counts rise again, whichever comes first. */
export function peaksOf({ from, step, counts }: Spectrum, most = 8): Range[] {
  const total = counts.reduce((sum, count) => sum + count, 0), taken = new Array<boolean>(counts.length).fill(false), peaks: Range[] = [];
  const smooth = counts.map((_, i) => ((counts[i - 1] ?? 0) + 2 * counts[i]! + (counts[i + 1] ?? 0)) / 4);
  for (const top of smooth.map((_, i) => i).sort((a, b) => smooth[b]! - smooth[a]!)) {
    if (peaks.length === most || counts[top]! <= total * 1e-4) break;
    if (taken[top]) continue;
    const reach = (way: 1 | -1): number => {
      let at = top;
      while (
        at + way >= 0 &&
        at + way < counts.length &&
        !taken[at + way] &&
        smooth[at]! > smooth[top]! / 10 &&
        smooth[at + way]! <= smooth[at]! * 1.2
      )
        at += way;
      return at;
    };
    const low = reach(-1), high = reach(1);
    let count = 0;
    for (let i = low; i <= high; i++) { taken[i] = true; count += counts[i]!; }
    peaks.push({ low: from + low * step, high: from + (high + 1) * step, centre: from + (top + 0.5) * step, count });
  }
  return peaks.sort((a, b) => a.centre - b.centre);
}

/** Which range each value lies in; 255 for none. */
export function rangeOf(values: Float64Array, ranges: readonly Range[]): Uint8Array {
  return Uint8Array.from(values, value => {
    const found = ranges.findIndex(({ low, high }) => value >= low && value < high);
    return found < 0 ? 255 : found;
  });
}
