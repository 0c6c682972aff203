import { colourAt } from "./colour-maps.ts";
import type { MapImage } from "./preview.ts";

/** A small map in viridis between its 1 and 99 % values; pixels that are no numbers stay clear. */
export function drawMap(canvas: HTMLCanvasElement, { values, width, height }: MapImage): void {
  canvas.width = width;
  canvas.height = height;
  const sorted = Float32Array.from(values.filter(Number.isFinite)).sort();
  const low = sorted[Math.floor((sorted.length - 1) * 0.01)] ?? 0, high = sorted[Math.ceil((sorted.length - 1) * 0.99)] ?? 1;
  const table = Array.from({ length: 256 }, (_, i) => colourAt("viridis", i / 255)),
    pen = canvas.getContext("2d")!,
    picture = pen.createImageData(width, height);
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    const t = Math.min(255, Math.max(0, Math.round((value - low) / (high - low || 1) * 255)));
    picture.data.set([...table[t]!, 255], i * 4);
  });
  pen.putImageData(picture, 0, 0);
}
