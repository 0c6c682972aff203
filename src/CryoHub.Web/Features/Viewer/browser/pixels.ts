/** A rectangle of pixels as the file holds them; `channels` values a pixel. */
export interface Block { data: ArrayLike<number | bigint | boolean>; width: number; height: number; channels: number }

/** What a picture is drawn from: `depth` levels, each half the size of the one before; level 0 holds one value for every pixel. */
export interface PictureSource {
  readonly depth: number; readonly width: number; readonly height: number; readonly channels: number;
  read(level: number, steps: readonly number[], x: number, y: number, width: number, height: number, signal?: AbortSignal): Promise<Block | undefined>;
  /** Where the value under the cursor comes from, if what is drawn is derived; and its words. */
  readonly native?: Pick<PictureSource, "read" | "channels"> & { words(values: readonly (number | bigint | boolean | undefined)[]): string };
}

/** Numbers for drawing; the readout keeps the native value (64-bit integers included). */
export function toNumber(value: number | bigint | boolean | undefined): number {
  return typeof value === "number" ? value : value === undefined ? NaN : Number(value);
}

/** State of a drawn pixel, in the fourth band of a tile. */
export const valid = 1, hollow = 0;

export interface Tile { data: Float32Array; hollow: boolean }

/**
 * Four bands a pixel: grey = value, its logarithm-like image, unused, state; colour = red, green, blue, state.
 * Pixels beyond the picture and not-a-number are hollow: what lies under them (hatching for the latter) shows.
 */
export function toTile(block: Block, size: number, bend: (value: number) => number): Tile {
  const data = new Float32Array(size * size * 4);
  let gaps = false;
  for (let y = 0; y < Math.min(size, block.height); y++) {
    for (let x = 0; x < Math.min(size, block.width); x++) {
      const from = (y * block.width + x) * block.channels, to = (y * size + x) * 4;
      const value = toNumber(block.data[from]);
      if (!Number.isFinite(value)) { gaps = true; continue; }
      data[to] = value;
      data[to + 1] = block.channels >= 3 ? toNumber(block.data[from + 1]) : bend(value);
      data[to + 2] = block.channels >= 3 ? toNumber(block.data[from + 2]) : 0;
      data[to + 3] = valid;
    }
  }
  return { data, hollow: gaps };
}

/** Logarithmic above `scale`, linear below it, odd about zero: counts of 0 and small negative values stay drawable. */
export const bender = (scale: number) => (value: number): number => Math.asinh(value / scale);
