import type { Volume } from "./volume.ts";

export type Projection = "mean" | "max" | "min";

/** A flat cut of any direction: `inside` is 0 where the plane lies outside the volume; pixels are squares of edge `step`. */
export interface Cut { values: Float32Array; inside: Uint8Array; width: number; height: number; step: number }

/** Tilt from z and turn from x towards y in degrees, about `centre` (fractions z, y, x); `thick` samples a voxel apart are projected along the normal. */
export interface CutPlane {
  centre: readonly [number, number, number]; tilt: number; turn: number; thick: number;
  how: Projection; most: number; nearest?: boolean;
}

/** Unit vectors (x, y, z) across and down the picture and along its normal; at no tilt and no turn they are those of the section xy. */
export function frame(tilt: number, turn: number): [number[], number[], number[]] {
  const t = tilt * Math.PI / 180, a = turn * Math.PI / 180, [ct, st, ca, sa] = [Math.cos(t), Math.sin(t), Math.cos(a), Math.sin(a)];
  return [[ca * ct, sa * ct, -st], [-sa, ca, 0], [ca * st, sa * st, ct]];
}

export function cut({ data, shape, axes }: Volume, { centre, tilt, turn, thick, how, most, nearest }: CutPlane): Cut {
  const steps = axes.map(axis => Math.abs(axis.step) || 1), [dz, dy, dx] = steps as [number, number, number], [nz, ny, nx] = shape;
  const size = Math.hypot(nz * dz, ny * dy, nx * dx), finest = Math.min(dz, dy, dx);
  const step = Math.max(finest, size / most), side = Math.max(1, Math.ceil(size / step));
  const [across, down, normal] = frame(tilt, turn) as [number[], number[], number[]], count = Math.max(1, Math.round(thick));
  const values = new Float32Array(side * side), inside = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const u = (column + .5 - side / 2) * step, v = (row + .5 - side / 2) * step;
      let sum = 0, found = 0, top = how === "min" ? Infinity : -Infinity;
      for (let k = 0; k < count; k++) {
        const w = (k - (count - 1) / 2) * finest;
        const at = (i: number, length: number, part: number, edge: number): number =>
          part * length - .5 + (u * across[i]! + v * down[i]! + w * normal[i]!) / edge;
        const value = sample(data, nz, ny, nx, at(2, nz, centre[0], dz), at(1, ny, centre[1], dy), at(0, nx, centre[2], dx), nearest === true);
        if (value === undefined) continue;
        sum += value;
        found++;
        top = how === "min" ? Math.min(top, value) : Math.max(top, value);
      }
      inside[row * side + column] = found > 0 ? 1 : 0;
      values[row * side + column] = found === 0 ? 0 : how === "mean" ? sum / found : top;
    }
  }
  return { values, inside, width: side, height: side, step };
}

/** Trilinear, or the nearest voxel (labels); `undefined` beyond the outer faces of the outer voxels. */
function sample(data: Float32Array, nz: number, ny: number, nx: number, z: number, y: number, x: number, nearest: boolean): number | undefined {
  if (!(z >= -.5 && y >= -.5 && x >= -.5 && z <= nz - .5 && y <= ny - .5 && x <= nx - .5)) return undefined;
  const hold = (value: number, size: number): number => Math.min(size - 1, Math.max(0, value));
  const [cz, cy, cx] = [hold(z, nz), hold(y, ny), hold(x, nx)];
  if (nearest) return data[(Math.round(cz) * ny + Math.round(cy)) * nx + Math.round(cx)];
  const z0 = Math.floor(cz), y0 = Math.floor(cy), x0 = Math.floor(cx), fz = cz - z0, fy = cy - y0, fx = cx - x0;
  const stepZ = z0 + 1 < nz ? ny * nx : 0, stepY = y0 + 1 < ny ? nx : 0, stepX = x0 + 1 < nx ? 1 : 0, i = (z0 * ny + y0) * nx + x0;
  const line = (j: number): number => data[j]! + fx * (data[j + stepX]! - data[j]!), plane = (j: number): number => line(j) + fy * (line(j + stepY) - line(j));
  return plane(i) + fz * (plane(i + stepZ) - plane(i));
}
