import * as zarr from "zarrita";
import { Pyramid } from "../../Viewer/browser/pyramid.ts";
import type { Axis } from "../../Viewer/browser/signal.ts";
import { StrictStore } from "../../Viewer/browser/strict-store.ts";
import { number, readable } from "../../Viewer/browser/units.ts";
import { SliceView } from "./slice-view.ts";
import { Solid } from "./solid.ts";
import { levelFor, load, percentiles, planes, type Triple, type Volume } from "./volume.ts";

/** About 130 MB of float32 for the sections; marching cubes and the graphics card get 4 million voxels. */
const mostInSections = 2 ** 25, mostInSolid = 2 ** 22;

const markup = `<div class="vol-grid"></div>
<div class="vol-bar"><label>From <input data-part="low" inputmode="decimal"></label><label>to <input data-part="high" inputmode="decimal"></label>
<label>Show <select data-part="mode"><option value="cloud">cloud</option><option value="surface">surface of equal value</option></select></label>
<label>Value <input data-part="iso" type="range" min="0" max="1000" value="600" disabled></label>
<button class="btn sm" type="button" data-part="reset">Reset camera</button>
<output data-part="says" aria-live="polite">Loading</output></div>`;

/** A coarse level is shown as soon as it is there; the sections are then sharpened. The cross is kept in fractions, so it stays where it was. */
export class VolumeView {
  private readonly slices = planes.map(plane => new SliceView(plane, moved => this.moveTo(moved)));
  private readonly solidHost = document.createElement("div");
  private readonly watch = new ResizeObserver(() => { this.draw(); this.solid?.resize(); });
  private cross: Triple = [.5, .5, .5];
  private volume: Volume | undefined;
  private limits: [number, number] = [0, 1];
  private range: [number, number] = [0, 1];
  private solid: Solid | undefined;
  private closed = false;

  constructor(private readonly host: HTMLElement) {
    host.innerHTML = markup;
    this.solidHost.className = "solid";
    host.querySelector(".vol-grid")!.append(...this.slices.map(slice => slice.element), this.solidHost);
    this.watch.observe(host);
    host.addEventListener("keydown", event => this.key(event));
    for (const [i, name] of ["low", "high"].entries())
      this.part<HTMLInputElement>(name).addEventListener("change", event => this.limit(i, (event.target as HTMLInputElement).value));
    this.part("mode").addEventListener("change", () => this.showSolid());
    this.part("iso").addEventListener("change", () => this.showSolid());
    this.part("reset").addEventListener("click", () => this.solid?.reset());
  }

  async open(source: string): Promise<void> {
    try {
      const store = new StrictStore(source), pyramid = await Pyramid.open(store);
      const group = await zarr.open.v3(zarr.root(store), { kind: "group" });
      const axes = (group.attrs["cryohub"] as { axes: Axis[] }).axes, shapes = pyramid.levels.map(level => level.shape);
      if (axes.length < 3) throw new Error(`A volume has three axes; this signal has ${axes.length}.`);
      const coarse = await load(pyramid, axes, levelFor(shapes, mostInSolid));
      if (this.closed) return;
      this.begin(coarse);
      this.openSolid(coarse);
      const fine = levelFor(shapes, mostInSections);
      if (fine !== coarse.level && !this.closed) {
        this.volume = await load(pyramid, axes, fine);
        this.draw();
      }
    } catch (error) {
      this.say((error as Error).message, true);
    }
  }

  close(): void {
    this.closed = true;
    this.watch.disconnect();
    this.solid?.destroy();
  }

  private begin(volume: Volume): void {
    this.volume = volume;
    this.limits = percentiles(volume.data, 0.005, 0.995);
    this.range = percentiles(volume.data, 0, 1);
    this.part<HTMLInputElement>("low").value = String(Number(this.limits[0].toPrecision(4)));
    this.part<HTMLInputElement>("high").value = String(Number(this.limits[1].toPrecision(4)));
    this.draw();
  }

  private openSolid(volume: Volume): void {
    try {
      this.solid = new Solid(this.solidHost, volume, ...this.limits);
      this.solid.reset();
    } catch (error) {
      const reason = (error as Error).message;
      this.solidHost.textContent =
        `The three-dimensional view needs WebGL 2, which this browser does not offer here (${reason}). The sections work without it.`;
    }
  }

  private showSolid(): void {
    const surface = this.part<HTMLSelectElement>("mode").value === "surface", slider = this.part<HTMLInputElement>("iso");
    const value = this.range[0] + Number(slider.value) / 1000 * (this.range[1] - this.range[0]);
    slider.disabled = !surface;
    slider.setAttribute("aria-valuetext", number(value));
    slider.title = number(value);
    this.solid?.show(surface ? value : undefined);
  }

  private limit(which: number, typed: string): void {
    const value = Number(typed);
    if (typed.trim() === "" || !Number.isFinite(value)) return;
    this.limits[which as 0 | 1] = value;
    this.draw();
  }

  private index(volume: Volume): Triple {
    return this.cross.map((part, axis) => Math.min(volume.shape[axis]! - 1, Math.floor(part * volume.shape[axis]!))) as Triple;
  }

  private moveTo(moved: Partial<Record<0 | 1 | 2, number>>): void {
    for (const [axis, part] of Object.entries(moved)) this.cross[Number(axis)] = Math.min(1, Math.max(0, part));
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    const { volume } = this;
    const moved = volume && this.slices.map(slice => slice.keys(event, this.index(volume))).find(move => move);
    if (!moved) return;
    event.preventDefault();
    this.moveTo(Object.fromEntries(Object.entries(moved).map(([axis, index]) => [axis, (index + .5) / volume.shape[Number(axis)]!])));
  }

  private draw(): void {
    const { volume } = this;
    if (!volume) return;
    const at = this.index(volume);
    for (const slice of this.slices) slice.draw(volume, at, ...this.limits);
    const places = volume.axes.map((axis, i) => {
      const [value, unit] = readable(axis.unit === "" ? at[i]! : axis.origin + at[i]! * axis.step, axis.unit);
      return `${axis.name} ${number(value)} ${unit || "px"}`;
    }).reverse().join(", ");
    const value = volume.data[(at[0] * volume.shape[1] + at[1]) * volume.shape[2] + at[2]]!;
    this.say(`${places}: ${number(value)}${volume.level > 0 ? `. Sections at 1/${2 ** volume.level} of the full resolution` : ""}`);
  }

  private say(words: string, isBad = false): void {
    const says = this.part("says");
    says.textContent = words;
    says.classList.toggle("bad", isBad);
  }

  private part<T extends HTMLElement = HTMLElement>(name: string): T { return this.host.querySelector<T>(`[data-part="${name}"]`)!; }
}
