import type uPlot from "uplot";
import { pathPlot, type Path } from "../../../Plots/browser/path-plot.ts";
import { seriesColours } from "../../../Plots/browser/plot.ts";
import type { Parts } from "../markup.ts";
import type { Signal } from "../signal.ts";
import type { StrictStore } from "../strict-store.ts";
import { number } from "../units.ts";
import { columnLike, heading, loadColumns, type Columns } from "./columns.ts";
import { choice, section, stage, textTable } from "./stage.ts";
import { TableView } from "./table.ts";

/** Columns against each other, time across to begin with; two cursors tell values and differences. */
export async function showTrace(host: HTMLElement, parts: Parts, signal: Signal, store: StrictStore): Promise<void> {
  const loaded = await loadColumns(signal, store), { body, controls } = stage(host, parts, "Curve");
  const axes = firstAxes(loaded);
  if (!axes) { new TableView(body, loaded, words => { parts.part("position").textContent = words; }); return; }
  new TraceView(parts, body, controls, loaded, axes);
}

export interface Axes { x: number; left: number; right: number }

/** What to show first: a voltage over time, a current beside it; else the second column of numbers over the first. */
export function firstAxes({ columns, data }: Columns): Axes | undefined {
  const numbers = columns.flatMap((column, i) => !column.words && data[i]!.some(Number.isFinite) ? [i] : []), like = (name: RegExp, unit: RegExp): number => {
    const found = columnLike(numbers.map(i => columns[i]!), name, unit);
    return found < 0 ? -1 : numbers[found]!;
  };
  const x = Math.max(like(/^(elapsed |test[ _])?time\b/i, /^(s|min|h)$/), numbers[0] ?? -1), others = numbers.filter(i => i !== x);
  if (others.length === 0) return undefined;
  const voltage = like(/^(<?Ewe|Ecell|E\/|volt)|voltage|potential/i, /^m?V$/), current = like(/^(<?I>?(\/|$|\s))|current/i, /^[mµu]?A$/);
  const left = voltage >= 0 && voltage !== x ? voltage : others[0]!;
  return { x, left, right: current >= 0 && current !== x && current !== left ? current : -1 };
}

/** The row whose point lies nearest to a place, as the eye sees it. */
export function nearest(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  across: (x: number) => number,
  down: (y: number) => number,
  left: number,
  top: number,
): number {
  let best = 0,
    least = Infinity;
  for (let i = 0; i < x.length; i++) {
    const far = (across(x[i]!) - left) ** 2 + (down(y[i]!) - top) ** 2;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

class TraceView {
  private chart: uPlot | undefined;
  private readonly cursors: [number, number];
  private readonly lists: Partial<Record<keyof Axes, HTMLElement>> = {};
  private readonly marks = ["A", "B"];
  private readonly values = document.createElement("div");
  private readonly plot = document.createElement("div");

  constructor(private readonly parts: Parts, body: HTMLElement, controls: HTMLElement, private readonly loaded: Columns, private readonly axes: Axes) {
    const names = loaded.columns.flatMap((column, i): [string, string][] => column.words ? [] : [[String(i), heading(column)]]);
    const pick = (label: string, key: keyof Axes, more: [string, string][] = []): HTMLElement =>
      this.lists[key] = choice(label, [...more, ...names], String(axes[key]), value => this.choose(key, Number(value)));
    this.cursors = [0, loaded.rows - 1];
    controls.append(
      section("Axes", pick("Across", "x"), pick("Left", "left"), pick("Right", "right", [["-1", "None"]])),
      section("Cursors", this.values, hint()));
    this.plot.className = "plot";
    this.plot.tabIndex = 0;
    this.plot.setAttribute("role", "application");
    this.plot.setAttribute("aria-label", "Curve; arrows move cursor A, with Shift cursor B; the values stand beside it");
    body.replaceChildren(this.plot);
    this.plot.addEventListener("keydown", event => this.key(event));
    new ResizeObserver(() => { this.chart?.setSize({ width: this.plot.clientWidth, height: this.plot.clientHeight }); }).observe(this.plot);
    this.draw();
  }

  /** A column against itself says nothing: choosing it for the other axis makes the two change places. */
  private choose(key: keyof Axes, column: number): void {
    const before = this.axes[key], other = key === "x" ? "left" : "x";
    if (key !== "right" && this.axes[other] === column) {
      this.axes[other] = before;
      this.lists[other]!.querySelector("select")!.value = String(before);
    }
    this.axes[key] = column;
    this.draw();
  }

  private draw(): void {
    const { loaded: { data, columns }, axes } = this, theme = getComputedStyle(this.plot), [first, second] = seriesColours(this.plot);
    const path = (index: number, colour: string, more: Partial<Path>): Path => ({
      x: data[axes.x]!,
      y: data[index]!,
      label: columns[index]!.name,
      colour,
      ...more,
    });
    this.chart?.destroy();
    const paths = [path(axes.left, first!, {}), ...(axes.right >= 0 ? [path(axes.right, second!, { right: true, dash: [6, 4] })] : [])];
    this.chart = pathPlot(this.plot, paths, {
      xLabel: heading(columns[axes.x]!),
      left: heading(columns[axes.left]!),
      ...(axes.right >= 0 ? { right: heading(columns[axes.right]!) } : {}),
      height: this.plot.clientHeight,
      ink: theme.getPropertyValue("--ink-2"),
      line: theme.getPropertyValue("--line"),
      font: `12px ${theme.getPropertyValue("--font")}`,
      hooks: { draw: [chart => this.drawCursors(chart)] },
    });
    const { over } = this.chart;
    over.addEventListener("click", event => {
      const chart = this.chart!, x = data[axes.x]!, y = data[axes.left]!;
      const row = nearest(x, y, value => chart.valToPos(value, "x"), value => chart.valToPos(value, "y"), event.offsetX, event.offsetY);
      this.move(event.shiftKey ? 1 : 0, row);
    });
    this.say();
  }

  private key(event: KeyboardEvent): void {
    const way = { ArrowLeft: -1, ArrowRight: 1, PageUp: -100, PageDown: 100, Home: -Infinity, End: Infinity }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const which = event.shiftKey ? 1 : 0;
    this.move(which, Math.min(this.loaded.rows - 1, Math.max(0, this.cursors[which] + way)));
  }

  private move(which: 0 | 1, row: number): void {
    this.cursors[which] = row;
    this.chart?.redraw(false);
    this.say();
  }

  private drawCursors(chart: uPlot): void {
    const { ctx, bbox } = chart, x = this.loaded.data[this.axes.x]!;
    this.cursors.forEach((row, i) => {
      const left = chart.valToPos(x[row]!, "x", true);
      if (!(left >= bbox.left && left <= bbox.left + bbox.width)) return;
      ctx.strokeStyle = ctx.fillStyle = "#FABF7D";
      ctx.setLineDash(i === 0 ? [] : [4, 4]);
      ctx.beginPath();
      ctx.moveTo(left, bbox.top);
      ctx.lineTo(left, bbox.top + bbox.height);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.textAlign = "left";
      ctx.fillText(this.marks[i]!, left + 4, bbox.top + 14 * devicePixelRatio);
    });
  }

  private say(): void {
    const { loaded: { data, columns, rows }, axes, cursors: [a, b] } = this, shown = [axes.x, axes.left, ...(axes.right >= 0 ? [axes.right] : [])];
    const lines = shown.map(index => [heading(columns[index]!), data[index]![a]!, data[index]![b]!, data[index]![b]! - data[index]![a]!]);
    this.values.replaceChildren(textTable(["", "A", "B", "B − A"], lines, value => number(value, 5)));
    this.parts.part("position").textContent =
      `A at row ${(a + 1).toLocaleString("en")}, B at row ${(b + 1).toLocaleString("en")} of ${rows.toLocaleString("en")}`;
  }
}

const hint = (): HTMLElement => Object.assign(document.createElement("p"), {
  className: "faint", textContent: "A click sets A, with Shift B; so do the arrow keys. Drag for a closer look, double click for all.",
});
