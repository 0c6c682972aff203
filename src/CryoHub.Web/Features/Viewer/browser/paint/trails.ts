import type { Trail } from "./paint-canvas.ts";
import type { Brushed } from "./stroke.ts";

const restsAfter = 4000; // ms after which an unfinished stroke is taken off
const isDrawn = 150; // ms since the last message during which a stroke is still being drawn

/** Strokes of the others while they are drawn. */
export class Trails {
  private readonly all = new Map<string, { trail: Trail; timer: number; at: number }>();

  constructor(private readonly onChange: () => void) {}

  *on(slice: number): Iterable<Trail> { for (const { trail } of this.all.values()) if (trail.stroke.slice === slice) yield trail; }

  add({ stroke, slice, radius, colour, points }: Brushed["trail"]): void {
    const known = this.all.get(stroke);
    clearTimeout(known?.timer);
    const timer = window.setTimeout(() => { this.all.delete(stroke); this.onChange(); }, restsAfter);
    const whole = [...known?.trail.stroke.points ?? [], ...points];
    this.all.set(stroke, { trail: { stroke: { kind: "brush", label: colour ? 1 : 0, points: whole, slice, radius }, colour }, timer, at: performance.now() });
    this.onChange();
  }

  /** The blocks are new: what is no longer being drawn is in them. */
  rest(): void {
    for (const [stroke, { timer, at }] of this.all) {
      if (performance.now() - at < isDrawn) continue;
      clearTimeout(timer);
      this.all.delete(stroke);
    }
    this.onChange();
  }

  clear(): void {
    for (const { timer } of this.all.values()) clearTimeout(timer);
    this.all.clear();
  }
}
