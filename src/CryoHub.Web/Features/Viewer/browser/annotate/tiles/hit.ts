import type { Outlines } from "./decode.ts";

/** The shape at a place, in steps of the tile, or -1: of several the smallest, so that what lies within another can be taken. */
export function hit(tile: Outlines, x: number, y: number, tolerance: number, isHidden: (index: number) => boolean): number {
  let found = -1, smallest = Infinity;
  for (let i = 0; i < tile.count; i++) {
    const from = tile.places[tile.rings[i]!]!, to = tile.places[tile.rings[i + 1]!]!;
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    for (let place = from; place < to; place++) {
      const px = tile.steps[2 * place]!, py = tile.steps[2 * place + 1]!;
      if (px < left) left = px;
      if (px > right) right = px;
      if (py < top) top = py;
      if (py > bottom) bottom = py;
    }
    const size = right - left + bottom - top;
    if (x < left - tolerance || x > right + tolerance || y < top - tolerance || y > bottom + tolerance || size >= smallest) continue;
    if (meets(tile, i, x, y, tolerance) && !isHidden(i)) [found, smallest] = [i, size];
  }
  return found;
}

/** Near one of its lines, or within an area by the even-odd rule, which leaves holes out. */
function meets({ tags, rings, places, steps }: Outlines, index: number, x: number, y: number, tolerance: number): boolean {
  const isArea = tags[index]! % 4 === 2;
  let isWithin = false;
  for (let ring = rings[index]!; ring < rings[index + 1]!; ring++) {
    const from = places[ring]!, to = places[ring + 1]!;
    for (let place = from, last = isArea ? to - 1 : from; place < to; last = place++) {
      const ax = steps[2 * last]!, ay = steps[2 * last + 1]!, bx = steps[2 * place]!, by = steps[2 * place + 1]!;
      if (distance(x, y, ax, ay, bx, by) <= tolerance) return true;
      if (isArea && ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isWithin = !isWithin;
    }
  }
  return isWithin;
}

function distance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
