import type uPlot from "uplot";
import { rowsOf, type Label } from "./edge-table.ts";

const rows = 3;
const lineHeight = 13;   // screen pixels

/** Lines and names of ionisation edges over a plot, majors whole, the others dashed; names step down where they would overlap. */
export class EdgeLabels {
  private labels: readonly Label[] = [];
  private drawn: uPlot | undefined;
  readonly hooks: uPlot.Hooks.Arrays = { ready: [plot => { this.drawn = plot; }], draw: [plot => { this.drawn = plot; this.paint(plot); }] };

  set(labels: readonly Label[]): void {
    this.labels = labels;
    this.drawn?.redraw(false);
  }

  private paint({ ctx, bbox, valToPos, scales, root }: uPlot): void {
    const { min, max } = scales["x"]!;
    const seen = this.labels.filter(({ energy }) => energy >= (min ?? -Infinity) && energy <= (max ?? Infinity));
    if (seen.length === 0) return;
    const ratio = devicePixelRatio || 1, ink = getComputedStyle(root).getPropertyValue("--ink").trim() || "#22303B";
    ctx.save();
    ctx.font = `${11 * ratio}px ${getComputedStyle(root).fontFamily}`;
    ctx.textBaseline = "top";
    ctx.textAlign = "left";   // uPlot leaves what its last axis needed
    const places = seen.map(label => {
      const at = valToPos(label.energy, "x", true), width = ctx.measureText(label.text).width;
      return { at, width, left: at + width + 3 * ratio > bbox.left + bbox.width ? at - width - 3 * ratio : at + 3 * ratio };
    });
    rowsOf(places, rows, 4 * ratio).forEach((row, i) => {
      const { at, left } = places[i]!, label = seen[i]!;
      ctx.strokeStyle = ctx.fillStyle = ink;
      ctx.globalAlpha = label.isMajor ? 0.75 : 0.45;
      ctx.lineWidth = ratio;
      ctx.setLineDash(label.isMajor ? [] : [3 * ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(at, bbox.top);
      ctx.lineTo(at, bbox.top + bbox.height);
      ctx.stroke();
      ctx.globalAlpha = 1;
      if (row !== undefined) ctx.fillText(label.text, left, bbox.top + (2 + row * lineHeight) * ratio);
    });
    ctx.restore();
  }
}
