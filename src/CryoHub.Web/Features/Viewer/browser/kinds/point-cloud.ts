import type uPlot from "uplot";
import { plot, seriesColours } from "../../../Plots/browser/plot.ts";
import type { Parts } from "../markup.ts";
import type { Signal } from "../signal.ts";
import type { StrictStore } from "../strict-store.ts";
import { number } from "../units.ts";
import { columnLike, heading, loadColumns, type Columns } from "./columns.ts";
import { peaksOf, rangeOf, spectrumOf, type Range } from "./ions.ts";
import { openScene, type Scene } from "./space.ts";
import { choice, section, stage } from "./stage.ts";
import { TableView } from "./table.ts";

const rest: [number, number, number] = [90, 102, 112];

/** Ions in space, coloured by the peaks of the mass spectrum below; each peak can be hidden. */
export async function showPointCloud(host: HTMLElement, parts: Parts, signal: Signal, store: StrictStore): Promise<void> {
  const loaded = await loadColumns(signal, store, true), { columns } = loaded, { body, controls } = stage(host, parts, "Points");
  const places = ["x", "y", "z"].map(axis => columnLike(columns, new RegExp(`^(${axis}|${axis}[\\s_/([].*|.*[_ ]${axis})$`, "i")));
  if (places.some(index => index < 0)) { new TableView(body, loaded, words => { parts.part("position").textContent = words; }); return; }
  const mass = columnLike(columns, /^m\s*[/_ ]?\s*(q|n|c|z)|mass/i, /^(Da|u|amu)$/);

  const space = document.createElement("div"), curves = document.createElement("div");
  space.className = "space";
  curves.className = "curves plotbox";
  body.classList.add("split", "low");
  body.replaceChildren(space, ...(mass >= 0 ? [curves] : []));
  const drawn = loaded.rows < loaded.total ? `${loaded.rows.toLocaleString("en")} of ${loaded.total.toLocaleString("en")} points drawn` : "";
  parts.part("position").textContent = drawn || `${loaded.total.toLocaleString("en")} points`;
  const scene = await openScene(space, "Points in space");
  const cloud = new Cloud(host, loaded, places, scene);
  if (mass >= 0) {
    const spectrum = spectrumOf(loaded.data[mass]!), x = spectrum.counts.map((_, i) => spectrum.from + (i + 0.5) * spectrum.step);
    const curve = { name: "Mass spectrum", x, y: spectrum.counts.map(count => count || 0.5), xUnit: columns[mass]!.unit, yUnit: "counts" };
    cloud.ranges = peaksOf(spectrum);
    cloud.ions = rangeOf(loaded.data[mass]!, cloud.ranges);
    const chart = plot(curves, [curve], {
      xLabel: heading(columns[mass]!), yLabel: "Counts (none: 0.5)", logY: true, height: Math.max(120, curves.clientHeight),
      hooks: { drawClear: [u => cloud.shade(u)] },
    });
    cloud.onChange = () => chart.redraw();
    controls.append(section("Peaks", cloud.keys(loaded.rows)));
  }
  controls.append(section("Points", choice("Size", [["1", "1 px"], ["2", "2 px"], ["4", "4 px"]], "2", size => { cloud.size = Number(size); cloud.draw(); })));
  cloud.draw();
  scene?.reset();
}

class Cloud {
  size = 2;
  ranges: Range[] = [];
  ions: Uint8Array | undefined;
  onChange: () => void = () => {};
  private readonly hidden = new Set<number>();
  private readonly colours: readonly [number, number, number][];

  constructor(host: HTMLElement, private readonly loaded: Columns, private readonly places: readonly number[], private readonly scene: Scene | undefined) {
    this.colours = seriesColours(host).map(hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number]);
  }

  /** A list of the peaks with a box each; what is in none is the last. */
  keys(total: number): HTMLElement {
    const list = document.createElement("ul"), counted = this.ranges.reduce((sum, range) => sum + range.count, 0);
    list.className = "keys boxes";
    const entry = (index: number, words: string, count: number): HTMLElement => {
      const item = document.createElement("li"),
        label = document.createElement("label"),
        box = document.createElement("input"),
        swatch = document.createElement("i");
      Object.assign(box, { type: "checkbox", checked: true });
      swatch.style.background = `rgb(${(this.colours[index] ?? rest).join(" ")})`;
      box.addEventListener("change", () => {
        if (!this.hidden.delete(index)) this.hidden.add(index);
        this.draw();
        this.onChange();
      });
      label.append(box, swatch, words, Object.assign(document.createElement("span"), { textContent: `${number(100 * count / total, 3)} %` }));
      item.append(label);
      return item;
    };
    const unit = "Da";
    list.append(
      ...this.ranges.map((range, i) => entry(i, `${number(range.low, 4)} to ${number(range.high, 4)} ${unit}`, range.count)),
      entry(255, "In no peak", Math.max(0, total - counted)));
    return list;
  }

  draw(): void {
    if (!this.scene) return;
    const [x, y, z] = this.places.map(index => this.loaded.data[index]!) as [Float64Array, Float64Array, Float64Array], { ions } = this;
    const shown = Uint32Array.from({ length: this.loaded.rows }, (_, i) => i).filter(
      i => !this.hidden.has(ions?.[i] ?? 0) && Number.isFinite(x[i]! + y[i]! + z[i]!),
    );
    const at = new Float32Array(3 * shown.length), colours = new Uint8Array(3 * shown.length);
    shown.forEach((row, i) => {
      at.set([x[row]!, y[row]!, z[row]!], 3 * i);
      colours.set(this.colours[ions?.[row] ?? 0] ?? rest, 3 * i);
    });
    this.scene.clear();
    this.scene.points(at, colours, this.size);
    this.scene.draw();
  }

  /** The ranges behind the spectrum, in the colours of their ions. */
  shade(chart: uPlot): void {
    this.ranges.forEach((range, i) => {
      if (this.hidden.has(i)) return;
      const left = chart.valToPos(range.low, "x", true), right = chart.valToPos(range.high, "x", true);
      chart.ctx.fillStyle = `rgb(${this.colours[i]!.join(" ")} / .35)`;
      chart.ctx.fillRect(left, chart.bbox.top, Math.max(1, right - left), chart.bbox.height);
    });
  }
}
