import "./alignments.css";
import { getJson } from "../../Viewer/browser/api.ts";
import { toNumber } from "../../Viewer/browser/pixels.ts";
import { Pyramid } from "../../Viewer/browser/pyramid.ts";
import { StrictStore } from "../../Viewer/browser/strict-store.ts";
import { number } from "../../Viewer/browser/units.ts";
import { fiducials } from "./fiducials.ts";
import { sendFile, submit } from "./send.ts";
import { Tracks, type Place } from "./tracks.ts";

interface Input { role: string; datasetId?: string | null; signal: number }
interface Result {
  projectId: string; title: string;
  items: { kind: string; name: string; content: { columns?: { name: string; values: (number | null)[] }[] } }[];
  provenance: { parameters: Record<string, unknown>; inputs: Input[] };
}

const reach = 14; // screen pixels within which a click means a marker
const markup = `
  <div class="beads-stage">
    <canvas data-part="grey"></canvas>
    <canvas data-part="marks" tabindex="0" role="application"
      aria-label="View with markers: drag a marker, arrow keys move the chosen one by half a pixel, page keys change the view"></canvas>
  </div>
  <div class="beads-side">
    <label>View <input type="range" min="1" value="1" data-part="view" /><output data-part="at"></output></label>
    <label><input type="checkbox" data-part="exclude" /> Exclude this view</label>
    <label>Marker <select class="input" data-part="marker"></select></label>
    <p data-part="place" role="status"></p>
    <div class="line">
      <button class="btn sm" type="button" data-part="remove">Take out of this view</button>
      <button class="btn sm" type="button" data-part="drop">Take out everywhere</button>
    </div>
    <p class="faint small">Drag a marker to where it belongs. Where the chosen marker is not in this view, a click puts it there.</p>
    <b>Furthest off the model</b>
    <ol data-part="worst"></ol>
    <button class="btn primary" type="button" data-part="run">Align again from here</button>
    <p data-part="says" role="status"></p>
  </div>`;

/** `<cryohub-beads data-result=ID>`: the markers of an alignment on its raw views, to be dragged, taken out and aligned again. */
class BeadsElement extends HTMLElement {
  private result!: Result;
  private tracks!: Tracks;
  private pyramid!: Pyramid;
  private excluded = new Set<number>();
  private chosen = 1;
  private dragged: Place | undefined;
  private reading: AbortController | undefined;
  private readonly watch = new ResizeObserver(() => this.mark());

  connectedCallback(): void {
    this.innerHTML = markup;
    void this.open().catch((error: unknown) => this.say((error as Error).message, true));
  }

  disconnectedCallback(): void {
    this.reading?.abort();
    this.watch.disconnect();
  }

  private piece<E extends HTMLElement = HTMLElement>(name: string): E { return this.querySelector<E>(`[data-part=${name}]`)!; }
  private get view(): number { return Number(this.piece<HTMLInputElement>("view").value); }
  private get views(): number { return this.pyramid.levels[0]!.shape[0]!; }

  private async open(): Promise<void> {
    this.result = await getJson<Result>(`/api/results/${this.dataset["result"]}`);
    const series = this.result.provenance.inputs.find(({ role }) => role === "signal");
    if (!series?.datasetId) throw new Error("The series this was aligned from is not shared with you.");
    this.tracks = Tracks.of(this.result.items.find(({ name }) => name === "Marker positions")?.content.columns ?? []);
    this.excluded = new Set((this.result.provenance.parameters["excludeList"] as number[] | undefined) ?? []);
    this.pyramid = await Pyramid.open(new StrictStore(`/api/datasets/${series.datasetId}/signals/${series.signal}.zarr`));
    const slider = this.piece<HTMLInputElement>("view");
    slider.max = String(this.views);
    slider.value = String(Math.ceil(this.views / 2));
    this.piece("marker").append(...this.tracks.markers.map(marker => new Option(String(marker), String(marker))));
    this.chosen = this.tracks.markers[0] ?? 1;
    this.piece("worst").append(...this.tracks.worst(8).map(place => this.jump(place)));
    this.listen(slider);
    this.querySelector<HTMLElement>(".beads-stage")!.style.maxWidth = `calc(80vh * ${this.pyramid.width / this.pyramid.height})`;
    await this.show();
    this.watch.observe(this.piece("grey"));
    this.dataset["ready"] = "true";
  }

  private listen(slider: HTMLInputElement): void {
    const marks = this.piece<HTMLCanvasElement>("marks");
    slider.addEventListener("input", () => { void this.show(); });
    this.piece("marker").addEventListener("change", () => { this.chosen = Number(this.piece<HTMLSelectElement>("marker").value); this.mark(); });
    this.piece("exclude").addEventListener("change", () => {
      if (this.piece<HTMLInputElement>("exclude").checked) this.excluded.add(this.view); else this.excluded.delete(this.view);
      this.mark();
    });
    this.piece("remove").addEventListener("click", () => { this.tracks.remove(this.view, this.chosen); this.mark(); });
    this.piece("drop").addEventListener("click", () => { this.tracks.drop(this.chosen); this.mark(); });
    this.piece("run").addEventListener("click", () => { void this.run(); });
    this.piece<HTMLButtonElement>("run").disabled = this.dataset["edit"] !== "true";
    marks.addEventListener("pointerdown", event => this.press(event));
    marks.addEventListener("pointermove", event => { if (this.dragged) this.move(event); });
    marks.addEventListener("pointerup", () => { this.dragged = undefined; });
    marks.addEventListener("keydown", event => this.key(event));
  }

  /** Where in the picture the pointer is. */
  private place(event: PointerEvent): { x: number; y: number; near: number } {
    const marks = this.piece<HTMLCanvasElement>("marks"), scale = this.pyramid.width / marks.clientWidth;
    return { x: event.offsetX * scale - 0.5, y: event.offsetY * this.pyramid.height / marks.clientHeight - 0.5, near: reach * scale };
  }

  private press(event: PointerEvent): void {
    const { x, y, near } = this.place(event), found = this.tracks.nearest(this.view, x, y, near);
    this.piece("marks").setPointerCapture(event.pointerId);
    if (found) {
      this.chosen = found.marker;
    } else if (!this.tracks.at(this.view, this.chosen)) {
      this.tracks.put(this.view, this.chosen, x, y);
    }
    this.dragged = found ?? this.tracks.at(this.view, this.chosen);
    if (!found && this.dragged && Math.hypot(this.dragged.x - x, this.dragged.y - y) > near) this.dragged = undefined;
    this.mark();
  }

  private move(event: PointerEvent): void {
    const { x, y } = this.place(event);
    this.tracks.put(this.view, this.chosen, Math.min(this.pyramid.width - 1, Math.max(0, x)), Math.min(this.pyramid.height - 1, Math.max(0, y)));
    this.mark();
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, [number, number]> = { ArrowLeft: [-0.5, 0], ArrowRight: [0.5, 0], ArrowUp: [0, -0.5], ArrowDown: [0, 0.5] };
    const step = steps[event.key], turn = { PageUp: -1, PageDown: 1 }[event.key], at = this.tracks.at(this.view, this.chosen);
    if (!step && !turn) return;
    event.preventDefault();
    if (turn) this.go(this.view + turn); else if (step && at) { this.tracks.put(this.view, this.chosen, at.x + step[0], at.y + step[1]); this.mark(); }
  }

  private go(view: number): void {
    this.piece<HTMLInputElement>("view").value = String(view);
    void this.show();
  }

  private async show(): Promise<void> {
    this.reading?.abort();
    const mine = this.reading = new AbortController(), { width, height } = this.pyramid;
    this.mark();
    try {
      const block = await this.pyramid.read(0, [this.view - 1], 0, 0, width, height, mine.signal);
      if (!block || mine.signal.aborted) return;
      const values = Float32Array.from(block.data, toNumber), canvas = this.piece<HTMLCanvasElement>("grey"), image = new ImageData(width, height);
      const sorted = values.filter((value, i) => i % 7 === 0 && Number.isFinite(value)).sort(), low = sorted[Math.floor(0.005 * sorted.length)] ?? 0;
      const span = (sorted[Math.ceil(0.995 * (sorted.length - 1))] ?? 1) - low || 1;
      values.forEach((value, i) => { const level = 255 * (value - low) / span; image.data.set([level, level, level, 255], 4 * i); });
      [canvas.width, canvas.height] = [width, height];
      canvas.getContext("2d")!.putImageData(image, 0, 0);
      this.mark();
    } catch (error) {
      if (!mine.signal.aborted) this.say((error as Error).message, true);
    }
  }

  private mark(): void {
    const canvas = this.piece<HTMLCanvasElement>("marks"), pixels = devicePixelRatio, isOut = this.excluded.has(this.view);
    [canvas.width, canvas.height] = [Math.max(1, Math.round(canvas.clientWidth * pixels)), Math.max(1, Math.round(canvas.clientHeight * pixels))];
    const pen = canvas.getContext("2d")!, scale = canvas.width / this.pyramid.width;
    for (const { x, y, marker, residual, moved } of this.tracks.in(this.view)) {
      const radius = (marker === this.chosen ? 11 : 7) * pixels, [cx, cy] = [(x + 0.5) * scale, (y + 0.5) * scale];
      pen.strokeStyle = isOut ? "#9aa5ad" : moved ? "#63c5e4" : residual > 3 ? "#ff6b5e" : residual > 1 ? "#eeca3b" : "#7fd18b";
      pen.lineWidth = (marker === this.chosen ? 2.5 : 1.5) * pixels;
      pen.beginPath();
      pen.arc(cx, cy, radius, 0, 2 * Math.PI);
      pen.stroke();
      pen.fillStyle = pen.strokeStyle;
      pen.font = `${11 * pixels}px sans-serif`;
      pen.fillText(String(marker), cx + radius + 2 * pixels, cy - 4 * pixels);
    }
    this.tell();
  }

  private tell(): void {
    const at = this.tracks.at(this.view, this.chosen), { changes } = this.tracks;
    this.piece("at").textContent = `${this.view} of ${this.views}`;
    this.piece<HTMLInputElement>("exclude").checked = this.excluded.has(this.view);
    this.piece<HTMLSelectElement>("marker").value = String(this.chosen);
    this.piece<HTMLButtonElement>("remove").disabled = !at;
    const off = !at || at.moved ? ", placed by hand" : Number.isFinite(at.residual) ? `, ${number(at.residual, 2)} px off the model` : "";
    this.piece("place").textContent = !at ? `Marker ${this.chosen} is not in this view.`
      : `Marker ${this.chosen} at column ${at.x.toFixed(1)}, row ${at.y.toFixed(1)}${off}.`;
    this.say(`${changes} ${changes === 1 ? "place" : "places"} changed, ${this.excluded.size} ${this.excluded.size === 1 ? "view" : "views"} excluded.`, false);
  }

  private jump(place: Place): HTMLLIElement {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.className = "btn sm quiet";
    button.textContent = `View ${place.view}, marker ${place.marker}: ${number(place.residual, 2)} px`;
    button.addEventListener("click", () => { this.chosen = place.marker; this.go(place.view); });
    item.append(button);
    return item;
  }

  private async run(): Promise<void> {
    const button = this.piece<HTMLButtonElement>("run"), { projectId, provenance } = this.result;
    button.disabled = true;
    try {
      this.say("Sending the corrected markers …", false);
      const file = fiducials(this.tracks, this.pyramid.width, this.pyramid.height, this.views);
      const datasetId = await sendFile(projectId, `markers-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.fid`, file);
      const inputs = provenance.inputs.filter(({ role, datasetId: id }) => id && role !== "fiducials")
        .map(({ role, datasetId: id, signal }) => ({ role, datasetId: id, signal }));
      const job = await submit({
        projectId, analysis: "tilt-align", inputs: [...inputs, { role: "fiducials", datasetId, signal: 0 }],
        parameters: { ...provenance.parameters, method: "beads", excludeList: [...this.excluded].sort((a, b) => a - b) },
      });
      location.assign(`/jobs/${job}`);
    } catch (error) {
      this.say((error as Error).message, true);
      button.disabled = false;
    }
  }

  private say(words: string, bad: boolean): void {
    this.piece("says").textContent = words;
    this.piece("says").classList.toggle("bad", bad);
  }
}

customElements.define("cryohub-beads", BeadsElement);
