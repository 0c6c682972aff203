import type uPlot from "uplot";
import { toCsv, type Curve } from "../../Plots/browser/curve.ts";
import { align, plot, seriesColours } from "../../Plots/browser/plot.ts";
import { toSvg } from "../../Plots/browser/svg.ts";
import type { Energies } from "./energy.ts";
import { scalesOf, type EnergyScale } from "./energy-scale.ts";
import type { Reference } from "./reference-chooser.ts";
import { below } from "./reference-curve.ts";
import { copyText, saveFile } from "./save-file.ts";
import type { Axis } from "./signal.ts";
import type { Box } from "./tools.ts";

/** A region whose spectrum stays while others are looked at. */
export interface KeptRegion { box: Box; colour: string }

const live = 3;      // spectrum, background, net
const mostKept = 4;  // there are eight colours, one of them for a reference
const markup = `<label class="typed">Unit<select data-part="unit"></select></label>
<button class="btn sm" data-do="log" aria-pressed="false">Log</button><button class="btn sm" data-do="each" aria-pressed="false">Per pixel</button>
<button class="btn sm" data-do="keep">Keep</button><span class="grow"></span><button class="btn sm" data-do="copy">Copy</button>
<button class="btn sm" data-do="csv" data-part="csv">CSV</button><button class="btn sm" data-do="png">PNG</button>
<button class="btn sm" data-do="svg">SVG</button>
<div class="chips" data-part="kept"></div><span class="sr" data-part="bench-says" role="status"></span>`;

/** The plot of the workbench: the live spectrum with its fit, kept regions over it, units, logarithm, and copies to take away. */
export class SpectrumPlot {
  /** What is drawn into the plot and follows the mouse on it. */
  hooks: uPlot.Hooks.Arrays = {};
  onDrawn: (plot: uPlot) => void = () => {};
  onScale: (scale: EnergyScale) => void = () => {};
  onKept: (regions: readonly KeptRegion[]) => void = () => {};
  private readonly scales: readonly EnergyScale[];
  private scale: EnergyScale;
  private isLog = false;
  private isEach = false;
  private shown: Curve[] = [];
  private box: Box = { x: 0, y: 0, width: 1, height: 1 };
  private kept: { curve: Curve; box: Box }[] = [];
  private reference: Reference | undefined;
  private drawn: uPlot | undefined;
  private key = "";

  constructor(
    private readonly host: HTMLElement, private readonly bar: HTMLElement,
    private readonly name: string, axis: Axis, private readonly energies: Energies,
  ) {
    this.scales = scalesOf(axis, energies);
    this.scale = this.scales[0]!;
    bar.innerHTML = markup;
    const units = this.part<HTMLSelectElement>("unit");
    units.append(...this.scales.map(({ unit }) => new Option(unit)));
    units.closest("label")!.hidden = this.scales.length < 2;
    units.addEventListener("change", () => this.count(this.scales[units.selectedIndex]!));
    bar.addEventListener("click", event => {
      const button = (event.target as Element).closest<HTMLElement>("[data-do],[data-drop]");
      if (button?.dataset["drop"]) this.drop(Number(button.dataset["drop"]));
      if (button?.dataset["do"]) this.act(button.dataset["do"], button);
    });
  }

  get hasCurves(): boolean { return this.shown.length > 0; }

  /** Spectrum first, then background and net where there are any. */
  show(curves: Curve[], box: Box): void {
    [this.shown, this.box] = [curves, box];
    this.draw();
  }

  /** A spectrum of the library below one's own, or none any more. */
  compare(reference: Reference | undefined): void {
    this.reference = reference;
    this.draw();
  }

  /** Scaled to the counts of one's own, and per pixel like it. */
  private get compared(): Curve[] {
    const [own] = this.shown, y = own && this.reference && below({ energies: own.x, counts: own.y }, this.reference);
    return y ? [this.each({ ...own, name: `Reference ${this.reference!.name}`, y }, this.box)] : [];
  }

  /** What is seen, in the unit that is chosen. */
  private get curves(): Curve[] {
    return [...this.shown.map(curve => this.each(curve, this.box)),
      ...this.kept.map(({ curve, box }) => this.each(curve, box)), ...this.compared];
  }
  private get copies(): Curve[] {
    return this.curves.map(curve => ({ ...curve, x: curve.x.map(x => Number(this.scale.shown(x).toPrecision(10))), xUnit: this.scale.unit }));
  }
  private get labels(): [string, string] {
    const { label, unit } = this.scale;
    return [unit === "channel" ? label : `${label} (${unit})`, this.isEach ? "Counts per pixel" : "Counts"];
  }

  private each(curve: Curve, { width, height }: Box): Curve {
    return this.isEach ? { ...curve, y: curve.y.map(y => y / (width * height)), yUnit: "counts/px" } : curve;
  }

  private count(scale: EnergyScale): void {
    this.scale = scale;
    this.onScale(scale);
    this.draw();
  }

  /** While a window is dragged only the numbers change; the part that is looked at stays. */
  private draw(): void {
    const empty = (name: string): Curve => ({ name, x: [], y: [], xUnit: this.energies.unit, yUnit: "counts" }), { shown } = this;
    const current = ["Spectrum", "Background", "Net"].map((name, i) => shown[i] ? this.each(shown[i], this.box) : empty(name));
    const all = [...current, ...this.kept.map(({ curve, box }) => this.each(curve, box)), ...this.compared];
    const key = `${this.scale.unit} ${this.isLog} ${this.isEach} ${all.length}`;
    const view = this.view;
    if (this.drawn && key === this.key) this.drawn.setData(align(all));
    else {
      this.drawn?.destroy();
      const [xLabel, yLabel] = this.labels;
      this.drawn = plot(this.host, all, { xLabel, yLabel, logY: this.isLog, height: 156, hooks: this.hooks, xScale: this.scale });
      this.onDrawn(this.drawn);
    }
    this.key = key;
    if (view) this.drawn.setScale("x", view);
  }

  /** The part of the axis a person has zoomed to. */
  private get view(): { min: number; max: number } | undefined {
    const xs = this.drawn?.data[0], { min, max } = this.drawn?.scales["x"] ?? {};
    return xs?.length && min != null && max != null && (min > xs[0]! || max < xs[xs.length - 1]!) ? { min, max } : undefined;
  }

  private act(name: string, button: HTMLElement): void {
    const press = (isOn: boolean): boolean => { button.setAttribute("aria-pressed", String(isOn)); return isOn; };
    const [x, y] = this.labels, file = `${this.name || "signal"} spectrum`;
    if (name === "log") { this.isLog = press(!this.isLog); this.draw(); }
    if (name === "each") { this.isEach = press(!this.isEach); this.draw(); }
    if (name === "keep") this.keep();
    if (!this.hasCurves) return;
    if (name === "csv") saveFile(new Blob([toCsv(this.copies)], { type: "text/csv" }), `${file}.csv`);
    if (name === "svg") saveFile(new Blob([toSvg(this.copies, this.colours, x, y, this.isLog)], { type: "image/svg+xml" }), `${file}.svg`);
    if (name === "png") this.picture(file);
    if (name === "copy") void copyText(toCsv(this.copies).replaceAll(",", "\t")).then(words => {
      this.part("bench-says").textContent = words;
      button.title = words;
    });
  }

  /** Colours of `curves`: those on the plot, also where background and net are missing. */
  private get colours(): string[] {
    const all = seriesColours(this.host);
    return [...all.slice(0, this.shown.length), ...[...this.kept, ...this.compared].map((_, i) => all[live + i]!)];
  }

  private keep(): void {
    const [curve] = this.shown, { x, y, width, height } = this.box;
    if (!curve || this.kept.length >= mostKept) {
      this.part("bench-says").textContent = curve ? `At most ${mostKept} regions are kept` : "There is no spectrum yet";
      return;
    }
    this.kept.push({ curve: { ...curve, name: width * height === 1 ? `Pixel ${x}, ${y}` : `${width} × ${height} px at ${x}, ${y}` }, box: { ...this.box } });
    this.changed();
  }

  private drop(index: number): void {
    this.kept.splice(index, 1);
    this.changed();
  }

  private changed(): void {
    const colours = seriesColours(this.host);
    this.part("kept").replaceChildren(...this.kept.map(({ curve }, i) => {
      const chip = Object.assign(document.createElement("button"), { className: "chip", title: "Take away" }), line = document.createElement("i");
      chip.dataset["drop"] = String(i);
      chip.setAttribute("aria-label", `Take away: ${curve.name}`);
      line.style.background = colours[live + i]!;
      chip.append(line, curve.name, " ×");
      return chip;
    }));
    this.bar.querySelector<HTMLButtonElement>("[data-do=keep]")!.disabled = this.kept.length >= mostKept;
    this.onKept(this.kept.map(({ box }, i) => ({ box, colour: colours[live + i]! })));
    this.draw();
  }

  /** The canvas has no ground of its own. */
  private picture(file: string): void {
    const from = this.drawn?.ctx.canvas, canvas = document.createElement("canvas"), pen = canvas.getContext("2d")!;
    if (!from) return;
    [canvas.width, canvas.height] = [from.width, from.height];
    pen.fillStyle = getComputedStyle(this.host).getPropertyValue("--surface").trim() || "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(from, 0, 0);
    canvas.toBlob(blob => { if (blob) saveFile(blob, `${file}.png`); });
  }

  private part<T extends HTMLElement = HTMLElement>(name: string): T { return this.bar.querySelector<T>(`[data-part="${name}"]`)!; }
}
