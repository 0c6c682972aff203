import PointerInteraction from "ol/interaction/Pointer";
import type MapBrowserEvent from "ol/MapBrowserEvent";

/** Points of one stroke; a longer one goes on as a second. */
const mostPoints = 3000;

/** A path under the pressed button, pen or finger, in image pixels. */
export class Brush extends PointerInteraction {
  private path: number[] = [];

  /** @param spacing Least distance of two points. */
  constructor(
    private readonly toImage: (pixel: number[]) => [number, number], private readonly spacing: () => number,
    private readonly begun: () => boolean, private readonly moved: (path: number[], added: number[]) => void,
    private readonly ended: (path: number[]) => void) { super(); }

  override handleDownEvent(event: MapBrowserEvent): boolean {
    const pointer = event.originalEvent as PointerEvent;
    if (pointer.button !== 0 || pointer.altKey || !this.begun()) return false;
    this.path = [];
    this.add([[pointer.clientX, pointer.clientY]], event);
    return true;
  }

  override handleDragEvent(event: MapBrowserEvent): void {
    const pointer = event.originalEvent as PointerEvent, between = pointer.getCoalescedEvents?.() ?? [];
    this.add((between.length ? between : [pointer]).map(one => [one.clientX, one.clientY]), event);
    if (this.path.length >= 2 * mostPoints) {
      const last = this.path.slice(-2);
      this.ended(this.path);
      this.path = last;
    }
  }

  override handleUpEvent(): boolean {
    if (this.path.length) this.ended(this.path);
    this.path = [];
    return false;
  }

  private add(places: number[][], event: MapBrowserEvent): void {
    const box = event.map.getViewport()!.getBoundingClientRect(), added: number[] = [];
    for (const [clientX, clientY] of places) {
      const [x, y] = this.toImage([clientX! - box.left, clientY! - box.top]), [lastX, lastY] = this.path.slice(-2);
      if (lastX !== undefined && Math.hypot(x - lastX, y - lastY!) < this.spacing()) continue;
      this.path.push(x, y);
      added.push(x, y);
    }
    if (added.length) this.moved(this.path, added);
  }
}
