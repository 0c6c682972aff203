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
