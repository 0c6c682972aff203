import { cells, steps, type Density, type Outlines } from "./decode.ts";

type Pen = OffscreenCanvasRenderingContext2D;

/** From here on shapes of one tile lie so close that a dark edge round each would be all one sees. */
const crowded = 600;

/** Shapes of one path. All at once take a hundred times as long, as every line of the screen is then looked for in all edges. */
const together = 16;

/** Smaller ones are a dot, in pixels of the screen. */
const smallest = 2.5;

/** The shapes of a tile in the colours of their classes; what is hidden is drawn elsewhere, from its newest state. */
export function paintOutlines(pen: Pen, tile: Outlines, pixels: number, colourOf: (key: string) => string, isHidden: (index: number) => boolean): void {
  const scale = pixels / steps, thick = pixels / 512, isCrowded = tile.count > crowded;
  const groups = new Map<number, number[]>();   // by class and "unsure"
  for (let i = 0; i < tile.count; i++) {
    if (isHidden(i)) continue;
    const group = tile.tags[i]! >>> 2, members = groups.get(group);
    if (members) members.push(i); else groups.set(group, [i]);
  }
  pen.lineJoin = "round";
  for (const [group, members] of groups) {
    const colour = colourOf(tile.classes[group >>> 1]!);
    for (let first = 0; first < members.length; first += together) {
      const lines = new Path2D(), areas = new Path2D(), holed = new Path2D(), dots = new Path2D();
      for (const i of members.slice(first, first + together)) add(tile, i, scale, { lines, areas, holed, dots }, thick);
      pen.fillStyle = `${colour}21`;
      pen.fill(areas);
      pen.fill(holed, "evenodd");
      pen.setLineDash(group % 2 === 1 ? [2 * thick, 4 * thick] : []);
      if (!isCrowded) {
        pen.strokeStyle = "#0B0F12";
        pen.lineWidth = 4 * thick;
        pen.stroke(lines);
      }
      pen.strokeStyle = pen.fillStyle = colour;
      pen.lineWidth = (isCrowded ? 1 : 1.6) * thick;
      pen.stroke(lines);
      pen.fill(dots);
    }
  }
}

/** One warm hue, stronger by each doubling of the count; 1,000 in a cell of 8 pixels is full strength. */
export function paintDensity(pen: Pen, { counts }: Density, pixels: number): void {
  const side = pixels / cells;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    pen.fillStyle = `rgb(250 150 60 / ${strength(counts[i]!)})`;
    pen.fillRect((i % cells) * side, Math.floor(i / cells) * side, side, side);
  }
}

export const strength = (count: number): number => 0.15 + 0.75 * Math.min(1, Math.log2(count) / 10);

interface Paths { lines: Path2D; areas: Path2D; holed: Path2D; dots: Path2D }

function add(tile: Outlines, index: number, scale: number, { lines, areas, holed, dots }: Paths, thick: number): void {
  const { tags, rings, places } = tile, first = rings[index]!, last = rings[index + 1]!, form = tags[index]! % 4;
  const box = boxOf(tile, places[first]!, places[last]!, scale);
  if (form === 0 || box.size < smallest * thick) {
    const radius = (form === 0 ? 3.5 : smallest / 2) * thick;
    dots.moveTo(box.x + radius, box.y);
    dots.arc(box.x, box.y, radius, 0, 2 * Math.PI);
    return;
  }
  const filled = last - first > 1 ? holed : areas;
  for (let ring = first; ring < last; ring++) {
    trace(lines, tile, ring, scale, form === 2);
    if (form === 2) trace(filled, tile, ring, scale, true);
  }
}

function trace(path: Path2D, { places, steps }: Outlines, ring: number, scale: number, isClosed: boolean): void {
  for (let place = places[ring]!; place < places[ring + 1]!; place++) {
    const x = steps[2 * place]! * scale, y = steps[2 * place + 1]! * scale;
    if (place === places[ring]) path.moveTo(x, y); else path.lineTo(x, y);
  }
  if (isClosed) path.closePath();
}

function boxOf({ steps }: Outlines, from: number, to: number, scale: number): { x: number; y: number; size: number } {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let place = from; place < to; place++) {
    const x = steps[2 * place]!, y = steps[2 * place + 1]!;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: ((left + right) / 2) * scale, y: ((top + bottom) / 2) * scale, size: Math.max(right - left, bottom - top) * scale };
}
