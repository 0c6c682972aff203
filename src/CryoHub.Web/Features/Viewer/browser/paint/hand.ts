import Draw from "ol/interaction/Draw";
import type Interaction from "ol/interaction/Interaction";
import type { Polygon } from "ol/geom";
import { Brush } from "./brush.ts";
import type { LayerPanel } from "./layer-panel.ts";
import { numberAt, sayAt, type Place } from "./place.ts";
import type { Region, Stroke } from "./stroke.ts";

const tools = ["b-brush", "b-erase", "b-lasso", "b-grow", "b-fill"];
const trailsEvery = 50; // ms between two messages of a stroke in the making
const draftsEvery = 1000; // ms between two copies of an unfinished stroke, for a tab that dies
const mostCorners = 3900;

/** The tools that paint: what the pointer does becomes strokes and regions. */
export class Hand {
  onStroke: (stroke: Stroke) => void = () => {};
  onRegion: (region: Region) => void = () => {};
  /** The stroke in the making has grown. */
  onGrow: () => void = () => {};
  tool = "";
  private active: Interaction | undefined;
  private making: { id: string; path: number[]; sent: number; at: number; drafted: number } | undefined;
  private readonly mark = document.createElement("div");

  constructor(private readonly place: Place, private readonly panel: LayerPanel) {
    const { picture, parts } = place;
    this.mark.className = "brushmark";
    this.mark.hidden = true;
    parts.part("canvas").append(this.mark);
    picture.map.on("pointermove", event => this.follow(event.pixel));
    picture.map.getViewport()!.addEventListener("pointerleave", () => { this.mark.hidden = true; });
    picture.map.on("singleclick", event => this.click(event.pixel));
  }

  get isChosen(): boolean { return tools.includes(this.tool); }

  /** The stroke under the pressed button as it is now. */
  get growing(): Stroke | undefined { return this.making && { ...this.stroke(this.making.path), kind: "brush", points: this.making.path }; }

  /** Keys while a tool is chosen; true where one was meant. */
  key(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase(), label = /^[1-9]$/.test(key) ? this.panel.layer?.labels[Number(key) - 1] : undefined;
    if (label) { this.panel.pick(label.value); return true; }
    const factor = key === "{" ? 1 / 1.25 : key === "}" ? 1.25 : 0;
    if (factor) { this.place.parts.field("brush-radius").value = String(Number((this.radius * factor).toPrecision(3))); return true; }
    return false;
  }

  choose(tool: string): void {
    this.tool = tool;
    const { picture, parts, state, host } = this.place, { map } = picture;
    if (this.active) map.removeInteraction(this.active);
    this.active = undefined;
    this.mark.hidden = true;
    parts.part("paint-brush").hidden = !this.isChosen || !this.panel.layer;
    if (!this.isChosen) return;
    host.dispatchEvent(new CustomEvent("show-tab", { detail: "paint" }));
    if (!state.canDraw) return sayAt(this.place, state.lockedBy ? `${state.lockedBy} has locked this layer.` : "You may look at this project, not draw in it.");
    if (!this.panel.layer) return sayAt(this.place, "Make a label layer first, at the right.");
    this.active = tool === "b-lasso" ? this.lasso() : tool === "b-brush" || tool === "b-erase" ? this.brush() : undefined;
    if (this.active) map.addInteraction(this.active);
  }

  /** A stroke that a tab has left unfinished is painted: it is seen, and undone with one key. */
  recover(): void {
    try {
      const left = JSON.parse(localStorage.getItem(this.draft) ?? "null") as Stroke | null;
      localStorage.removeItem(this.draft);
      if (!left) return;
      this.onStroke(left);
      sayAt(this.place, "A stroke that was not finished was recovered; undo takes it back.");
    } catch { localStorage.removeItem(this.draft); }
  }

  private get radius(): number { return Math.min(1000, Math.max(0.5, numberAt(this.place, "brush-radius") ?? 12)); }
  private get draft(): string { return `cryohub-unfinished-stroke ${this.place.state.me} ${this.panel.layer?.id ?? ""}`; }

  private lasso(): Draw {
    const lasso = new Draw({ type: "Polygon", freehand: true });
    lasso.on("drawend", event => {
      const ring = (event.feature.getGeometry() as Polygon).getCoordinates()[0]!.slice(0, -1), every = Math.ceil(ring.length / mostCorners);
      this.put({ kind: "polygon", points: ring.filter((_, i) => i % every === 0).flatMap(([x, y]) => [x!, -y!]), ...this.common() });
    });
    return lasso;
  }

  private brush(): Brush {
    return new Brush(pixel => this.place.picture.toImage(pixel), () => Math.max(0.3, Math.min(this.radius / 4, 8)), () => this.panel.layer !== undefined,
      (path, added) => this.grown(path, added), path => this.ended(path));
  }

  private common(): Pick<Stroke, "label" | "slice" | "grey" | "only"> {
    const low = numberAt(this.place, "brush-low"), high = numberAt(this.place, "brush-high"),
      only = this.place.parts.field<HTMLSelectElement>("brush-only").value;
    return { label: this.tool === "b-erase" ? 0 : this.panel.label, slice: this.place.frame(), ...(only === "" ? {} : { only: Number(only) }),
      ...(low === undefined && high === undefined ? {} : { grey: { low: low ?? -3.4e38, high: high ?? 3.4e38 } }) };
  }

  private stroke(path: readonly number[]): Stroke {
    const isBall = this.place.parts.field("brush-ball").checked && (this.panel.layer?.depth ?? 1) > 1, z = this.place.frame() + 0.5;
    return { ...this.common(), radius: this.radius, ...(isBall
      ? { kind: "ball" as const, sliceStep: this.place.sliceStep, points: path.flatMap((value, i) => i % 2 ? [value, z] : [value]) }
      : { kind: "brush" as const, points: [...path] }) };
  }

  private grown(path: number[], added: number[]): void {
    const now = performance.now(), making = this.making ??= { id: crypto.randomUUID(), path, sent: 0, at: 0, drafted: now };
    making.path = path;
    this.onGrow();
    if (now - making.drafted > draftsEvery) {
      making.drafted = now;
      localStorage.setItem(this.draft, JSON.stringify(this.stroke(path)));
    }
    if (now - making.at < trailsEvery || added.length === 0) return;
    const { panel, place } = this, points = path.slice(Math.max(0, making.sent - 2)), { label, slice } = this.common();
    [making.at, making.sent] = [now, path.length];
    if (points.length <= 1000) place.server.brush(panel.layer!.id, { stroke: making.id, slice, radius: this.radius, colour: panel.colour(label), points });
  }

  private ended(path: number[]): void {
    this.making = undefined;
    localStorage.removeItem(this.draft);
    this.put(this.stroke(path));
  }

  private put(stroke: Stroke): void { this.onStroke({ ...stroke, points: stroke.points.map(value => Math.round(value * 1000) / 1000) }); }

  private click(pixel: number[]): void {
    if (this.tool !== "b-grow" && this.tool !== "b-fill" || !this.panel.layer || !this.place.state.canDraw) return;
    const [x, y] = this.place.picture.toImage(pixel).map(Math.floor) as [number, number], tolerance = numberAt(this.place, "brush-tolerance");
    if (this.tool === "b-grow" && tolerance === undefined) return sayAt(this.place, "Type a tolerance first: how far grey values may be from the clicked one.");
    this.onRegion({ slice: this.place.frame(), x, y, label: this.panel.label, ...(this.tool === "b-grow" ? { tolerance: tolerance! } : {}) });
  }

  /** The ring round the pointer has the size of the brush. */
  private follow(pixel: number[]): void {
    this.mark.hidden = this.tool !== "b-brush" && this.tool !== "b-erase" || !this.panel.layer;
    const size = 2 * this.radius / (this.place.picture.view.getResolution() ?? 1), [left, top] = [pixel[0]! - size / 2, pixel[1]! - size / 2];
    Object.assign(this.mark.style, { left: `${left}px`, top: `${top}px`, width: `${size}px`, height: `${size}px` });
  }
}
