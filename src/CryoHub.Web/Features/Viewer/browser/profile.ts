/** Mean along lines parallel to (x0, y0) - (x1, y1), `width` pixels wide; bilinear, one sample a pixel of length. Positions are pixel centres. */
export function profile(
  value: (x: number, y: number) => number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  width: number,
): { distance: number[]; mean: number[] } {
  const length = Math.hypot(x1 - x0, y1 - y0),
    count = Math.max(2, Math.round(length) + 1);
  const [ux, uy] = length > 0 ? [(x1 - x0) / length, (y1 - y0) / length] : [1, 0];
  const lanes = Math.max(1, Math.round(width)),
    distance: number[] = [],
    mean: number[] = [];
  for (let i = 0; i < count; i++) {
    const along = (i / (count - 1)) * length;
    let sum = 0,
      n = 0;
    for (let lane = 0; lane < lanes; lane++) {
      const across = lane - (lanes - 1) / 2;
      const sample = bilinear(value, x0 + ux * along - uy * across, y0 + uy * along + ux * across);
      if (Number.isFinite(sample)) {
        sum += sample;
        n++;
      }
    }
    distance.push(along);
    mean.push(n > 0 ? sum / n : NaN);
  }
  return { distance, mean };
}

function bilinear(value: (x: number, y: number) => number, x: number, y: number): number {
  const left = Math.floor(x), top = Math.floor(y), fx = x - left, fy = y - top;
  const row = (j: number): number => fx === 0 ? value(left, j) : value(left, j) * (1 - fx) + value(left + 1, j) * fx;
  return fy === 0 ? row(top) : row(top) * (1 - fy) + row(top + 1) * fy;
}
