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
  if (!Number.isFinite(value)) return number(value);
  const step = /float16/i.test(pixelType) ? halfStep : /float32|complex64/i.test(pixelType) ? singleStep : undefined;
  return minus(step ? shortest(value, step(value)) : String(value));
}

/** Distance of half and of single precision numbers about `value` (IEEE 754: 10 and 23 bits of fraction, least exponents -14 and -126). */
const halfStep = (value: number): number => 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 1))) - 10);
const singleStep = (value: number): number => 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(value) || 1))) - 23);

/** Fewest digits that are nearer to `value` than to its neighbours `step` away; below a power of two the neighbour is half as far. */
function shortest(value: number, step: number): string {
  const room = Number.isInteger(Math.log2(Math.abs(value))) ? step / 4 : step / 2;
  for (let digits = 1; digits < 17; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.abs(Number(text) - value) < room) return text;
  }
  return String(value);
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

/** A length in the unit that keeps it between 1 and 1000, its own where it does; units other than lengths stay as they are. */
export function readable(value: number, unit: string): [number, string] {
  const factor = metres[unit];
  if (factor === undefined || value === 0 || (Math.abs(value) >= 1 && Math.abs(value) < 1000)) return [value, unit];
  const length = value * factor;
  const [name, size] = ladder["m"]!.find(([, size]) => Math.abs(length) >= size * (1 - 1e-9)) ?? ladder["m"]!.at(-1)!;
  return [length / size, name];
}

/** A length in another unit of length; other units are left alone. */
export const readableAs = (value: number, unit: string, wanted: string): number =>
  unit === wanted || metres[unit] === undefined || metres[wanted] === undefined ? value : value * metres[unit] / metres[wanted];

/** `0.35 nm`: a length in its readable unit, any other quantity in its own. */
export function quantity(value: number, unit: string, digits = 4): string {
  const [shown, name] = readable(value, unit);
  return `${number(shown, digits)}${name ? ` ${name}` : ""}`;
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
