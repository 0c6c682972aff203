import "./blosc.ts";
import * as zarr from "zarrita";
import type { Block, PictureSource } from "./pixels.ts";
import { present } from "./present.ts";

type Level = zarr.Array<zarr.DataType, zarr.Readable>;

/** The multiscale picture of a signal: levels halve the size; level 0 holds the native pixels. */
export class Pyramid implements PictureSource {
  private constructor(readonly levels: readonly Level[], readonly channels: number, readonly display: string) {}

  static async open(store: zarr.AsyncReadable): Promise<Pyramid> {
    const root = zarr.root(store);
    const top = await zarr.open.v3(root, { kind: "group" });
    const display = String((top.attrs["cryohub"] as { display?: string } | undefined)?.display ?? "");
    const picture = display === "" ? top : await zarr.open.v3(root.resolve(display), { kind: "group" });
    const ome = (picture.attrs["ome"] ?? picture.attrs) as { multiscales?: { axes: { name: string }[]; datasets: { path: string }[] }[] };
    const scales = ome.multiscales?.[0];
    if (!scales) throw new Error("The signal holds no picture pyramid.");
    const levels = await Promise.all(scales.datasets.map(async level => present(await zarr.open.v3(picture.resolve(level.path), { kind: "array" }))));
    const colour = scales.axes.at(-1)?.name === "c";
    return new Pyramid(levels, colour ? levels[0]!.shape.at(-1)! : 1, display);
  }

  get depth(): number { return this.levels.length; }
  get width(): number { return this.size(0)[1]; }
  get height(): number { return this.size(0)[0]; }

  /** Rows and columns of a level. */
  size(level: number): [number, number] {
    const shape = this.levels[level]!.shape;
    return this.channels > 1 ? [shape.at(-3)!, shape.at(-2)!] : [shape.at(-2)!, shape.at(-1)!];
  }

  /** Coarsest index of `step` that a level of a volume still has: volumes halve along z too. */
  private steps(level: number, steps: readonly number[]): number[] {
    const full = this.levels[0]!.shape, here = this.levels[level]!.shape;
    return steps.map((index, axis) => here[axis] === full[axis] ? index : Math.min(here[axis]! - 1, Math.floor(index * here[axis]! / full[axis]!)));
  }

  /** Pixels `x..x+width`, `y..y+height` of one level, cut at the border; `undefined` where nothing lies inside. */
  async read(level: number, steps: readonly number[], x: number, y: number, width: number, height: number, signal?: AbortSignal): Promise<Block | undefined> {
    const [rows, columns] = this.size(level);
    const x0 = Math.max(0, x), y0 = Math.max(0, y), x1 = Math.min(columns, x + width), y1 = Math.min(rows, y + height);
    if (x1 <= x0 || y1 <= y0) return undefined;
    const selection = [...this.steps(level, steps), zarr.slice(y0, y1), zarr.slice(x0, x1), ...(this.channels > 1 ? [null] : [])];
    const chunk = await zarr.get(this.levels[level]!, selection, signal ? { signal } : undefined);
    const { data } = chunk as { data: ArrayLike<number | bigint> & { get?: (i: number) => number | bigint; length: number } };
    const plain = typeof data.get === "function" ? Array.from({ length: data.length }, (_, i) => data.get!(i)) : data;
    return { data: plain, width: x1 - x0, height: y1 - y0, channels: this.channels };
  }
}
