import type * as zarr from "zarrita";
import type { Trace } from "./strict-store.ts";

type Read = zarr.Array<zarr.DataType, zarr.Readable>;

/**
 * Makes absence inside a shard an error too. zarr reads an inner chunk its shard's index marks absent as the fill value, without asking the store:
 * a chunk for which no pixels were fetched is such a one.
 */
export function present<T extends Read>(array: T): T {
  const read = array.getChunk.bind(array);
  array.getChunk = async (coordinates, options, more) => {
    const trace: Trace = { ...options, fetched: false };
    const chunk = await read(coordinates, trace as typeof options, more);
    if (!trace.fetched) throw new Error(`${array.path.slice(1)}, chunk ${coordinates.join("/")}: marked absent in its shard`);
    return chunk;
  };
  return array;
}
