import type { Block } from "./pixels.ts";
import { toNumber } from "./pixels.ts";
import { spacing } from "./fourier.ts";
import { number, readable } from "./units.ts";
import type { Axis } from "./signal.ts";

/** Power spectrum of the live box, with spacing and angle under the cursor. The transform runs in a worker; only the newest answer is drawn. */
export class FftPanel {
  private readonly worker = new Worker(new URL("viewer-worker.js", import.meta.url), { type: "module" });
  private newest = 0;
  private size = 0;
  private readonly canvas: HTMLCanvasElement;
  private readonly words: HTMLElement;

  constructor(readonly host: HTMLElement, private readonly x: Axis, private readonly y: Axis) {
    host.innerHTML = `<div class="p"><canvas tabindex="0" role="img" aria-label="Power spectrum of the box"></canvas><i class="ring"></i></div>
      <p aria-live="polite"><b></b><span></span></p>`;
    this.canvas = host.querySelector("canvas")!;
    this.words = host.querySelector("p")!;
    this.worker.onmessage = (event: MessageEvent<{ id: number; power: Float32Array }>) => { if (event.data.id === this.newest) this.draw(event.data.power); };
    this.canvas.addEventListener("pointermove", event => {
      const bounds = this.canvas.getBoundingClientRect();
      this.say(
        ((event.clientX - bounds.left) / bounds.width) * this.size - this.size / 2,
        ((event.clientY - bounds.top) / bounds.height) * this.size - this.size / 2,
      );
    });
    this.canvas.addEventListener("pointerleave", () => this.rest());
    this.rest();
  }

  update(block: Block, size: number): void {
    const box = new Float32Array(size * size).fill(NaN);
    for (let y = 0; y < block.height; y++)
      for (let x = 0; x < block.width; x++) box[y * size + x] = toNumber(block.data[(y * block.width + x) * block.channels]);
    this.size = size;
    this.worker.postMessage({ id: ++this.newest, box, size }, [box.buffer]);
  }

  private draw(power: Float32Array): void {
    const { size, canvas } = this, sorted = Float32Array.from(power).sort();
    const low = sorted[Math.floor(sorted.length * 0.3)]!, high = sorted[Math.floor(sorted.length * 0.9995)]!, pen = canvas.getContext("2d")!;
    canvas.width = canvas.height = size;
    const picture = pen.createImageData(size, size);
    power.forEach((value, i) => {
      const grey = 255 * Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
      picture.data.set([grey, grey, grey, 255], i * 4);
    });
    pen.putImageData(picture, 0, 0);
    this.host.hidden = false;
    this.host.dispatchEvent(new CustomEvent("fft-drawn", { bubbles: true }));
  }

  private say(kx: number, ky: number): void {
    const [bold, faint] = [this.words.querySelector("b")!, this.words.querySelector("span")!];
    const calibrated = this.x.unit !== "";
    const { d, angle } = spacing(kx, ky, this.size, calibrated ? Math.abs(this.x.step) : 1, calibrated ? Math.abs(this.y.step) : 1);
    const [value, unit] = calibrated ? readable(d, this.x.unit) : [d, "px"];
    bold.textContent = Number.isFinite(d) ? `d = ${number(value)} ${unit}` : "centre";
    faint.textContent = Number.isFinite(d) ? `${angle.toFixed(1)}° from +x` : "";
    const ring = this.host.querySelector<HTMLElement>(".ring")!, share = 2 * Math.hypot(kx, ky) / this.size * 100;
    ring.style.cssText = `width:${share}%;height:${share}%`;
  }

  private rest(): void {
    this.words.querySelector("b")!.textContent = "Power spectrum, log";
    this.words.querySelector("span")!.textContent = "d under the cursor";
    this.host.querySelector<HTMLElement>(".ring")!.style.cssText = "";
  }
}
