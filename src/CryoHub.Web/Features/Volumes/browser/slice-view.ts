import { scaleBar } from "../../Viewer/browser/units.ts";
import { compose, paintGrey, paintLabels, type Look } from "./look.ts";
import { section, slab, type Plane, type Triple, type Volume } from "./volume.ts";

const length = (volume: Volume, axis: 0 | 1 | 2): number => volume.shape[axis] * (Math.abs(volume.axes[axis].step) || 1);

/** One orthogonal section with the linked cross; drawn to true proportions, so unequal voxels look as they are. */
export class SliceView {
  readonly element = document.createElement("div");
  private readonly canvas = document.createElement("canvas");
  private readonly bar = document.createElement("span");
  private readonly picture = document.createElement("canvas");
  private readonly labels = document.createElement("canvas");
  private drawn: unknown[] = [];
  private place = { x: 0, y: 0, width: 1, height: 1 };

  constructor(private readonly plane: Plane, private readonly onMove: (at: Partial<Record<0 | 1 | 2, number>>) => void) {
    this.element.className = "slice";
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", `Section ${plane.name}; arrows move the cross, page keys go through the sections`);
    this.bar.className = "bar";
    const name = document.createElement("b");
    name.textContent = plane.name;
    this.element.append(this.canvas, name, this.bar);
    this.canvas.addEventListener("pointerdown", event => { this.canvas.setPointerCapture(event.pointerId); this.point(event); });
    this.canvas.addEventListener("pointermove", event => { if (event.buttons & 1) this.point(event); });
  }

  /** Steps of the cross for a key, along the axes on screen. */
  keys(event: KeyboardEvent, at: Triple): Partial<Record<0 | 1 | 2, number>> | undefined {
    if (event.target !== this.canvas) return undefined;
    const { across, down, normal } = this.plane;
    const moves: Record<string, [0 | 1 | 2, number]> = {
      ArrowLeft: [across, -1],
      ArrowRight: [across, 1],
      ArrowUp: [down, -1],
      ArrowDown: [down, 1],
      PageUp: [normal, -1],
      PageDown: [normal, 1],
    };
    const move = moves[event.key];
    return move && { [move[0]]: at[move[0]] + move[1] };
  }

  /** `at` counts voxels of the shown level. */
  draw(volume: Volume, at: Triple, look: Look): void {
    const { across, down, normal } = this.plane, width = volume.shape[across], height = volume.shape[down];
    const key = [volume, at[normal], look.low, look.high, look.map, look.thick, look.how, look.overlay];
    if (key.some((part, i) => part !== this.drawn[i])) this.paint(volume, at[normal], look);
    this.drawn = key;
    const pixels = devicePixelRatio, screen = this.canvas;
    screen.width = Math.max(1, Math.round(screen.clientWidth * pixels));
    screen.height = Math.max(1, Math.round(screen.clientHeight * pixels));
    const scale = Math.min(screen.width / length(volume, across), screen.height / length(volume, down));
    const place = this.place = { width: length(volume, across) * scale, height: length(volume, down) * scale, x: 0, y: 0 };
    place.x = (screen.width - place.width) / 2;
    place.y = (screen.height - place.height) / 2;
    const context = screen.getContext("2d")!;
    compose(screen, this.picture, this.labels, look, place);
    context.strokeStyle = "#F9642A";
    context.lineWidth = pixels;
    const x = place.x + (at[across] + .5) / width * place.width, y = place.y + (at[down] + .5) / height * place.height;
    context.beginPath();
    context.moveTo(x, place.y); context.lineTo(x, place.y + place.height);
    context.moveTo(place.x, y); context.lineTo(place.x + place.width, y);
    context.stroke();
    this.measure(volume, place.width / pixels / width);
  }

  private paint(volume: Volume, index: number, look: Look): void {
    const { across, down, normal } = this.plane, { overlay } = look;
    paintGrey(this.picture, slab(volume, this.plane, index, look.thick, look.how), volume.shape[across], volume.shape[down], look);
    if (!overlay) return;
    const { shape } = overlay.volume, there = Math.min(shape[normal] - 1, Math.floor((index + .5) / volume.shape[normal] * shape[normal]));
    paintLabels(this.labels, section(overlay.volume, this.plane, there), shape[across], shape[down], overlay);
  }

  private measure(volume: Volume, screenPixelsPerVoxel: number): void {
    const { pixels, label, calibrated } = scaleBar(volume.axes[this.plane.across], 1 / screenPixelsPerVoxel, 90);
    this.bar.style.width = `${pixels}px`;
    this.bar.textContent = calibrated ? label : "uncalibrated";
  }

  private point(event: PointerEvent): void {
    const { x, y, width, height } = this.place, pixels = devicePixelRatio;
    this.onMove({ [this.plane.across]: (event.offsetX * pixels - x) / width, [this.plane.down]: (event.offsetY * pixels - y) / height });
  }
}
