import * as zarr from "zarrita";
import { centreOf, energyOf, spacingAt, spacingWords } from "./diffraction.ts";
import type { Parts } from "./markup.ts";
import { bender, toNumber } from "./pixels.ts";
import { present } from "./present.ts";
import { RegionFields } from "./region-fields.ts";
import type { Signal } from "./signal.ts";
import type { Selection } from "./spectrum-panel.ts";
import type { StrictStore } from "./strict-store.ts";
import type { Box } from "./tools.ts";

const markup = `<figure class="pattern"><canvas tabindex="0" role="img"></canvas><i class="ring"></i><i class="cross"></i></figure>
<div class="curves"><h2><span data-part="pattern-name"></span></h2><p class="faint" data-part="pattern-says" role="status"></p>
<div class="seg" role="group" aria-label="Curve of the pattern"><button data-curve="log" aria-pressed="true">Log</button>
<button data-curve="linear" aria-pressed="false">Linear</button></div></div>
<div class="windows"><h2>Region<span>px</span></h2><div data-part="region"></div></div>`;

/** Patterns that are read for the mean of a region; a larger region is sampled evenly, and told so. */
const most = 64;

/** The pattern of a pixel, or the mean pattern of a region, with spacing under the cursor. */
export class PatternPanel {
  static async open(host: HTMLElement, parts: Parts, signal: Signal, store: StrictStore, selection: Selection): Promise<void> {
    const array = present(await zarr.open.v3(zarr.root(store).resolve("0"), { kind: "array" }));
    const panel = parts.part("spec"), [rows, columns] = array.shape.slice(-4, -2) as [number, number];
    panel.innerHTML = markup;
    panel.setAttribute("aria-label", "Diffraction pattern");
    panel.hidden = false;
    host.classList.add("with-spectra");
    const view = new PatternPanel(parts, signal, array, selection, columns, rows);
    selection.select({ x: Math.floor(columns / 2), y: Math.floor(rows / 2), width: 1, height: 1 });
    await view.first;
  }

  private readonly canvas: HTMLCanvasElement;
  private readonly fields: RegionFields;
  private readonly width: number;
  private readonly height: number;
  private readonly axes;
  private values = new Float64Array();
  private isLog = true;
  private turn = 0;
  private first: Promise<void> = Promise.resolve();

  private constructor(private readonly parts: Parts, private readonly signal: Signal, private readonly array: zarr.Array<zarr.DataType, zarr.Readable>,
    selection: Selection, columns: number, rows: number) {
    [this.height, this.width] = array.shape.slice(-2) as [number, number];
    this.axes = { y: signal.axes.at(-2)!, x: signal.axes.at(-1)! };
    const panel = parts.part("spec");
    this.canvas = panel.querySelector("canvas")!;
    this.fields = new RegionFields(parts.part("region"), columns, rows, box => selection.select(box));
    selection.onRegion = box => { this.first = this.show(box); };
    for (const button of panel.querySelectorAll<HTMLElement>("[data-curve]")) button.addEventListener("click", () => {
      this.isLog = button.dataset["curve"] === "log";
      for (const other of panel.querySelectorAll("[data-curve]")) other.setAttribute("aria-pressed", String(other === button));
      this.draw();
    });
    const { x, y } = centreOf(this.axes), cross = panel.querySelector<HTMLElement>(".cross")!;
    Object.assign(cross.style, { left: `${100 * x / this.width}%`, top: `${100 * y / this.height}%` });
    panel.querySelector("figure")!.style.aspectRatio = `${this.width} / ${this.height}`;
    this.canvas.addEventListener("pointermove", event => {
      const box = this.canvas.getBoundingClientRect();
      this.say((event.clientX - box.left) / box.width * this.width, (event.clientY - box.top) / box.height * this.height);
    });
  }

  private async show(box: Box): Promise<void> {
    const turn = ++this.turn, all = box.width * box.height, count = Math.min(most, all), sum = new Float64Array(this.width * this.height);
    this.fields.show(box);
    try {
      for (let i = 0; i < count; i++) {
        const at = Math.floor(i * all / count), place = [box.y + Math.floor(at / box.width), box.x + at % box.width];
        const { data } = (await zarr.get(this.array, [...this.array.shape.slice(0, -4).map(() => 0), ...place, null, null])) as {
          data: ArrayLike<number | bigint>;
        };
        if (turn !== this.turn) return;
        for (let pixel = 0; pixel < sum.length; pixel++) sum[pixel]! += toNumber(data[pixel]) / count;
      }
    } catch (error) {
      this.parts.part("pattern-says").textContent = error instanceof Error ? error.message : String(error);
      return;
    }
    this.values = sum;
    const sampled = count < all ? ` (mean of ${count} of them)` : all > 1 ? " (mean)" : "";
    this.parts.part("pattern-name").textContent =
      all === 1 ? `Pattern of pixel ${box.x}, ${box.y}` : `Patterns of ${box.width} × ${box.height} px at ${box.x}, ${box.y}${sampled}`;
    this.canvas.setAttribute("aria-label", this.parts.part("pattern-name").textContent!);
    this.draw();
  }

  private draw(): void {
    const { canvas, width, height, values } = this,
      sorted = values.filter(Number.isFinite).sort(),
      rank = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
    const bend = this.isLog ? bender(Math.max((rank(0.99) - rank(0.01)) / 100, 1e-12)) : (value: number): number => value;
    const low = bend(rank(0.01)), span = bend(rank(this.isLog ? 1 : 0.999)) - low || 1, pen = canvas.getContext("2d")!;
    canvas.width = width;
    canvas.height = height;
    const picture = pen.createImageData(width, height);
    values.forEach((value, i) => {
      const grey = 255 * Math.min(1, Math.max(0, (bend(value) - low) / span));
      picture.data.set([grey, grey, grey, 255], 4 * i);
    });
    pen.putImageData(picture, 0, 0);
    canvas.closest("figure")!.dataset["ready"] = "true";
  }

  private say(x: number, y: number): void {
    const centre = centreOf(this.axes),
      far = spacingAt(x - centre.x, y - centre.y, this.axes, energyOf(this.signal)),
      ring = this.parts.part("spec").querySelector<HTMLElement>(".ring")!;
    const share = 200 * far.radius / this.width, value = this.values[Math.floor(y) * this.width + Math.floor(x)];
    Object.assign(ring.style, { left: `${100 * centre.x / this.width}%`, top: `${100 * centre.y / this.height}%`, width: `${share}%`, aspectRatio: "1" });
    this.parts.part("pattern-says").textContent = `${spacingWords(far)}; value ${value ?? ""}`;
  }
}
