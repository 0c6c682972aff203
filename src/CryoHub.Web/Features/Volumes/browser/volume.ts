/** A small volume in memory, z slowest. */
export interface Volume { values: Float32Array; size: readonly [number, number, number] }

/** The plane across `axis` (0 = z, 1 = y, 2 = x) at `index`. */
export function slice({ values, size: [nz, ny, nx] }: Volume, axis: 0 | 1 | 2, index: number): { values: Float32Array; width: number; height: number } {
  const width = axis === 2 ? ny : nx, height = axis === 0 ? ny : nz, out = new Float32Array(width * height);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const [z, y, x] = axis === 0 ? [index, v, u] : axis === 1 ? [v, index, u] : [v, u, index];
      out[v * width + u] = values[(z * ny + y) * nx + x]!;
    }
  }
  return { values: out, width, height };
}

/** Values at two fractions of the sorted, finite voxels. */
export function limits(values: Float32Array, low: number, high: number): [number, number] {
  const step = Math.max(1, Math.floor(values.length / 200_000)), some = values.filter((value, i) => i % step === 0 && Number.isFinite(value)).sort();
  return [some[Math.floor((some.length - 1) * low)] ?? 0, some[Math.ceil((some.length - 1) * high)] ?? 1];
}
