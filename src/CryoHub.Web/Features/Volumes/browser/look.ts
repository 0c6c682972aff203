import { colourAt, type MapName } from "../../Viewer/browser/colour-maps.ts";
import type { Projection } from "./oblique.ts";
import type { Overlay } from "./overlay.ts";

/** How sections are drawn: contrast, colours, thickness in voxels, and labels over them. */
export interface Look { low: number; high: number; map: MapName; thick: number; how: Projection; overlay?: Overlay | undefined; opacity: number }

/** Grey values as a picture; red: a voxel that is no number; clear where `inside` is 0. */
export function paintGrey(canvas: HTMLCanvasElement, values: Float32Array, width: number, height: number, { low, high, map }: Look, inside?: Uint8Array): void {
  const table = Array.from({ length: 256 }, (_, i) => colourAt(map, i / 255)), span = high - low || 1;
  paint(canvas, width, height, i => inside?.[i] === 0 ? undefined
    : Number.isFinite(values[i]!) ? table[Math.min(255, Math.max(0, Math.round((values[i]! - low) / span * 255)))]! : [168, 38, 29]);
}

/** Labels as a picture; 0 is clear. */
export function paintLabels(canvas: HTMLCanvasElement, values: Float32Array, width: number, height: number, overlay: Overlay, inside?: Uint8Array): void {
  paint(canvas, width, height, i => inside?.[i] === 0 || values[i] === 0 || !Number.isFinite(values[i]!) ? undefined : overlay.colour(values[i]!));
}

function paint(canvas: HTMLCanvasElement, width: number, height: number, colour: (i: number) => readonly [number, number, number] | undefined): void {
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height), { data } = image;
  for (let i = 0; i < width * height; i++) {
    const found = colour(i);
    if (!found) continue;
    [data[4 * i], data[4 * i + 1], data[4 * i + 2], data[4 * i + 3]] = [...found, 255];
  }
  canvas.getContext("2d")!.putImageData(image, 0, 0);
}

/** A picture with labels over it, in the box of a screen's canvas. */
export function compose(
  screen: HTMLCanvasElement, grey: HTMLCanvasElement, labels: HTMLCanvasElement,
  { overlay, opacity }: Look, place: { x: number; y: number; width: number; height: number },
): void {
  const pen = screen.getContext("2d")!;
  pen.imageSmoothingEnabled = place.width < grey.width;
  pen.drawImage(grey, place.x, place.y, place.width, place.height);
  if (!overlay) return;
  pen.globalAlpha = opacity;
  pen.imageSmoothingEnabled = false;
  pen.drawImage(labels, place.x, place.y, place.width, place.height);
  pen.globalAlpha = 1;
}
