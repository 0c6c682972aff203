import * as zarr from "zarrita";
import type uPlot from "uplot";
import { axisLabel, toCsv, type Curve } from "../../Plots/browser/curve.ts";
import { plot } from "../../Plots/browser/plot.ts";
import { Preview, type MapImage } from "./preview.ts";
import type { Parts } from "./markup.ts";
import { toNumber } from "./pixels.ts";
import { at, type Axis, type Dataset, type Signal } from "./signal.ts";
import type { StrictStore } from "./strict-store.ts";
import type { Box, Tools } from "./tools.ts";
import { drawMap } from "./map-picture.ts";
import { Windows } from "./windows.ts";

const markup = `<figure class="map"><canvas role="img" aria-label="Map of the signal window"></canvas><figcaption>Set a window: its map stands here</figcaption></figure>
<div class="curves"><h2><span data-part="spectrum-name">Spectrum</span></h2><div class="plotbox" data-part="spectrum"></div></div>
<div class="windows"><h2>Windows</h2><div data-part="windows"></div><p class="faint" data-part="fit" role="status"></p><button class="btn sm" data-part="csv">CSV</button></div>`;

/** Spectrum of a pixel or region, windows over it, and the map they make (a preview on the server; the newest wins). */
export class SpectrumPanel {
  private drawn: uPlot | undefined;
  private curve: Curve | undefined;
  private readonly windows: Windows;
  private readonly preview: Preview;
  private readonly energy: Axis;
  private turn = 0;

  constructor(host: HTMLElement, private readonly parts: Parts, dataset: Dataset, signal: Signal, private readonly store: StrictStore, tools: Tools) {
    this.energy = signal.axes.find(axis => axis.role.toLowerCase() === "energy")!;
    const panel = parts.part("spec");
    panel.innerHTML = markup;
    panel.hidden = false;
    host.classList.add("with-spectra");
    this.preview = new Preview(dataset.id, signal.index, map => this.showMap(map), words => { parts.part("fit").textContent = words; });
    this.windows = new Windows(parts.part("windows"), this.energy, change => { this.drawn?.redraw(); if (change) this.preview.ask(this.windows.parameters(this.box)); });
    panel.querySelector("[data-part=csv]")!.addEventListener("click", () => save(signal.name, this.curve));
    tools.onRegion = box => { void this.show(box); };
    const x = signal.axes[1]!.size, y = signal.axes[0]!.size;
    tools.select({ x: Math.floor(x / 2), y: Math.floor(y / 2), width: 1, height: 1 });
    tools.choose("point");
  }

  private box: Box | undefined;

  /** A single spectrum: the plot takes the whole canvas. */
  static async alone(host: HTMLElement, parts: Parts, signal: Signal, store: StrictStore): Promise<void> {
    const data = await zarr.get(await zarr.open.v3(zarr.root(store).resolve("0"), { kind: "array" }));
    const axis = signal.axes[0]!, canvas = parts.part("canvas");
    host.classList.add("alone");
    const values = data.data as ArrayLike<number | bigint>;
    const curve = { name: signal.name, x: Array.from({ length: axis.size }, (_, i) => at(axis, i)), y: Array.from(values, toNumber), xUnit: axis.unit, yUnit: "counts" };
    plot(canvas, [curve], { xLabel: axisLabel(axis.unit, axis.name || "Channel"), yLabel: "Counts", height: canvas.clientHeight });
    host.dataset["ready"] = "true";
  }

  private async show(box: Box): Promise<void> {
    this.box = box;
    const turn = ++this.turn, name = box.width * box.height === 1 ? `Spectrum of pixel ${box.x}, ${box.y}` : `Spectrum of ${box.width} × ${box.height} px at ${box.x}, ${box.y}`;
    this.parts.part("spectrum-name").textContent = name;
    try {
      const array = await zarr.open.v3(zarr.root(this.store).resolve("0"), { kind: "array" });
      const chunk = await zarr.get(array, [zarr.slice(box.y, box.y + box.height), zarr.slice(box.x, box.x + box.width), null]);
      if (turn !== this.turn) return;
      const values = chunk.data as ArrayLike<number | bigint>, bins = this.energy.size, y = new Array<number>(bins).fill(0);
      for (let i = 0; i < values.length; i++) y[i % bins]! += toNumber(values[i]);
      this.curve = { name, x: y.map((_, i) => at(this.energy, i)), y, xUnit: this.energy.unit, yUnit: "counts" };
      this.draw();
      if (box.width * box.height > 1) this.preview.ask(this.windows.parameters(box));
    } catch (error) {
      this.parts.part("fit").textContent = error instanceof Error ? error.message : String(error);
    }
  }

  private draw(): void {
    const host = this.parts.part("spectrum");
    this.drawn?.destroy();
    this.drawn = plot(host, [this.curve!], { xLabel: axisLabel(this.energy.unit, "Energy"), yLabel: "Counts", height: 156, hooks: this.windows.hooks });
    this.windows.attach(this.drawn);
  }

  private showMap(map: MapImage): void {
    const figure = this.parts.part("spec").querySelector("figure")!;
    drawMap(figure.querySelector("canvas")!, map);
    figure.querySelector("figcaption")!.textContent = `${map.name}${map.unit ? ` (${map.unit})` : ""}`;
    figure.dataset["ready"] = "true";
  }
}

function save(name: string, curve: Curve | undefined): void {
  if (!curve) return;
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([toCsv([curve])], { type: "text/csv" })), download: `${name || "signal"} spectrum.csv` });
  link.click();
  URL.revokeObjectURL(link.href);
}
