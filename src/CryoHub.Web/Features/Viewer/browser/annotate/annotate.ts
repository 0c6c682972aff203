import { getJson, messageOf } from "../api.ts";
import type { Parts } from "../markup.ts";
import type { Picture } from "../picture.ts";
import { askWhich } from "./clash.ts";
import { Drawing, kindOf } from "./drawing.ts";
import { ImportDialog } from "./import-dialog.ts";
import { LayerServer, type LayerState } from "./layer-server.ts";
import { LayerStore, type Op } from "./layer-store.ts";
import { Crowds } from "./crowds.ts";
import { intensityOf, listClasses, listObjects, sizeOf, type Sort } from "./panel.ts";
import { People } from "./people.ts";
import { Paint } from "../paint/paint.ts";
import { isOnFrame, moved, textOf, type ClassRow, type ShapeRow, type ShapeText } from "./shape.ts";

const noClass = "#E8EDF1";
const pointsEvery = 60; // ms between two cursors

export interface Place { host: HTMLElement; parts: Parts; picture: Picture; dataset: string; project: string; signal: number; frame: () => number;
  frames: number; sliceStep: number; choose: (tool: string) => void }

/** Joins the layer, the drawing on the picture, the panel beside it and the people. */
export class Annotate {
  static async open(place: Place): Promise<Annotate> {
    const server = new LayerServer(place.dataset, place.signal);
    const [state, classes] = await Promise.all([server.layer(), getJson<ClassRow[]>(`/api/projects/${place.project}/classes`)]);
    return new Annotate(place, server, state, classes);
  }

  private readonly store: LayerStore;
  private readonly drawing: Drawing;
  private readonly paint: Paint;
  private readonly classes: Map<string, ClassRow>;
  private crowds: Crowds | undefined;
  private current = "";
  private sort: Sort = "name";
  private down = false;
  private pending = false;
  private measured = "";
  private pointedAt = 0;

  private constructor(private readonly place: Place, private readonly server: LayerServer, private readonly state: LayerState,
    private readonly list: ClassRow[]) {
    const { parts, picture } = place, key = `cryohub-unsent ${state.me} ${state.id}`;
    this.classes = new Map(list.map(row => [row.key, row]));
    const me = { id: state.me, name: "You" };
    this.store = new LayerStore(server, me, stored(key),
      unsent => unsent.length ? localStorage.setItem(key, JSON.stringify(unsent)) : localStorage.removeItem(key),
      state.byView ? state.sequence : undefined);
    this.drawing = new Drawing(picture, row => this.classes.get(row.classKey)?.colour ?? noClass);
    const people = new People(parts.part("people"), parts.part("doing"), picture, state.me);
    server.onHere = all => people.here(all);
    server.onPointed = pointed => people.pointed(pointed);
    server.onNews = () => { void this.store.sync(); this.crowds?.recount(); };
    this.store.onChange = () => this.later();
    this.store.onSay = words => this.say(words);
    this.store.onConflict = conflict => askWhich(place.host, conflict, keep => this.store.settle(conflict, keep, crypto.randomUUID()));
    this.drawing.onDrawn = (kind, rings) => this.drawn({ kind, rings, classKey: this.classFor(kind), label: "", ...this.framesNow() });
    this.drawing.onChanged = (id, kind, rings) => this.change(id, { kind, rings });
    this.drawing.onSelect = id => this.select(id);
    this.drawing.onMiss = (x, y) => void this.crowds?.at(x, y).then(id => { if (id) void this.take(id); });
    this.store.onFlood = () => { if (this.crowds) this.crowds.forget(); else this.openCrowds(); };
    picture.map.on("pointermove", event => this.point(picture.toImage(event.pixel)));
    addEventListener("online", () => void this.store.sync());
    setInterval(() => { if (this.store.isOffline || this.store.unsent.length) void this.store.sync(); }, 3000);
    this.paint = new Paint({ ...place, server, state });
    place.host.addEventListener("undoing", () => this.tellUndo());
    this.bind();
    if (state.byView) this.openCrowds();
    this.store.replay();
    this.refresh();
    void this.store.sync();
    void server.listen();
  }

  /** A tool of the rail was chosen. */
  choose(tool: string): void {
    if ((tool in kindOf || tool === "select") && !this.state.canDraw) {
      this.say(this.state.lockedBy ? `${this.state.lockedBy} has locked this layer.` : "You may look at this project, not draw in it.");
    }
    this.drawing.choose(tool, this.state.canDraw);
    this.paint.choose(tool);
    this.tellUndo();
  }

  /** Draws what belongs to the frame. */
  refresh(): void {
    const { parts } = this.place, { crowds, rows } = this, frame = this.place.frame();
    this.drawing.show(this.store.shown.filter(row => isOnFrame(row, frame)));
    crowds?.hide(this.store.rows.keys());
    const ofClass = crowds ? (key: string) => crowds.count(key) : (key: string) => rows.filter(row => row.classKey === key).length;
    listClasses(parts.part("classes"), this.list, ofClass, this.current, key => this.pick(key));
    const view = { sort: this.sort, down: this.down, filter: parts.field("shape-filter").value, selected: this.drawing.selected,
      ...(crowds ? { inView: crowds.inView } : {}) };
    parts.part("object-count").textContent = listObjects(parts.part("objects"), rows, this.classes, view, id => void this.take(id, true));
    parts.part("no-objects").hidden = rows.length > 0 || crowds !== undefined;
    this.fillChosen();
    this.tellUndo();
    const waiting = this.store.unsent.length, count = `${waiting} change${waiting === 1 ? "" : "s"} unsent`;
    parts.part("sent").textContent = this.store.isOffline ? `Working offline, ${count}` : waiting ? `Saving, ${count}` : rows.length ? "All sent" : "";
    this.place.host.dataset["unsent"] = String(waiting);
    this.place.host.dataset["shapes"] = String(rows.length);
  }

  /** What the table lists: all shapes, or of a large layer those at hand and the first ones in view. */
  private get rows(): ShapeRow[] {
    return this.crowds ? [...this.store.shown, ...this.crowds.listed.filter(row => !this.store.rows.has(row.id))] : this.store.shown;
  }

  /** The layer is too large to be held as a whole. */
  private openCrowds(): void {
    this.crowds = new Crowds(this.place, this.server, () => this.later(), words => this.say(words));
    this.colourCrowds();
  }

  private colourCrowds(): void {
    this.crowds?.colour(Object.fromEntries(this.list.map(row => [row.key, (this.classes.get(row.mergedInto ?? "") ?? row).colour])));
  }

  /** Takes a shape in hand, which may until now have been in a tile only. */
  private async take(id: string, goes = false): Promise<void> {
    if (!await this.store.recall(id)) this.say("This object cannot be had now; perhaps the network is gone.");
    else if (goes) this.go(id);
    else this.select(id);
  }

  /** The picture shows another frame. */
  turn(): void {
    this.crowds?.turn();
    this.refresh();
    this.paint.look();
  }

  /** Undo belongs to the brush while one is chosen, else to the shapes. */
  private get undoing(): LayerStore | Paint { return this.paint.isChosen ? this.paint : this.store; }

  private tellUndo(): void {
    for (const [name, can] of [["undo", this.undoing.canUndo], ["redo", this.undoing.canRedo]] as const)
      this.place.host.querySelector<HTMLButtonElement>(`[data-act=${name}]`)!.disabled = !can;
  }

  private later(): void {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => { this.pending = false; this.refresh(); });
  }

  private drawn(text: ShapeText): void {
    const id = crypto.randomUUID();
    this.store.draw(id, text);
    this.select(id);
  }

  private framesNow(): Pick<ShapeText, "firstFrame" | "lastFrame"> {
    const frame = this.place.frames > 1 ? this.place.frame() : null;
    return { firstFrame: frame, lastFrame: frame };
  }

  private classFor(kind: ShapeText["kind"]): string {
    const kinds = this.classes.get(this.current)?.kinds ?? [];
    return kinds.length === 0 || kinds.includes(kind) ? this.current : "";
  }

  private change(id: string, part: Partial<ShapeText>): void {
    const row = this.store.rows.get(id);
    if (row && this.state.canDraw) this.store.edit(id, { ...textOf(row), ...part });
  }

  private select(id: string): void {
    this.drawing.select(id);
    if (id) this.place.host.dispatchEvent(new CustomEvent("show-tab", { detail: "annotate" }));
    this.later();
  }

  private go(id: string): void {
    const row = this.store.rows.get(id);
    if (!row) return;
    this.place.choose("select");
    this.select(id);
    const ring = row.rings[0]!, xs = ring.filter((_, i) => i % 2 === 0), ys = ring.filter((_, i) => i % 2 === 1);
    if (!isOnFrame(row, this.place.frame())) this.say(`It is on frame ${(row.firstFrame ?? 0) + 1}.`);
    this.place.picture.view.setCenter([(Math.min(...xs) + Math.max(...xs)) / 2, -(Math.min(...ys) + Math.max(...ys)) / 2]);
  }

  private pick(key: string): void {
    this.current = this.current === key ? "" : key;
    this.later();
  }

  private import(): void {
    new ImportDialog(this.place.host, this.server, (id, words) => {
      this.store.imported(id);
      this.say(words);
      void this.relist();
    });
  }

  /** Classes may have been made. */
  private async relist(): Promise<void> {
    const rows = await getJson<ClassRow[]>(`/api/projects/${this.place.project}/classes`);
    this.list.splice(0, this.list.length, ...rows);
    this.classes.clear();
    for (const row of rows) this.classes.set(row.key, row);
    this.colourCrowds();
    this.refresh();
  }

  private next(): void {
    const { rows } = this, at = rows.findIndex(row => row.id === this.drawing.selected);
    if (rows.length) void this.take(rows[(at + 1) % rows.length]!.id, true);
  }

  private fillChosen(): void {
    const { parts } = this.place, row = this.store.rows.get(this.drawing.selected), isThere = row !== undefined && !row.isDeleted;
    parts.part("chosen").hidden = !isThere;
    void this.fillIntensity(isThere ? row : undefined);
    if (!isThere) return;
    parts.part("chosen-size").textContent = sizeOf(row).text;
    const pick = parts.field<HTMLSelectElement>("shape-class");
    const fitting = this.list.filter(one => !one.mergedInto && (one.kinds.length === 0 || one.kinds.includes(row.kind)));
    pick.replaceChildren(new Option("No class", ""), ...fitting.map(one => new Option(one.name, one.key)));
    pick.value = row.classKey;
    if (document.activeElement !== parts.field("shape-label")) parts.field("shape-label").value = row.label;
    parts.field<HTMLSelectElement>("shape-confidence").value = row.confidence === null || row.confidence === undefined ? "" : String(row.confidence);
    parts.part("chosen-frames").hidden = this.place.frames < 2;
    parts.field<HTMLSelectElement>("shape-frames").value = row.firstFrame === null || row.firstFrame === undefined ? "all" : "this";
  }

  /** Asks once a state of the chosen shape; what is not sent yet has no values. */
  private async fillIntensity(row: ShapeRow | undefined): Promise<void> {
    const state = row?.measures ? `${row.id} ${row.revision}` : "";
    if (state === this.measured) return;
    this.measured = state;
    const list = this.place.parts.part("chosen-intensity"), cell = (tag: "dt" | "dd", textContent: string): HTMLElement =>
      Object.assign(document.createElement(tag), { textContent });
    list.replaceChildren();
    if (!row || !state) return;
    const told = await this.server.measured(row.id).then(
      found => intensityOf(found.intensity!), (error: unknown): [string, string][] => [["Intensity", messageOf(error)]]);
    if (state === this.measured) list.replaceChildren(...told.flatMap(([name, value]) => [cell("dt", name), cell("dd", value)]));
  }

  private point([x, y]: [number, number]): void {
    if (performance.now() - this.pointedAt < pointsEvery) return;
    this.pointedAt = performance.now();
    this.server.point(x, y, this.drawing.isDrawing ? "draws" : "");
  }

  private bind(): void {
    const { host, parts } = this.place, id = (): string => this.drawing.selected;
    const on = (name: string, change: (value: string) => void): void =>
      parts.field(name).addEventListener("change", event => change((event.target as HTMLInputElement).value));
    on("shape-class", classKey => this.change(id(), { classKey }));
    on("shape-label", label => this.change(id(), { label }));
    on("shape-confidence", sure => this.change(id(), { confidence: sure === "" ? null : Number(sure) }));
    on("shape-frames", which => this.change(id(), which === "all" ? { firstFrame: null, lastFrame: null } : this.framesNow()));
    parts.field("shape-filter").addEventListener("input", () => this.later());
    parts.part<HTMLAnchorElement>("shapes-csv").href = `${this.server.path}/shapes.csv`;
    parts.part<HTMLAnchorElement>("shapes-intensities").href = `${this.server.path}/shapes.csv?intensity=true`;
    parts.part<HTMLAnchorElement>("shapes-geojson").href = `${this.server.path}/shapes.geojson`;
    for (const link of host.querySelectorAll<HTMLAnchorElement>("[data-shapes]")) link.href = `${this.server.path}/files/${link.dataset["shapes"]}`;
    host.querySelector<HTMLElement>("[data-act=shape-import]")!.hidden = !this.state.canDraw;
    parts.part("object-unit").textContent = this.state.unit;
    const acts: Record<string, () => void> = {
      undo: () => this.undoing.undo(), redo: () => this.undoing.redo(), "shape-delete": () => this.store.remove(id()), "shape-next": () => this.next(),
      "shape-import": () => this.import(),
    };
    host.addEventListener("click", event => {
      const button = (event.target as Element).closest<HTMLElement>("[data-act],[data-sort]"), sort = button?.dataset["sort"] as Sort | undefined;
      acts[button?.dataset["act"] ?? ""]?.();
      if (sort) { this.down = this.sort === sort && !this.down; this.sort = sort; this.later(); }
    });
    document.addEventListener("keydown", event => { if (this.key(event)) { event.preventDefault(); event.stopPropagation(); } }, { capture: true });
  }

  /** Keys of drawing; true where one of them was meant. */
  private key(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement;
    if (target.closest("input,select,textarea,dialog,[role=slider],[role=tablist]") || event.altKey) return false;
    const key = event.key.toLowerCase(), chosen = this.drawing.selected, row = this.store.rows.get(chosen);
    if (event.ctrlKey || event.metaKey) {
      if (key === "z") { if (event.shiftKey) this.undoing.redo(); else this.undoing.undo(); return true; }
      return false;
    }
    if (this.paint.isChosen) return this.paint.key(event);
    const onButton = target.closest("button,a") !== null;
    if (key === "enter" && !onButton) return this.drawing.finish();
    if (key === "backspace" && this.drawing.dropVertex()) return true;
    if (key === "escape" && this.drawing.abort()) return true;
    if ((key === "delete" || key === "backspace") && chosen) { this.store.remove(chosen); return true; }
    if (key === "n") { this.next(); return true; }
    const byDigit = /^[1-9]$/.test(key) ? this.list.find(one => one.shortcut === key && !one.mergedInto) : undefined;
    if (byDigit) { this.pick(byDigit.key); return true; }
    const step = event.shiftKey ? 10 : 1,
      way = ({ arrowleft: [-step, 0], arrowright: [step, 0], arrowup: [0, -step], arrowdown: [0, step] } as Record<string, number[]>)[key];
    if (!way || !row || row.isDeleted || this.drawing.isDrawing || this.place.host.dataset["chosen"] !== "select") return false;
    this.change(chosen, { rings: moved(row.rings, way[0]!, way[1]!) });
    return true;
  }

  private say(words: string): void { this.place.parts.part("saved").textContent = words; }
}

function stored(key: string): Op[] {
  try { return JSON.parse(localStorage.getItem(key) ?? "[]") as Op[]; } catch { return []; }
}
