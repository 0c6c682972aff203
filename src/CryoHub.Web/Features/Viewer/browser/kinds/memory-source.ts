import type { Block, PictureSource } from "../pixels.ts";

/** A picture in memory. */
export class MemorySource implements PictureSource {
  readonly depth = 1;

  constructor(private readonly values: ArrayLike<number>, readonly width: number, readonly height: number, readonly channels = 1,
    readonly native?: PictureSource["native"]) {}

  read(_: number, __: readonly number[], x: number, y: number, width: number, height: number): Promise<Block | undefined> {
    const x0 = Math.max(0, x), y0 = Math.max(0, y), x1 = Math.min(this.width, x + width), y1 = Math.min(this.height, y + height);
    if (x1 <= x0 || y1 <= y0) return Promise.resolve(undefined);
    const { channels } = this, across = (x1 - x0) * channels, data = new Float64Array(across * (y1 - y0));
    for (let row = y0; row < y1; row++) {
      const from = (row * this.width + x0) * channels;
      for (let i = 0; i < across; i++) data[(row - y0) * across + i] = this.values[from + i]!;
    }
    return Promise.resolve({ data, width: x1 - x0, height: y1 - y0, channels });
  }
}
