/** Labels of an axis: as many decimals as its step needs, powers of ten where that would be long, minus as U+2212, never a negative zero. */
export function tickLabels(values: readonly (number | null)[], step: number): (string | null)[] {
  const most = Math.max(0, ...values.map(value => Math.abs(value ?? 0))), isLong = most >= 1e6 || (most > 0 && most < 1e-3);
  const decimals = step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return values.map(value => {
    if (value === null) return null;
    if (Math.abs(value) < step * 1e-6) return "0";
    const text = isLong ? String(Number(value.toPrecision(4))) : value.toLocaleString("en", { maximumFractionDigits: Math.min(20, decimals) });
    return (isLong && !text.includes("e") ? value.toExponential(2) : text).replaceAll("-", "\u2212");
  });
}

/** Ticks at 1, 2, 5 between two numbers, about `count` of them. */
export function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low || 1) / count, decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * decade).find(size => size >= rough * (1 - 1e-9))!;
  return Array.from({ length: Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1 }, (_, i) =>
    Number(((Math.ceil(low / step - 1e-9) + i) * step).toPrecision(12)),
  );
}

/** Powers of ten between two logarithms; the ends themselves where none lies between. */
export function decades(low: number, high: number): number[] {
  const first = Math.ceil(low - 1e-9), last = Math.floor(high + 1e-9);
  return first > last ? [10 ** low, 10 ** high].map(y => Number(y.toPrecision(3))) : Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}
