import type uPlot from "uplot";
import { at, type Axis } from "./signal.ts";
import type { Box } from "./tools.ts";

type Edge = "backgroundFrom" | "backgroundTo" | "from" | "to";
const labels: Record<Edge, string> = { backgroundFrom: "Background from", backgroundTo: "Background to", from: "Signal from", to: "Signal to" };

/** Background and signal windows: bands on the plot with edges to drag, and the same numbers typed. */
export class Windows {
  private readonly edges: Record<Edge, number>;
  private model: "none" | "linear" | "powerLaw" = "powerLaw";
  private drawn: uPlot | undefined;
  readonly hooks: uPlot.Hooks.Arrays = { drawClear: [plot => this.paint(plot)] };

  constructor(private readonly host: HTMLElement, private readonly axis: Axis, private readonly changed: (finished: boolean) => void) {
    const low = at(axis, 0), span = at(axis, axis.size - 1) - low;
    this.edges = { backgroundFrom: low + 0.25 * span, backgroundTo: low + 0.38 * span, from: low + 0.42 * span, to: low + 0.55 * span };
    if (span > 5000) this.model = "linear";
    host.innerHTML = `<label class="typed">Background<select><option value="powerLaw">Power law</option><option value="linear">Linear</option><option value="none">None</option></select></label>` +
      (Object.keys(labels) as Edge[]).map(edge => `<label class="typed">${labels[edge]}<span class="unitbox"><input data-edge="${edge}" inputmode="decimal"><i>${axis.unit === "" ? "ch" : axis.unit.replace(/[^\wµ°/]/g, "")}</i></span></label>`).join("");
    const select = host.querySelector("select")!;
    select.value = this.model;
    select.addEventListener("change", () => { this.model = select.value as typeof this.model; this.changed(true); });
    for (const input of host.querySelectorAll<HTMLInputElement>("[data-edge]")) input.addEventListener("change", () => this.move(input.dataset["edge"] as Edge, Number(input.value.replace("\u2212", "-"))));
    this.type();
  }

  /** The record `spectrum-map` takes. Energies go in electronvolts. */
  parameters(box: Box | undefined): object {
    const scale = this.axis.unit === "keV" ? 1000 : 1, { backgroundFrom, backgroundTo, from, to } = this.edges;
    const background = this.model === "powerLaw" ? { backgroundFrom: backgroundFrom * scale, backgroundTo: backgroundTo * scale } : {};
    return { windows: [{ from: from * scale, to: to * scale, ...background }], background: this.model, ...(box && box.width * box.height > 1 ? { region: box } : {}) };
  }

  attach(plot: uPlot): void {
    this.drawn = plot;
    let held: Edge | undefined;
    const nearest = (event: PointerEvent): Edge | undefined => {
      const x = event.clientX - plot.over.getBoundingClientRect().left;
      return (Object.keys(this.edges) as Edge[]).filter(edge => this.model === "powerLaw" || !edge.startsWith("background")).map(edge => ({ edge, far: Math.abs(plot.valToPos(this.edges[edge], "x") - x) })).filter(({ far }) => far < 8).sort((a, b) => a.far - b.far)[0]?.edge;
    };
    plot.over.addEventListener("pointerdown", event => {
      held = nearest(event);
      if (held) { plot.over.setPointerCapture(event.pointerId); event.stopPropagation(); }
    });
    plot.over.addEventListener("mousedown", event => { if (held) event.stopImmediatePropagation(); }, true);
    plot.over.addEventListener("pointermove", event => {
      plot.over.style.cursor = held || nearest(event) ? "ew-resize" : "crosshair";
      if (held) this.move(held, plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, "x"));
    });
    plot.over.addEventListener("pointerup", () => { held = undefined; });
  }

  private move(edge: Edge, value: number): void {
    const first = at(this.axis, 0), last = at(this.axis, this.axis.size - 1);
    if (Number.isFinite(value)) this.edges[edge] = Math.min(Math.max(first, last), Math.max(Math.min(first, last), value));
    const pairs: [Edge, Edge][] = [["backgroundFrom", "backgroundTo"], ["from", "to"]];
    for (const [a, b] of pairs) if (this.edges[a] > this.edges[b]) this.edges[edge === a ? b : a] = this.edges[edge];
    this.type();
    this.drawn?.redraw();
    this.changed(true);
  }

  private type(): void {
    for (const input of this.host.querySelectorAll<HTMLInputElement>("[data-edge]")) {
      if (input !== document.activeElement) input.value = String(Number(this.edges[input.dataset["edge"] as Edge].toPrecision(5)));
    }
  }

  private paint(plot: uPlot): void {
    const band = (from: number, to: number, fill: string, stroke: string): void => {
      const left = plot.valToPos(from, "x", true), right = plot.valToPos(to, "x", true), { top, height } = plot.bbox;
      plot.ctx.fillStyle = fill;
      plot.ctx.fillRect(left, top, right - left, height);
      plot.ctx.strokeStyle = stroke;
      plot.ctx.strokeRect(left, top, right - left, height);
    };
    if (this.model === "powerLaw") band(this.edges.backgroundFrom, this.edges.backgroundTo, "rgb(169 181 192 / .15)", "#8896A3");
    band(this.edges.from, this.edges.to, "rgb(99 197 228 / .18)", "#63C5E4");
  }
}
