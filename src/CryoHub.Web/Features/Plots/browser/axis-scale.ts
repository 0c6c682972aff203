import { tickLabels, ticks } from "./ticks.ts";

/** Another count along an axis than that of its data: one number for one number, rising or falling. */
export interface AxisScale { shown(inner: number): number; inner(shown: number): number }

const room = 90;   // screen pixels from tick to tick

/** Round numbers of the shown count, at their places in the data's own count. */
export function ticksIn(scale: AxisScale, from: number, to: number, width: number): number[] {
  const ends = [scale.shown(from), scale.shown(to)], count = Math.max(3, Math.floor(width / room));
  return ticks(Math.min(...ends), Math.max(...ends), count).map(tick => scale.inner(tick)).filter(place => place >= from && place <= to).sort((a, b) => a - b);
}

export function labelsIn(scale: AxisScale, places: readonly number[]): (string | null)[] {
  const shown = places.map(place => Number(scale.shown(place).toPrecision(10)));
  return tickLabels(shown, shown.length > 1 ? Number(Math.abs(shown[1]! - shown[0]!).toPrecision(6)) : stepOf(shown[0] ?? 1));
}

/** The last decimal place that a number uses. */
const stepOf = (value: number): number => 10 ** -(String(value).split(".")[1]?.length ?? 0);
