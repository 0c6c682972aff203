import type uPlot from "uplot";
import { defaultWindows, withSides, type Edge, type Edges, type Model } from "./default-windows.ts";
import type { Energies } from "./energy.ts";
import type { EnergyScale } from "./energy-scale.ts";
import type { Box } from "./tools.ts";

const labels: Record<Edge, string> = {
  backgroundFrom: "Background from", backgroundTo: "Background to", from: "Signal from", to: "Signal to", afterFrom: "After from", afterTo: "After to",
};
const pairs: readonly [Edge, Edge][] = [["backgroundFrom", "backgroundTo"], ["from", "to"], ["afterFrom", "afterTo"]];
const used: Record<Model, readonly Edge[]> = {
  none: ["from", "to"],
  "power-law": ["backgroundFrom", "backgroundTo", "from", "to"],
  linear: ["backgroundFrom", "backgroundTo", "from", "to", "afterFrom", "afterTo"],
};
const grip = 8;   // screen pixels

/** Background and signal windows: bands on the plot with edges to drag, and the same numbers typed. */
export class Windows {
  private edges: Edges;
  private model: Model;
  private drawn: uPlot | undefined;
  private scale: Pick<EnergyScale, "shown" | "inner"> = { shown: value => value, inner: value => value };
  readonly hooks: uPlot.Hooks.Arrays = { drawClear: [plot => this.paint(plot)] };

  constructor(private readonly host: HTMLElement, private readonly energies: Energies, counts: readonly number[], private readonly changed: () => void) {
    ({ model: this.model, edges: this.edges } = defaultWindows(energies, counts));
    const unit = energies.unit === "eV" ? "eV" : "ch";
    const field = (edge: Edge): string =>
      `<label class="typed">${labels[edge]}<span class="unitbox"><input data-edge="${edge}" inputmode="decimal"><i>${unit}</i></span></label>`;
    host.innerHTML = `<label class="typed">Background<select><option value="power-law">Power law</option><option value="linear">Linear</option>
      <option value="none">None</option></select></label>${used.linear.map(field).join("")}`;
    const select = host.querySelector("select")!;
    select.value = this.model;
    select.addEventListener("change", () => this.choose(select.value as Model));
    for (const input of this.inputs)
      input.addEventListener("change", () => this.move(input.dataset["edge"] as Edge, this.scale.inner(Number(input.value.replace("\u2212", "-")))));
    this.type();
  }

  /** The record `spectrum-map` takes. */
  parameters(region: Box): object {
    return { windows: [Object.fromEntries(used[this.model].map(edge => [edge, this.edges[edge]]))], background: this.model, region };
  }

  /** The typed numbers in another unit; the windows stay where they are. */
  count(scale: EnergyScale): void {
    this.scale = scale;
    for (const unit of this.host.querySelectorAll(".unitbox i")) unit.textContent = scale.unit === "channel" ? "ch" : scale.unit;
    this.type();
  }

  attach(plot: uPlot): void {
    this.drawn = plot;
    let held: Edge | undefined;
    const left = (event: PointerEvent): number => event.clientX - plot.over.getBoundingClientRect().left;
    const nearest = (event: PointerEvent): Edge | undefined => {
      const far = (edge: Edge): number => Math.abs(plot.valToPos(this.edges[edge], "x") - left(event));
      return used[this.model].filter(edge => far(edge) < grip).sort((a, b) => far(a) - far(b))[0];
    };
    plot.over.addEventListener("pointerdown", event => {
      held = nearest(event);
      if (held) { plot.over.setPointerCapture(event.pointerId); event.stopPropagation(); }
    });
    plot.over.addEventListener("mousedown", event => { if (held) event.stopImmediatePropagation(); }, true);
    plot.over.addEventListener("pointermove", event => {
      plot.over.style.cursor = held || nearest(event) ? "ew-resize" : "crosshair";
      if (held) this.move(held, plot.posToVal(left(event), "x"));
    });
    plot.over.addEventListener("pointerup", () => { held = undefined; });
  }

  private get inputs(): NodeListOf<HTMLInputElement> { return this.host.querySelectorAll<HTMLInputElement>("[data-edge]"); }

  private choose(model: Model): void {
    this.model = model;
    this.edges = withSides(model, this.edges.from, this.edges.to, this.energies);
    this.refresh();
  }

  private move(edge: Edge, value: number): void {
    const { values } = this.energies;
    if (Number.isFinite(value)) this.edges[edge] = Math.min(values.at(-1)!, Math.max(values[0]!, value));
    for (const [a, b] of pairs) if (this.edges[a] > this.edges[b]) this.edges[edge === a ? b : a] = this.edges[edge];
    this.refresh();
  }

  private refresh(): void {
    this.type();
    this.drawn?.redraw();
    this.changed();
  }

  private type(): void {
    for (const input of this.inputs) {
      const edge = input.dataset["edge"] as Edge;
      input.closest("label")!.hidden = !used[this.model].includes(edge);
      if (input !== document.activeElement) input.value = String(Number(this.scale.shown(this.edges[edge]).toPrecision(5)));
    }
  }

  private paint(plot: uPlot): void {
    for (const [from, to] of pairs) {
      if (!used[this.model].includes(from)) continue;
      const left = plot.valToPos(this.edges[from], "x", true), width = plot.valToPos(this.edges[to], "x", true) - left, { top, height } = plot.bbox;
      [plot.ctx.fillStyle, plot.ctx.strokeStyle] = from === "from" ? ["rgb(99 197 228 / .18)", "#63C5E4"] : ["rgb(169 181 192 / .15)", "#8896A3"];
      plot.ctx.fillRect(left, top, width, height);
      plot.ctx.strokeRect(left, top, width, height);
    }
  }
}
