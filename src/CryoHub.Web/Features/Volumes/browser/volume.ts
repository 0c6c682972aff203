import * as zarr from "zarrita";
import type { Pyramid } from "../../Viewer/browser/pyramid.ts";
import { toNumber } from "../../Viewer/browser/pixels.ts";
import type { Axis } from "../../Viewer/browser/signal.ts";
import type { Projection } from "./oblique.ts";

export type Triple = [number, number, number];

/** Voxels of one level in the order z, y, x; `axes` are those of this level: their steps grow where the level halves. */
export interface Volume { data: Float32Array; shape: Triple; axes: [Axis, Axis, Axis]; level: number }

/** The finest level with at most `most` voxels; the coarsest where all have more. */
export function levelFor(shapes: readonly (readonly number[])[], most: number): number {
  const fitting = shapes.findIndex(shape => shape.slice(-3).reduce((voxels, size) => voxels * size, 1) <= most);
  return fitting < 0 ? shapes.length - 1 : fitting;
}

export async function load(pyramid: Pyramid, axes: readonly Axis[], level: number): Promise<Volume> {
  const source = pyramid.levels[level]!, outer = source.shape.slice(0, -3).map(() => 0);
  const { data } = await zarr.get(source, [...outer, null, null, null]) as { data: ArrayLike<number | bigint | boolean> };
  const shape = source.shape.slice(-3) as Triple, full = pyramid.levels[0]!.shape.slice(-3);
  const coarse = axes.slice(-3).map((axis, i) => ({ ...axis, size: shape[i]!, step: axis.step * halvings(full[i]!, shape[i]!) }));
  return { data: data instanceof Float32Array ? data : Float32Array.from(data, toNumber), shape, axes: coarse as [Axis, Axis, Axis], level };
}

/** Voxels of the full volume in one of the level: a power of two, also where the size was odd. */
const halvings = (full: number, here: number): number => 2 ** Math.round(Math.log2(full / here));

/** A section through the volume: which axis runs across, which down, and which it is perpendicular to (0 = z, 1 = y, 2 = x). */
export interface Plane { name: string; across: 0 | 1 | 2; down: 0 | 1 | 2; normal: 0 | 1 | 2 }
export const planes: readonly Plane[] = [
  { name: "xy", across: 2, down: 1, normal: 0 },
  { name: "zy", across: 0, down: 1, normal: 2 },
  { name: "xz", across: 2, down: 0, normal: 1 },
];

export function section({ data, shape }: Volume, plane: Plane, index: number): Float32Array {
  const stride: Triple = [shape[1] * shape[2], shape[2], 1], width = shape[plane.across], height = shape[plane.down];
  const out = new Float32Array(width * height);
  for (let row = 0, to = 0; row < height; row++) {
    let from = index * stride[plane.normal] + row * stride[plane.down];
    for (let column = 0; column < width; column++, from += stride[plane.across]) out[to++] = data[from]!;
  }
  return out;
}

/** `thick` sections about `index`, cut at the border, projected along the normal; the section itself where it is 1. */
export function slab(volume: Volume, plane: Plane, index: number, thick: number, how: Projection): Float32Array {
  const first = Math.max(0, index - Math.floor((thick - 1) / 2)), last = Math.min(volume.shape[plane.normal] - 1, index + Math.ceil((thick - 1) / 2));
  const out = section(volume, plane, thick > 1 ? first : index);
  for (let next = first + 1; thick > 1 && next <= last; next++) {
    section(volume, plane, next).forEach((value, i) => {
      out[i] = how === "mean" ? out[i]! + value : how === "max" ? Math.max(out[i]!, value) : Math.min(out[i]!, value);
    });
  }
  return thick > 1 && how === "mean" ? out.map(value => value / (last - first + 1)) : out;
}

/** The values below which `low` and `high` (0 to 1) of the voxels lie, from an even sample of at most 65,536 finite ones. */
export function percentiles(data: Float32Array, low: number, high: number): [number, number] {
  const every = Math.max(1, Math.floor(data.length / 65_536)) | 1, sample: number[] = [];
  for (let i = 0; i < data.length; i += every) if (Number.isFinite(data[i]!)) sample.push(data[i]!);
  const sorted = Float32Array.from(sample).sort(), at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
  return [at(low), at(high)];
}
