import type { Parts } from "./markup.ts";
import type { Picture } from "./picture.ts";
import type { Block } from "./pixels.ts";
import { at, type Axis } from "./signal.ts";
import { native, number, readable, readableAs } from "./units.ts";

const size = 256;

/** Position and native value under the cursor, always from level 0: what is drawn may be a mean of many pixels. */
export class Readout {
  private readonly blocks = new Map<string, Block | undefined>();
  private readonly pending = new Set<string>();
  private place: [number, number] | undefined;
  private spoken = 0;

  constructor(private readonly parts: Parts, private readonly picture: Picture, private pixelType: string,
    private readonly axes: { x: Axis; y: Axis }, private readonly steps: () => readonly number[]) {
    picture.map.on("pointermove", event => { this.place = picture.toImage(event.pixel); this.refresh(); });
    picture.view.on("change:center", () => {
      if (!document.activeElement?.matches("[data-part=canvas]")) return;   // by keyboard the middle of the picture is the cursor
      const [x, y] = picture.view.getCenter()!;
      this.place = [x!, -y!];
      this.refresh();
    });
  }

  /** The picture shows another quantity now. */
  reset(pixelType: string): void {
    this.pixelType = pixelType;
    this.blocks.clear();
    this.refresh();
  }

  refresh(): void {
    if (!this.place) return;
    const [i, j] = [Math.floor(this.place[0]), Math.floor(this.place[1])], { width, height } = this.picture.drawn;
    const inside = i >= 0 && j >= 0 && i < width && j < height;
    const words = inside ? `${coordinate(this.axes.x, i, "x")}, ${coordinate(this.axes.y, j, "y")}` : "Outside the picture";
    this.parts.part("position").textContent = words;
    const value = inside ? this.value(i, j) : "";
    this.parts.part("value").innerHTML = value === "" ? "" : `value <b></b>`;
    const bold = this.parts.part("value").querySelector("b");
    if (bold) bold.textContent = value;
    const now = performance.now();
    if (now - this.spoken > 5000) { this.spoken = now; this.parts.part("says").textContent = `${words}${value ? `, value ${value}` : ""}`; }
  }

  private value(i: number, j: number): string {
    const bx = Math.floor(i / size), by = Math.floor(j / size), steps = this.steps(), key = [...steps, by, bx].join("/");
    const block = this.blocks.get(key);
    if (!block) {
      if (this.blocks.has(key)) return "unreadable";
      void this.load(key, steps, bx, by);
      return "…";
    }
    const from = ((j - by * size) * block.width + i - bx * size) * block.channels;
    const values = Array.from({ length: block.channels }, (_, c) => block.data[from + c]);
    return this.picture.drawn.native?.words(values) ?? values.map(value => native(value, this.pixelType)).join(", ");
  }

  private async load(key: string, steps: readonly number[], bx: number, by: number): Promise<void> {
    if (this.pending.has(key)) return;
    this.pending.add(key);
    const { drawn } = this.picture, block = await (drawn.native ?? drawn).read(0, steps, bx * size, by * size, size, size).catch(() => undefined);
    if (drawn === this.picture.drawn) this.blocks.set(key, block);
    this.pending.delete(key);
    if (this.blocks.size > 64) this.blocks.delete(this.blocks.keys().next().value!);
    this.refresh();
  }
}

function coordinate(axis: Axis, index: number, name: string): string {
  if (!axis.unit) return `${name} ${index} px`;
  const unit = readable(Math.abs(axis.step) * axis.size, axis.unit)[1];   // one unit for the whole axis: numbers do not jump under the cursor
  return `${name} ${number(readableAs(at(axis, index), axis.unit, unit), 5)} ${unit}`;
}
