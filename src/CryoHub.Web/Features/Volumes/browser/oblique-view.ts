import { scaleBar } from "../../Viewer/browser/units.ts";
import { compose, paintGrey, paintLabels, type Look } from "./look.ts";
import { cut } from "./oblique.ts";
import type { Triple, Volume } from "./volume.ts";

const most = 420;   // pixels a side: drawn anew while an angle is dragged

/** A cut through the cross in any direction. */
export class ObliqueView {
  readonly element = document.createElement("div");
  private readonly canvas = document.createElement("canvas");
  private readonly bar = document.createElement("span");
  private readonly grey = document.createElement("canvas");
  private readonly labels = document.createElement("canvas");

  constructor() {
    const name = Object.assign(document.createElement("b"), { textContent: "oblique" });
    this.element.className = "slice oblique";
    this.element.hidden = true;
    this.canvas.setAttribute("role", "img");
    this.bar.className = "bar";
    this.element.append(this.canvas, name, this.bar);
  }

  draw(volume: Volume, centre: Triple, tilt: number, turn: number, look: Look): void {
    if (this.element.hidden) return;
    const plane = { centre, tilt, turn, thick: look.thick, how: look.how, most }, seen = cut(volume, plane);
    paintGrey(this.grey, seen.values, seen.width, seen.height, look, seen.inside);
    if (look.overlay) {
      const over = cut(look.overlay.volume, { ...plane, thick: 1, nearest: true });
      paintLabels(this.labels, over.values, over.width, over.height, look.overlay, over.inside);
    }
    const pixels = devicePixelRatio, screen = this.canvas;
    screen.width = Math.max(1, Math.round(screen.clientWidth * pixels));
    screen.height = Math.max(1, Math.round(screen.clientHeight * pixels));
    const side = Math.min(screen.width, screen.height), place = { x: (screen.width - side) / 2, y: (screen.height - side) / 2, width: side, height: side };
    compose(screen, this.grey, this.labels, look, place);
    this.canvas.setAttribute("aria-label", `Oblique section through the cross, tilted ${tilt} degrees, turned ${turn} degrees`);
    const { pixels: length, label, calibrated } = scaleBar({ ...volume.axes[2], step: seen.step }, seen.width / (side / pixels), 90);
    this.bar.style.width = `${length}px`;
    this.bar.textContent = calibrated ? label : "uncalibrated";
  }
}
