import * as zarr from "zarrita";
import { toNumber } from "./pixels.ts";
import { present } from "./present.ts";
import type { StrictStore } from "./strict-store.ts";
import type { Box } from "./tools.ts";

/** The spectra of an image [y, x, energy] or a line [x, energy], read in place. */
export class Spectra {
  private constructor(private readonly array: zarr.Array<zarr.DataType, zarr.Readable>) {}

  static async open(store: StrictStore): Promise<Spectra> {
    return new Spectra(present(await zarr.open.v3(zarr.root(store).resolve("0"), { kind: "array" })));
  }

  get rows(): number { return this.array.shape.length > 2 ? this.array.shape[0]! : 1; }
  get columns(): number { return this.array.shape.at(-2)!; }

  /** All spectra of a box, one after the other. */
  async read(box: Box): Promise<Float64Array> {
    const across = zarr.slice(box.x, box.x + box.width), rows = this.array.shape.length > 2 ? [zarr.slice(box.y, box.y + box.height)] : [];
    const chunk = await zarr.get(this.array, [...rows, across, null]);
    return Float64Array.from(chunk.data as ArrayLike<number | bigint>, toNumber);
  }

  async sum(box: Box): Promise<number[]> {
    const values = await this.read(box), bins = this.array.shape.at(-1)!, sum = new Array<number>(bins).fill(0);
    values.forEach((value, i) => { sum[i % bins]! += value; });
    return sum;
  }
}
