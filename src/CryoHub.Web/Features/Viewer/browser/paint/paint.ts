import { Blocks } from "./blocks.ts";
import { Hand } from "./hand.ts";
import { LayerPanel } from "./layer-panel.ts";
import { PaintCanvas, type Trail } from "./paint-canvas.ts";
import { PaintServer } from "./paint-server.ts";
import { PaintStore } from "./paint-store.ts";
import { sayAt, type Place } from "./place.ts";
import { Trails } from "./trails.ts";
import type { Act, Layer } from "./stroke.ts";

/** Joins the open layer, the hand that paints, the panel and the others who paint. */
export class Paint {
  private readonly canvas = new PaintCanvas();
  private readonly panel: LayerPanel;
  private readonly hand: Hand;
  private readonly theirs = new Trails(() => this.draw());
  private blocks: Blocks | undefined;
  private store: PaintStore | undefined;

  constructor(private readonly place: Place) {
    const { picture, parts, server, host } = place, opacity = parts.field("paint-opacity");
    this.panel = new LayerPanel(place);
    this.hand = new Hand(place, this.panel);
    this.panel.onOpen = layer => this.open(layer);
    this.panel.onRelabel = layer => this.blocks?.relabel(layer);
    this.hand.onStroke = stroke => this.store?.paint(stroke);
    this.hand.onRegion = region => this.store?.region(region);
    this.hand.onGrow = () => this.draw();
    picture.map.addLayer(this.canvas);
    this.canvas.trails = () => this.trails();
    this.canvas.strength = Number(opacity.value);
    picture.map.on("moveend", () => this.look());
    picture.map.on("pointermove", event => this.readOut(event.pixel));
    server.onPaint = id => void this.heard(id);
    server.onBrushed = brushed => { if (brushed.paintId === this.panel.layer?.id) this.theirs.add(brushed.trail); };
    addEventListener("online", () => void this.store?.sync());
    setInterval(() => { if (this.store?.unsent.length) void this.store.sync(); }, 3000);
    opacity.addEventListener("input", () => { this.canvas.strength = Number(opacity.value); });
    parts.field("paint-outlines").addEventListener("change", () => this.outline());
    host.querySelector("[data-act=paint-between]")!.addEventListener("click", () => this.store?.between(place.frame(), this.panel.label));
    void this.panel.list(new URLSearchParams(location.search).get("paint") ?? undefined);
  }

  get isChosen(): boolean { return this.hand.isChosen; }
  get canUndo(): boolean { return this.store?.canUndo ?? false; }
  get canRedo(): boolean { return this.store?.canRedo ?? false; }
  undo(): void { this.store?.undo(); }
  redo(): void { this.store?.redo(); }
  key(event: KeyboardEvent): boolean { return this.hand.key(event); }

  /** A tool of the rail was chosen. */
  choose(tool: string): void { this.hand.choose(tool); }

  /** The frame or the view has changed. */
  look(): void {
    const { picture, frame } = this.place, size = picture.map.getSize();
    if (!size || !this.blocks) return;
    const [left, bottom, right, top] = picture.view.calculateExtent(size) as [number, number, number, number];
    this.outline();
    this.blocks.look(frame(), left, -top, right, -bottom);
    this.draw();
  }

  private open(layer: Layer | undefined): void {
    [this.blocks, this.store] = [undefined, undefined];
    this.theirs.clear();
    if (layer) this.follow(layer);
    this.canvas.blocks = this.blocks;
    if (this.isChosen) this.choose(this.hand.tool);
    this.draw();
  }

  private follow(layer: Layer): void {
    const { host, state } = this.place, server = new PaintServer(layer.id), key = `cryohub-unsent-paint ${state.me} ${layer.id}`;
    const save = (unsent: readonly Act[]): void => unsent.length ? localStorage.setItem(key, JSON.stringify(unsent)) : localStorage.removeItem(key);
    const blocks = this.blocks = new Blocks(server, layer), store = this.store = new PaintStore(server, stored(key), save);
    blocks.hidden = this.panel.hidden;
    blocks.onChange = () => this.draw();
    blocks.onFail = reason => sayAt(this.place, reason);
    blocks.onFresh = sequence => { store.shown(sequence); host.dataset["painted"] = String(sequence); };
    store.onSay = words => sayAt(this.place, words);
    store.onChange = () => this.tell();
    store.onDone = () => void blocks.refresh();
    this.look();
    this.tell();
    this.hand.recover();
    void store.sync();
  }

  private async heard(id: string): Promise<void> {
    if (id !== this.panel.layer?.id) return await this.panel.list();
    await this.blocks?.refresh();
    this.theirs.rest();
  }

  /** Outlines are two pixels of the screen wide, however far the picture is away. */
  private outline(): void {
    const width = this.place.parts.field("paint-outlines").checked ? Math.max(1, Math.ceil(1.5 * (this.place.picture.view.getResolution() ?? 1))) : 0;
    if (!this.blocks || this.blocks.outlines === width) return;
    this.blocks.outlines = width;
    this.blocks.repaint();
  }

  private readOut(pixel: number[]): void {
    if (!this.isChosen) return;
    const [x, y] = this.place.picture.toImage(pixel).map(Math.floor) as [number, number], value = this.blocks?.labelAt(x, y);
    this.place.parts.part("doing").textContent = value ? this.panel.nameOf(value) : "";
  }

  private *trails(): Iterable<Trail> {
    const slice = this.place.frame(), growing = this.hand.growing;
    yield* this.theirs.on(slice);
    for (const stroke of [...this.store?.pending ?? [], ...growing ? [growing] : []])
      if (stroke.slice === slice) yield { stroke, colour: this.panel.colour(stroke.label) };
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
}

function stored(key: string): Act[] {
  try { return JSON.parse(localStorage.getItem(key) ?? "[]") as Act[]; } catch { return []; }
}
