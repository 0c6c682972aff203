import OlLayer from "ol/layer/Layer";
import Source from "ol/source/Source";
import type { FrameState } from "ol/Map";
import type { Blocks } from "./blocks.ts";
import type { Stroke } from "./stroke.ts";

/** Strokes that are on their way, in the colour they will have. */
export interface Trail { stroke: Stroke; colour: string }

/** Draws blocks and the strokes that are not in them yet; the newest on top. */
export class PaintCanvas extends OlLayer {
  blocks: Blocks | undefined;
  trails: () => Iterable<Trail> = () => [];
  private readonly canvas = document.createElement("canvas");
  // The map draws the next layer right into an element that is a canvas: shapes would then be scaled and faint as this one is.
  private readonly box = document.createElement("div");

  constructor() {
    super({ source: new Source({}), zIndex: 3 });
    this.canvas.className = "paint";
    this.box.append(this.canvas);
    this.canvas.style.cssText = this.box.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none";
  }

  set strength(value: number) { this.canvas.style.opacity = String(value); }

  override render(frame: FrameState | null): HTMLElement {
    const { canvas, box } = this;
    if (!frame) return box;
    const [width, height] = frame.size as [number, number], ratio = frame.pixelRatio, { center, resolution } = frame.viewState;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio))
      [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    const pen = canvas.getContext("2d")!, scale = ratio / resolution;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(scale, 0, 0, scale, canvas.width / 2 - center[0]! * scale, canvas.height / 2 + center[1]! * scale);
    pen.imageSmoothingEnabled = false;
    for (const { x, y, picture } of this.blocks?.pictures() ?? []) pen.drawImage(picture, x, y);
    for (const trail of this.trails()) draw(pen, trail);
    return box;
  }
}

function draw(pen: CanvasRenderingContext2D, { stroke: { kind, label, points, radius = 1 }, colour }: Trail): void {
  if (kind === "rows") return;
  const step = kind === "ball" ? 3 : 2;
  pen.globalCompositeOperation = label === 0 ? "destination-out" : "source-over";
  pen.beginPath();
  pen.moveTo(points[0]!, points[1]!);
  for (let i = step; i < points.length; i += step) pen.lineTo(points[i]!, points[i + 1]!);
  if (kind === "polygon") {
    pen.fillStyle = colour;
    pen.fill("evenodd");
  } else {
    if (points.length === step) pen.lineTo(points[0]! + 1e-3, points[1]!);
    Object.assign(pen, { lineWidth: 2 * radius, lineCap: "round", lineJoin: "round", strokeStyle: colour });
    pen.stroke();
  }
  pen.globalCompositeOperation = "source-over";
}
