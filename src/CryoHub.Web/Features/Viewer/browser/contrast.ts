import { colourAt, type MapName } from "./colour-maps.ts";
import { bender } from "./pixels.ts";
import type { Statistics } from "./signal.ts";
import type { Transfer } from "./view-state.ts";

/** How values become colours: limits, curve, map. */
export interface Contrast { low: number; high: number; scale: Transfer; gamma: number; map: MapName; invert: boolean }

/** Share 0..1 of a value between the limits, after the curve: what the shader does, for the histogram's curve and tests. */
export function share(value: number, contrast: Contrast, bendScale: number): number {
  const bend = contrast.scale === "log" ? bender(bendScale) : (v: number): number => v;
  const low = bend(contrast.low), high = bend(contrast.high);
  const t = Math.min(1, Math.max(0, (bend(value) - low) / (high - low || 1e-30)));
  return contrast.scale === "gamma" ? t ** contrast.gamma : t;
}

/** Below this the logarithm turns linear: a thousandth of the span from median to 99 %, counts of one at least for integers. */
export function bendScaleOf(statistics: Statistics | null | undefined, pixelType: string): number {
  const span = Math.abs((percentile(statistics, 99) ?? 1) - (percentile(statistics, 1) ?? 0)) || Math.abs(statistics?.max ?? 1) || 1;
  return /int/i.test(pixelType) ? 1 : span / 1000;
}

export const percentile = (statistics: Statistics | null | undefined, percent: number): number | undefined =>
  statistics?.percentiles?.[String(percent)] ?? undefined;

/** Limits that leave `percent` outside on each side; the full range for 0. */
export function limitsAt(statistics: Statistics | null | undefined, percent: number): [number, number] {
  const low = percent === 0 ? statistics?.min : percentile(statistics, percent) ?? statistics?.min;
  const high = percent === 0 ? statistics?.max : percentile(statistics, Number((100 - percent).toFixed(1))) ?? statistics?.max;
  return low === undefined || high === undefined ? [0, 1] : high > low ? [low, high] : [low, low + 1];
}

/** WebGL style: the map as a palette, limits and curve as variables, so a drag uploads three numbers and no tile. */
export function style(map: MapName, invert: boolean, colour: boolean): object {
  const shade = (band: number): unknown[] => ["^", ["clamp", ["/", ["-", ["band", band], ["var", "low"]], ["var", "span"]], 0, 1], ["var", "power"]];
  const alpha = ["band", 4];
  if (colour) {
    const channel = (band: number): unknown[] => invert ? ["-", 1, shade(band)] : shade(band);
    return { variables: start, color: ["array", channel(1), channel(2), channel(3), alpha] };
  }
  const value = ["case", ["==", ["var", "bent"], 1], shade(2), shade(1)];
  const palette = Array.from({ length: 256 }, (_, i) => `rgb(${colourAt(map, invert ? 1 - i / 255 : i / 255).join(",")})`);
  return { variables: start, color: ["case", ["<", alpha, 0.5], [0, 0, 0, 0], ["palette", ["round", ["*", value, 255]], palette]] };
}

const start = { low: 0, span: 1, power: 1, bent: 0 };

export function variables(contrast: Contrast, bendScale: number): Record<string, number> {
  const bent = contrast.scale === "log";
  const bend = bent ? bender(bendScale) : (v: number): number => v;
  const low = bend(contrast.low), span = bend(contrast.high) - low;
  return { low, span: span === 0 ? 1e-30 : span, power: contrast.scale === "gamma" ? contrast.gamma : 1, bent: bent ? 1 : 0 };
}
