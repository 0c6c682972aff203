import * as zarr from "zarrita";
import type { AbsolutePath, AsyncReadable, RangeQuery } from "zarrita";
import type { Facet } from "./facets.ts";
import { toNumber, type Block, type PictureSource } from "./pixels.ts";
import { present } from "./present.ts";
import type { Pyramid } from "./pyramid.ts";
import type { Signal } from "./signal.ts";
import { statisticsOf } from "./statistics.ts";
import type { StrictStore, Trace } from "./strict-store.ts";
import { native, number } from "./units.ts";

type Part = "modulus" | "phase" | "real" | "imaginary";

/** Complex arrays as arrays of pairs of reals, one axis more: what the bytes are. The reader of zarr knows no complex numbers. */
class PairStore implements AsyncReadable {
  constructor(private readonly store: StrictStore) {}

  async get(key: AbsolutePath, options?: Trace): Promise<Uint8Array | undefined> {
    const bytes = await this.store.get(withoutPair(key), options);
    return bytes && key.endsWith("/zarr.json") ? new TextEncoder().encode(JSON.stringify(asPairs(new TextDecoder().decode(bytes)))) : bytes;
  }

  getRange(key: AbsolutePath, range: RangeQuery, options?: Trace): Promise<Uint8Array | undefined> {
    return this.store.getRange(withoutPair(key), range, options);
  }
}

const withoutPair = (key: AbsolutePath): AbsolutePath => key.replace(/(\/c(?:\/\d+)*)\/\d+$/, "$1") as AbsolutePath;

interface Chunked { chunk_shape: number[]; codecs?: { name: string; configuration?: object }[] }

/** The description of an array of complex64 or complex128, as one of float32 or float64 pairs. */
export function asPairs(text: string): unknown {
  const array = JSON.parse(text) as { shape: number[]; data_type: string; chunk_grid: { configuration: Chunked }; codecs: { configuration?: Chunked }[] };
  const type = { complex64: "float32", complex128: "float64" }[array.data_type];
  if (!type) return array;
  const pair = <T extends Chunked>(chunked: T): T => ({ ...chunked, chunk_shape: [...chunked.chunk_shape, 2] });
  return {
    ...array, shape: [...array.shape, 2], data_type: type, fill_value: "NaN", dimension_names: null,
    chunk_grid: { ...array.chunk_grid, configuration: pair(array.chunk_grid.configuration) },
    codecs: array.codecs.map(codec => codec.configuration?.chunk_shape ? { ...codec, configuration: pair(codec.configuration) } : codec),
  };
}

/**
 * One real quantity of complex pixels. Only the modulus has a pyramid; of the others a coarse level takes every n-th pixel, as a mean of phases means
 * nothing.
 */
class ComplexPart implements PictureSource {
  readonly channels = 1;

  constructor(private readonly pyramid: Pyramid, private readonly pairs: zarr.Array<zarr.DataType, zarr.Readable>, private readonly part: Part,
    private readonly pixelType: string) {}

  get depth(): number { return this.pyramid.depth; }
  get width(): number { return this.pyramid.width; }
  get height(): number { return this.pyramid.height; }

  get native(): NonNullable<PictureSource["native"]> {
    return {
      channels: 2,
      read: (_, steps, x, y, width, height, signal) => this.box(0, steps, x, y, width, height, signal),
      words: ([re, im]) => complexWords(toNumber(re), toNumber(im), this.pixelType),
    };
  }

  async read(level: number, steps: readonly number[], x: number, y: number, width: number, height: number, signal?: AbortSignal): Promise<Block | undefined> {
    if (this.part === "modulus") return await this.pyramid.read(level, steps, x, y, width, height, signal);
    const box = await this.box(level, steps, x, y, width, height, signal);
    return box && { ...box, channels: 1, data: partOf(box.data as ArrayLike<number>, this.part) };
  }

  private async box(level: number, steps: readonly number[], x: number, y: number, width: number, height: number, signal?: AbortSignal) {
    const [rows, columns] = this.pyramid.size(level), every = 2 ** level;
    const x0 = Math.max(0, x), y0 = Math.max(0, y), x1 = Math.min(columns, x + width), y1 = Math.min(rows, y + height);
    if (x1 <= x0 || y1 <= y0) return undefined;
    const along = (from: number, to: number, size: number): zarr.Slice => zarr.slice(from * every, Math.min(size, (to - 1) * every + 1), every);
    const selection = [...steps, along(y0, y1, this.height), along(x0, x1, this.width), null];
    const { data } = await zarr.get(this.pairs, selection, signal ? { signal } : undefined) as { data: ArrayLike<number> };
    return { data, width: x1 - x0, height: y1 - y0, channels: 2 };
  }
}

/** Phase in radians from -π to π. */
export function partOf(pairs: ArrayLike<number>, part: Part): Float64Array {
  const [re, im] = [(i: number): number => pairs[2 * i]!, (i: number): number => pairs[2 * i + 1]!];
  const value = { real: re, imaginary: im, phase: (i: number) => Math.atan2(im(i), re(i)), modulus: (i: number) => Math.hypot(re(i), im(i)) }[part];
  return Float64Array.from({ length: pairs.length / 2 }, (_, i) => value(i));
}

/** Both parts as the file holds them, then modulus and phase. */
export function complexWords(re: number, im: number, pixelType: string): string {
  const sign = im < 0 || Object.is(im, -0) ? "\u2212" : "+";
  const value = `${native(re, pixelType)} ${sign} ${native(Math.abs(im), pixelType)} i`;
  return `${value}; modulus ${number(Math.hypot(re, im))}, phase ${number(Math.atan2(im, re))} rad`;
}

/** Modulus, phase, real and imaginary part of a complex picture. */
export async function complexFacets(signal: Signal, store: StrictStore, pyramid: Pyramid): Promise<Facet[]> {
  const array = present(await zarr.open.v3(zarr.root(new PairStore(store)).resolve("0"), { kind: "array" }));
  const parts: readonly [Part, string][] = [["modulus", "Modulus"], ["phase", "Phase (rad)"], ["real", "Real part"], ["imaginary", "Imaginary part"]];
  return parts.map(([key, name]) => {
    const source = new ComplexPart(pyramid, array, key, signal.pixelType);
    return {
      key, name, source,
      about: async () => ({ ...signal, pixelType: "float32", statistics: await statisticsOfSource(source, signal) }),
      ...(key === "phase" ? { look: { map: "cyclic", scale: "linear", low: -Math.PI, high: Math.PI } as const } : {}),
    };
  });
}

async function statisticsOfSource(source: PictureSource, signal: Signal) {
  const block = await source.read(source.depth - 1, signal.shape.slice(0, -2).map(() => 0), 0, 0, source.width, source.height);
  return statisticsOf(Array.from(block!.data, toNumber));
}
