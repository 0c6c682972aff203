import Draw from "ol/interaction/Draw";
import type Interaction from "ol/interaction/Interaction";
import type { Polygon } from "ol/geom";
import type { LayerServer, LayerState } from "../annotate/layer-server.ts";
import type { Parts } from "../markup.ts";
import type { Picture } from "../picture.ts";
import { Blocks } from "./blocks.ts";
import { Brush } from "./brush.ts";
import { PaintCanvas, type Trail } from "./paint-canvas.ts";
import { PaintServer } from "./paint-server.ts";
import { PaintStore } from "./paint-store.ts";
import { hue } from "./hue.ts";
import { listLabels } from "./panel.ts";
import type { Act, Brushed, Label, Layer, Stroke } from "./stroke.ts";

const tools = ["b-brush", "b-erase", "b-lasso", "b-grow", "b-fill"];
const trailsEvery = 50; // ms between two messages of a stroke in the making
const trailsRest = 4000; // ms after which another's unfinished stroke is taken off

export interface Place { host: HTMLElement; parts: Parts; picture: Picture; dataset: string; signal: number; frame: () => number; frames: number;
  /** Distance of two slices in pixels. */
  sliceStep: number; choose: (tool: string) => void; server: LayerServer; state: LayerState }

/** Joins painted layers, the brush, the panel and the others who paint. */
export class Paint {
  private readonly canvas = new PaintCanvas();
  private layer: Layer | undefined;
  private blocks: Blocks | undefined;
  private store: PaintStore | undefined;
  private label = 1;
  private tool = "";
  private active: Interaction | undefined;
  private making: { id: string; path: number[]; sent: number; at: number } | undefined;
  private readonly theirs = new Map<string, { trail: Trail; timer: number; at: number }>();
  private readonly hidden = new Set<number>();
  private readonly mark = document.createElement("div");
  private layers: Layer[] = [];

  constructor(private readonly place: Place) {
    const { picture, parts, server } = place;
    picture.map.addLayer(this.canvas);
    this.canvas.trails = () => this.trails();
    this.canvas.strength = Number(parts.field("paint-opacity").value);
    this.mark.className = "brushmark";
    parts.part("canvas").append(this.mark);
    picture.map.on("moveend", () => this.look());
    picture.map.on("pointermove", event => this.follow(event.pixel));
    picture.map.getViewport()!.addEventListener("pointerleave", () => { this.mark.hidden = true; });
    picture.map.on("singleclick", event => this.click(event.pixel));
    server.onPaint = id => void this.heard(id);
    server.onBrushed = brushed => this.brushed(brushed);
    addEventListener("online", () => void this.store?.sync());
    setInterval(() => { if (this.store?.unsent.length) void this.store.sync(); }, 3000);
    this.bind();
    void this.list();
  }

  get isChosen(): boolean { return tools.includes(this.tool); }
  get canUndo(): boolean { return this.store?.canUndo ?? false; }
  get canRedo(): boolean { return this.store?.canRedo ?? false; }
  undo(): void { this.store?.undo(); }
  redo(): void { this.store?.redo(); }

  /** Keys while a brush is chosen; true where one was meant. */
  key(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase(), label = /^[1-9]$/.test(key) ? this.layer?.labels[Number(key) - 1] : undefined;
    if (label) { this.pick(label.value); return true; }
    const factor = key === "{" ? 1 / 1.25 : key === "}" ? 1.25 : 0;
    if (factor) { this.place.parts.field("brush-radius").value = String(Number((this.radius * factor).toPrecision(3))); return true; }
    return false;
  }

  /** A tool of the rail was chosen. */
  choose(tool: string): void {
    this.tool = tool;
    const { picture, parts, state, host } = this.place, { map } = picture;
    if (this.active) map.removeInteraction(this.active);
    this.active = undefined;
    this.mark.hidden = true;
    parts.part("paint-brush").hidden = !this.isChosen || !this.layer;
    if (!this.isChosen) return;
    host.dispatchEvent(new CustomEvent("show-tab", { detail: "paint" }));
    if (!state.canDraw) return this.say(state.lockedBy ? `${state.lockedBy} has locked this layer.` : "You may look at this project, not draw in it.");
    if (!this.layer) return this.say("Make a label layer first, at the right.");
    if (tool === "b-lasso") {
      const lasso = new Draw({ type: "Polygon", freehand: true });
      lasso.on("drawend", event => {
        const ring = (event.feature.getGeometry() as Polygon).getCoordinates()[0]!.slice(0, -1);
        const every = Math.ceil(ring.length / 3900);
        this.put({ kind: "polygon", points: ring.filter((_, i) => i % every === 0).flatMap(([x, y]) => [x!, -y!]), ...this.common() });
      });
      this.active = lasso;
    } else if (tool === "b-brush" || tool === "b-erase") {
      this.active = new Brush(pixel => picture.toImage(pixel), () => Math.max(0.3, Math.min(this.radius / 4, 8)), () => this.mayBegin(),
        (path, added) => this.made(path, added), path => this.ended(path));
    }
    if (this.active) map.addInteraction(this.active);
  }

  /** The frame or the view has changed. */
  look(): void {
    const { picture, frame } = this.place, size = picture.map.getSize();
    if (!size || !this.blocks) return;
    const [left, bottom, right, top] = picture.view.calculateExtent(size) as [number, number, number, number];
    this.outline();
    this.blocks.look(frame(), left, -top, right, -bottom);
    this.draw();
  }

  private get radius(): number { return Math.min(1000, Math.max(0.5, this.number("brush-radius") ?? 12)); }
  private get value(): number { return this.tool === "b-erase" ? 0 : this.label; }

  private number(name: string): number | undefined {
    const typed = this.place.parts.field(name).value.trim().replace("\u2212", "-"), value = Number(typed);
    return typed === "" || !Number.isFinite(value) ? undefined : value;
  }

  private async list(wanted?: string): Promise<void> {
    const { dataset, signal, parts } = this.place;
    try { this.layers = await PaintServer.layers(dataset, signal); } catch (error) { this.say(messageOf(error)); return; }
    const pick = parts.field<HTMLSelectElement>("paint-layer");
    pick.replaceChildren(...this.layers.map(layer => new Option(layer.name, layer.id)));
    const layer = this.layers.find(({ id }) => id === (wanted ?? this.layer?.id)) ?? this.layers[0];
    if (layer) pick.value = layer.id;
    parts.part("no-paint").hidden = layer !== undefined;
    parts.part("paint-pick").hidden = this.layers.length < 2;
    if (layer?.id === this.layer?.id && layer) this.relabel(layer); else this.open(layer);
  }

  private open(layer: Layer | undefined): void {
    const { parts, state, host } = this.place;
    this.layer = layer;
    this.blocks = undefined;
    this.store = undefined;
    this.theirs.clear();
    parts.part("paint-labels-box").hidden = !layer;
    host.querySelector<HTMLElement>("[data-act=paint-delete]")!.hidden = !layer || !state.canDraw;
    host.querySelector<HTMLElement>("[data-act=paint-new]")!.hidden = !state.canDraw;
    host.querySelector<HTMLElement>("[data-act=paint-keep]")!.hidden = !layer || !state.canDraw;
    parts.part("paint-kept").hidden = true;
    for (const [name, file] of [["paint-zarr", "labels.zarr/zarr.json"], ["paint-tiff", "labels.ome.tif"]] as const) {
      const link = parts.part<HTMLAnchorElement>(name);
      link.hidden = !layer;
      link.href = `/api/paint/${layer?.id ?? ""}/${file}`;
    }
    parts.part("paint-size").textContent = layer ? `${layer.width} × ${layer.height}${layer.depth > 1 ? ` × ${layer.depth}` : ""} px` : "";
    if (layer) {
      this.say("");
      const server = new PaintServer(layer.id), key = `cryohub-unsent-paint ${state.me} ${layer.id}`;
      const blocks = this.blocks = new Blocks(server, layer);
      const store = this.store = new PaintStore(server, stored(key),
        unsent => unsent.length ? localStorage.setItem(key, JSON.stringify(unsent)) : localStorage.removeItem(key));
      blocks.hidden = this.hidden;
      blocks.onChange = () => this.draw();
      blocks.onFail = reason => this.say(reason);
      blocks.onFresh = sequence => { store.shown(sequence); this.place.host.dataset["painted"] = String(sequence); };
      store.onSay = words => this.say(words);
      store.onChange = () => this.tell();
      store.onDone = () => void blocks.refresh();
      this.label = layer.labels.find(({ value }) => value === this.label)?.value ?? layer.labels[0]?.value ?? 1;
      this.relabel(layer);
      this.look();
      this.tell();
      void store.sync();
    }
    this.canvas.blocks = this.blocks;
    if (this.isChosen) this.choose(this.tool);
    this.draw();
  }

  private relabel(layer: Layer): void {
    this.layer = layer;
    this.blocks?.relabel(layer);
    const { parts, state } = this.place, only = parts.field<HTMLSelectElement>("brush-only"), was = only.value;
    const labels = layer.labels.map(({ name, value }) => new Option(name, String(value)));
    only.replaceChildren(new Option("Everything", ""), new Option("Nothing painted", "0"), ...labels);
    only.value = [...only.options].some(option => option.value === was) ? was : "";
    listLabels(parts.part("paint-labels"), layer.labels, { current: this.label, hidden: this.hidden, canPaint: state.canDraw }, {
      choose: value => this.pick(value), show: value => this.show(value), lock: label => void this.change({ ...label, isLocked: !label.isLocked }),
    });
    parts.part("ball-box").hidden = layer.depth < 2;
    this.place.host.querySelector<HTMLElement>("[data-act=paint-between]")!.hidden = layer.depth < 2 || !state.canDraw;
    parts.part("brush-unit").textContent = "px";
  }

  /** Outlines are two pixels of the screen wide, however far the picture is away. */
  private outline(): void {
    const width = this.place.parts.field("paint-outlines").checked ? Math.max(1, Math.ceil(1.5 * (this.place.picture.view.getResolution() ?? 1))) : 0;
    if (!this.blocks || this.blocks.outlines === width) return;
    this.blocks.outlines = width;
    this.blocks.repaint();
  }

  private pick(value: number): void {
    this.label = value;
    if (this.layer) this.relabel(this.layer);
  }

  private show(value: number): void {
    if (!this.hidden.delete(value)) this.hidden.add(value);
    if (this.layer) this.relabel(this.layer);
  }

  private async change(label: Label): Promise<void> {
    if (!this.layer) return;
    try { await new PaintServer(this.layer.id).label(label); await this.list(); } catch (error) { this.say(messageOf(error)); }
  }

  private async make(): Promise<void> {
    const { dataset, signal } = this.place;
    try {
      const id = await PaintServer.make(dataset, signal, this.layers.length ? `Labels ${this.layers.length + 1}` : "Labels");
      await this.list(id);
    } catch (error) { this.say(messageOf(error)); }
  }

  private async remove(): Promise<void> {
    const layer = this.layer, kept = this.place.parts.part("paint-kept");
    if (!layer) return;
    try { await new PaintServer(layer.id).remove(); await this.list(); } catch (error) { this.say(messageOf(error)); return; }
    const back = Object.assign(document.createElement("button"), { className: "btn sm", textContent: "Bring it back" });
    back.addEventListener("click", () => void this.restore(layer.id));
    kept.replaceChildren(`“${layer.name}” is deleted for everybody. `, back);
    kept.hidden = false;
  }

  private async restore(id: string): Promise<void> {
    try { await new PaintServer(id).restore(); await this.list(id); } catch (error) { this.say(messageOf(error)); }
  }

  private async keep(): Promise<void> {
    if (!this.layer) return;
    const id = crypto.randomUUID(), kept = this.place.parts.part("paint-kept");
    try {
      await new PaintServer(this.layer.id).keep(id);
      const link = Object.assign(document.createElement("a"), { href: `/datasets/${id}`, textContent: "data set" });
      kept.replaceChildren("Saved as a ", link, "; what is painted later is not in it.");
      kept.hidden = false;
    } catch (error) { this.say(messageOf(error)); }
  }

  private async heard(id: string): Promise<void> {
    if (id !== this.layer?.id) return void await this.list();
    await this.blocks?.refresh();
    for (const [stroke, { timer, at }] of this.theirs) {
      if (performance.now() - at < 3 * trailsEvery) continue;   // still being drawn
      clearTimeout(timer);
      this.theirs.delete(stroke);
    }
    this.draw();
  }

  private mayBegin(): boolean { return this.layer !== undefined && this.place.state.canDraw; }

  private common(): Pick<Stroke, "label" | "slice" | "grey" | "only"> {
    const low = this.number("brush-low"), high = this.number("brush-high"), only = this.place.parts.field<HTMLSelectElement>("brush-only").value;
    return { label: this.value, slice: this.place.frame(), ...(only === "" ? {} : { only: Number(only) }),
      ...(low === undefined && high === undefined ? {} : { grey: { low: low ?? -3.4e38, high: high ?? 3.4e38 } }) };
  }

  private made(path: number[], added: number[]): void {
    this.making ??= { id: crypto.randomUUID(), path, sent: 0, at: 0 };
    this.making.path = path;
    this.draw();
    if (performance.now() - this.making.at < trailsEvery || added.length === 0 || !this.layer) return;
    this.making.at = performance.now();
    const points = path.slice(Math.max(0, this.making.sent - 2));
    this.making.sent = path.length;
    const trail = { stroke: this.making.id, slice: this.place.frame(), radius: this.radius, colour: this.colour(this.value), points };
    if (points.length <= 1000) this.place.server.brush(this.layer.id, trail);
  }

  private ended(path: number[]): void {
    this.making = undefined;
    const ball = this.place.parts.field("brush-ball").checked && (this.layer?.depth ?? 1) > 1, z = this.place.frame() + 0.5;
    this.put({ ...this.common(), radius: this.radius, ...(ball
      ? { kind: "ball" as const, sliceStep: this.place.sliceStep, points: path.flatMap((value, i) => i % 2 ? [value, z] : [value]) }
      : { kind: "brush" as const, points: [...path] }) });
  }

  private put(stroke: Stroke): void {
    this.store?.paint({ ...stroke, points: stroke.points.map(value => Math.round(value * 1000) / 1000) });
  }

  private click(pixel: number[]): void {
    if (this.tool !== "b-grow" && this.tool !== "b-fill" || !this.mayBegin()) return;
    const [x, y] = this.place.picture.toImage(pixel).map(Math.floor) as [number, number], tolerance = this.number("brush-tolerance");
    if (this.tool === "b-grow" && tolerance === undefined) return this.say("Type a tolerance first: how far grey values may be from the clicked one.");
    this.store?.region({ slice: this.place.frame(), x, y, label: this.label, ...(this.tool === "b-grow" ? { tolerance: tolerance! } : {}) });
  }

  private follow(pixel: number[]): void {
    const isBrush = this.tool === "b-brush" || this.tool === "b-erase";
    this.mark.hidden = !isBrush || !this.layer;
    const size = 2 * this.radius / (this.place.picture.view.getResolution() ?? 1);
    const [left, top] = [pixel[0]! - size / 2, pixel[1]! - size / 2];
    Object.assign(this.mark.style, { left: `${left}px`, top: `${top}px`, width: `${size}px`, height: `${size}px` });
    if (!this.isChosen) return;
    const [x, y] = this.place.picture.toImage(pixel).map(Math.floor) as [number, number], value = this.blocks?.labelAt(x, y);
    this.place.parts.part("doing").textContent = value ? this.layer?.labels.find(label => label.value === value)?.name ?? `Label ${value}` : "";
  }

  private *trails(): Iterable<Trail> {
    const slice = this.place.frame();
    for (const { trail } of this.theirs.values()) if (trail.stroke.slice === slice) yield trail;
    for (const stroke of this.store?.pending ?? []) if (stroke.slice === slice) yield { stroke, colour: this.colour(stroke.label) };
    if (!this.making) return;
    yield { stroke: { kind: "brush", label: this.value, points: this.making.path, slice, radius: this.radius }, colour: this.colour(this.value) };
  }

  private colour(value: number): string { return this.layer?.labels.find(label => label.value === value)?.colour ?? ""; }

  private brushed({ paintId, trail: { stroke, slice, radius, colour, points } }: Brushed): void {
    if (paintId !== this.layer?.id) return;
    const known = this.theirs.get(stroke), all = [...(known?.trail.stroke.points ?? []), ...points];
    clearTimeout(known?.timer);
    const timer = window.setTimeout(() => { this.theirs.delete(stroke); this.draw(); }, trailsRest);
    const trail: Trail = { stroke: { kind: "brush", label: colour ? 1 : 0, points: all, slice, radius }, colour };
    this.theirs.set(stroke, { trail, timer, at: performance.now() });
    this.draw();
  }

  private draw(): void { this.canvas.changed(); }

  private tell(): void {
    const waiting = this.store?.unsent.length ?? 0, { host, parts } = this.place;
    host.dataset["unsentPaint"] = String(waiting);
    const words = this.store?.isOffline ? `Working offline, ${waiting} unsent` : waiting ? `Saving, ${waiting} unsent` : "All sent";
    if (this.isChosen) parts.part("sent").textContent = words;
    host.dispatchEvent(new CustomEvent("undoing"));
    this.draw();
  }

  private bind(): void {
    const { host, parts } = this.place, acts: Record<string, () => void> = {
      "paint-new": () => void this.make(), "paint-delete": () => void this.remove(), "paint-label": () => void this.another(),
      "paint-keep": () => void this.keep(), "paint-between": () => this.store?.between(this.place.frame(), this.label),
    };
    host.addEventListener("click", event => acts[(event.target as Element).closest<HTMLElement>("[data-act]")?.dataset["act"] ?? ""]?.());
    const pick = parts.field<HTMLSelectElement>("paint-layer");
    pick.addEventListener("change", () => this.open(this.layers.find(({ id }) => id === pick.value)));
    parts.field("paint-opacity").addEventListener("input", event => { this.canvas.strength = Number((event.target as HTMLInputElement).value); });
    parts.field("paint-outlines").addEventListener("change", () => this.outline());
  }

  /** The next number, in the class of the chosen label: the second crystallite, the third. */
  private async another(): Promise<void> {
    const layer = this.layer, like = layer?.labels.find(({ value }) => value === this.label);
    if (!layer) return;
    const value = Math.max(0, ...layer.labels.map(label => label.value)) + 1;
    const name = `${(like?.name ?? "Label").replace(/ \d+$/, "")} ${value}`;
    await this.change({ value, name, classKey: like?.classKey ?? "", colour: hue(value), isLocked: false });
    this.pick(value);
  }

  private say(words: string): void { this.place.parts.part("saved").textContent = words; }
}

function stored(key: string): Act[] {
  try { return JSON.parse(localStorage.getItem(key) ?? "[]") as Act[]; } catch { return []; }
}

const messageOf = (error: unknown): string => error instanceof Error ? error.message : String(error);
