import { messageOf } from "../api.ts";
import type { Parts } from "../markup.ts";
import type { Picture } from "../picture.ts";
import type { LayerServer } from "./layer-server.ts";
import type { ShapeRow } from "./shape.ts";
import { ShapeTileLayer, type Crowd } from "./tiles/tile-layer.ts";

const mostListed = 200;     // the server's longest page
const recountsAfter = 5000; // ms: others may draw all the time

export interface Around { host: HTMLElement; parts: Parts; picture: Picture; frame: () => number; frames: number }

/** A layer with more shapes than a browser holds: tiles on the picture, counts and the first few of the view beside it. */
export class Crowds {
  listed: ShapeRow[] = [];
  inView = "…";
  private readonly tiles: ShapeTileLayer;
  private counts = new Map<string, number>();
  private timer = 0;
  private asked = 0;

  constructor(place: Around, private readonly server: LayerServer, private readonly onChange: () => void, private readonly say: (words: string) => void) {
    const crowd = place.parts.part("crowd");
    this.tiles = new ShapeTileLayer(place.picture, server.path, () => place.frames > 1 ? place.frame() : undefined);
    this.tiles.onWords = words => { crowd.textContent = words; crowd.hidden = words === ""; };
    this.tiles.onProblem = reason => say(`Some objects cannot be read: ${reason}`);
    this.tiles.onPainted = () => {
      if (place.host.dataset["painted"]) return;
      place.host.dataset["painted"] = "true";
      void this.recountNow();   // the picture comes first
    };
    this.tiles.onView = view => void this.list(view);
  }

  count(classKey: string): number { return this.counts.get(classKey) ?? 0; }
  at(x: number, y: number): Promise<string> { return this.tiles.at(x, y); }
  hide(ids: Iterable<string>): void { this.tiles.hide(ids); }
  colour(colours: Record<string, string>): void { this.tiles.colour(colours); }
  turn(): void { this.tiles.turn(); }

  forget(): void {
    this.tiles.forget();
    this.recount();
  }

  /** Something was drawn or taken away. */
  recount(): void { this.timer ||= window.setTimeout(() => { this.timer = 0; void this.recountNow(); }, recountsAfter); }

  private async recountNow(): Promise<void> {
    try {
      this.counts = new Map((await this.server.classes()).map(({ classKey, shapes }) => [classKey, shapes]));
      this.onChange();
    } catch (error) { this.say(`The classes cannot be counted: ${messageOf(error)}`); }
  }

  /** Nobody reads a list of objects too many to be drawn. */
  private async list({ shapes, isMore }: Crowd): Promise<void> {
    const ask = ++this.asked;
    this.inView = `${isMore ? "more than " : ""}${shapes.toLocaleString("en")}`;
    try {
      const rows = isMore || shapes === 0 ? [] : await this.server.inView(this.tiles.view, mostListed);
      if (ask === this.asked) this.listed = rows;
    } catch (error) { this.say(`The objects in view cannot be listed: ${messageOf(error)}`); }
    if (ask === this.asked) this.onChange();
  }
}
