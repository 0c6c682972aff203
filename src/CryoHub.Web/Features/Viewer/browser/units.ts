import type { Axis } from "./signal.ts";

const minus = (text: string): string => text.replace("-", "\u2212");

/** About `digits` significant digits, never exponents between 1e-4 and 1e7, minus as U+2212. */
export function number(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "\u2212∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e7) return minus(value.toExponential(Math.max(0, digits - 1)));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return minus(value.toLocaleString("en", { minimumFractionDigits: Math.min(decimals, 20), maximumFractionDigits: Math.min(decimals, 20) }));
}

/** The value as the file holds it: integers in full, floats by the shortest text that reads back the same in their own width. */
export function native(value: number | bigint | boolean | undefined, pixelType: string): string {
  if (value === undefined) return "";
  if (typeof value !== "number") return minus(value.toString());
  return /32$/.test(pixelType) && /float|complex64/i.test(pixelType)
    ? minus(String(Number(value.toPrecision(8))))
    : Number.isNaN(value)
      ? "not a number"
      : minus(String(value));
}

/** Largest 1-2-5 number not above `limit`. */
export function step125(limit: number): number {
  const decade = 10 ** Math.floor(Math.log10(limit) + 1e-12);
  return [5, 2, 1].map(factor => factor * decade).find(step => step <= limit * (1 + 1e-12)) ?? decade;
}

const ladder: Record<string, readonly [string, number][]> = {
  m: [["m", 1], ["mm", 1e-3], ["µm", 1e-6], ["nm", 1e-9], ["pm", 1e-12]],
};
const metres: Record<string, number> = {
  m: 1,
  cm: 1e-2,
  mm: 1e-3,
  µm: 1e-6,
  μm: 1e-6,
  um: 1e-6,
  micron: 1e-6,
  nm: 1e-9,
  Å: 1e-10,
  A: 1e-10,
  angstrom: 1e-10,
  pm: 1e-12,
};

/** A length in the unit that keeps it between 1 and 1000; units other than lengths stay as they are. */
export function readable(value: number, unit: string): [number, string] {
  const factor = metres[unit];
  if (factor === undefined || value === 0) return [value, unit];
  const length = value * factor;
  const [name, size] = ladder["m"]!.find(([, size]) => Math.abs(length) >= size * (1 - 1e-9)) ?? ladder["m"]!.at(-1)!;
  return [length / size, name];
}

export interface ScaleBar { pixels: number; label: string; calibrated: boolean }

/** Bar of a 1-2-5 length at most `room` screen pixels long; `resolution` = image pixels a screen pixel. */
export function scaleBar(axis: Axis, resolution: number, room: number): ScaleBar {
  const calibrated = axis.unit !== "" && axis.step !== 0 && Number.isFinite(axis.step) && !axis.values;
  const perPixel = calibrated ? Math.abs(axis.step) : 1;
  const [, unit] = calibrated ? readable(perPixel * resolution * room, axis.unit) : [0, "px"];
  const scale = calibrated && metres[axis.unit] !== undefined ? metres[axis.unit]! / metres[unit]! : 1;
  const length = step125(perPixel * resolution * room * scale);
  return { pixels: length / scale / perPixel / resolution, label: `${length.toLocaleString("en", { maximumFractionDigits: 12 })} ${unit}`, calibrated };
}
