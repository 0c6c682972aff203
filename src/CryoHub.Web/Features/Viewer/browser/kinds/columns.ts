import * as zarr from "zarrita";
import { toNumber } from "../pixels.ts";
import { present } from "../present.ts";
import { at, type Column, type Signal } from "../signal.ts";
import type { StrictStore } from "../strict-store.ts";

/** Columns in memory; `total` rows are in the file, of which those here are an even sample or the first ones. */
export interface Columns { columns: readonly Column[]; data: readonly Float64Array[]; rows: number; total: number }

/** 64 MB of numbers. */
const most = 8_000_000;

/** Reads the columns of a signal: all of them, or as many blocks of rows as may be held, spread over the whole list or from its beginning. */
export async function loadColumns(signal: Signal, store: StrictStore, spread = false): Promise<Columns> {
  const array = present(await zarr.open.v3(zarr.root(store).resolve("0"), { kind: "array" }));
  if (array.shape.length === 1) return await curve(signal, array);
  const [total, width] = array.shape as [number, number], block = Math.max(1, Math.floor(131_072 / width));   // as the chunks are cut
  const starts = blocks(total, width, block, spread);
  const ends = starts.map(start => Math.min(total, start + block)), rows = starts.reduce((sum, start, i) => sum + ends[i]! - start, 0);
  const data = Array.from({ length: width }, () => new Float64Array(rows));
  let to = 0;
  for (const [i, start] of starts.entries()) {
    const { data: values } = await zarr.get(array, [zarr.slice(start, ends[i]!), null]) as { data: Float64Array };
    const count = ends[i]! - start;
    for (let row = 0; row < count; row++) for (let column = 0; column < width; column++) data[column]![to + row] = values[row * width + column]!;
    to += count;
  }
  const named = signal.columns ?? Array.from({ length: width }, (_, i) => ({ name: `Column ${i + 1}`, unit: "" }));
  return { columns: named, data, rows, total };
}

/** First rows of the blocks that are read. */
export function blocks(total: number, width: number, block: number, spread: boolean, limit = most): number[] {
  const count = Math.ceil(total / block), may = Math.max(1, Math.floor(limit / (block * width)));
  if (count <= may) return Array.from({ length: count }, (_, i) => i * block);
  return Array.from({ length: may }, (_, i) => (spread ? Math.floor(i * count / may) : i) * block);
}

/** A curve is its coordinates and its values. */
async function curve(signal: Signal, array: zarr.Array<zarr.DataType, zarr.Readable>): Promise<Columns> {
  const axis = signal.axes[0]!, { data } = await zarr.get(array) as { data: ArrayLike<number | bigint | boolean> };
  const y = Float64Array.from(data, toNumber), x = Float64Array.from(y, (_, i) => at(axis, i));
  const value = { name: signal.name || "Value", unit: signal.valueUnit ?? "" };
  return { columns: [{ name: axis.name || "Index", unit: axis.unit }, value], data: [x, y], rows: y.length, total: y.length };
}

/** `Ewe (V)`; a unit that the name already carries (`time/s`) is not told twice. */
export function heading({ name, unit }: Column): string {
  return unit === "" || name.endsWith(`/${unit}`) || name.endsWith(`(${unit})`) || name.endsWith(`[${unit}]`) ? name : `${name} (${unit})`;
}

/** The first column whose name or unit is of this kind; -1 where there is none. */
export const columnLike = (columns: readonly Column[], name: RegExp, unit?: RegExp): number => {
  const named = columns.findIndex(column => !column.words && name.test(column.name));
  return named >= 0 || !unit ? named : columns.findIndex(column => !column.words && unit.test(column.unit));
};
