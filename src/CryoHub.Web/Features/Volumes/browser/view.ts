import { isMap, type MapName } from "../../Viewer/browser/colour-maps.ts";
import { number, readable, scaleBar } from "../../Viewer/browser/units.ts";
import { markup } from "./controls.ts";
import type { Look } from "./look.ts";
import type { Projection } from "./oblique.ts";
import { ObliqueView } from "./oblique-view.ts";
import { coincide, companions, openSource, overlayOf, read, type Companion, type Overlay, type Source } from "./overlay.ts";
import { SliceView } from "./slice-view.ts";
import { Solid, type Shell } from "./solid.ts";
import { percentiles, planes, type Triple, type Volume } from "./volume.ts";
import { readVolumeState, writeVolumeState, type VolumeState } from "./volume-state.ts";

/** About 130 MB of float32 for the sections; marching cubes and the graphics card get 4 million voxels, each label's body 1 million. */
const mostInSections = 2 ** 25, mostInSolid = 2 ** 22, mostInShell = 2 ** 20, mostShells = 8, thickest = 999;
const highlight = [249, 100, 42] as const;

/** A coarse level is shown as soon as it is there; the sections are then sharpened. The cross is kept in fractions, so it stays where it was. */
export class VolumeView {
  private readonly slices = planes.map(plane => new SliceView(plane, moved => this.moveTo(moved)));
  private readonly oblique = new ObliqueView();
  private readonly solidHost = document.createElement("div");
  private readonly bar = Object.assign(document.createElement("span"), { className: "bar" });
  private readonly watch = new ResizeObserver(() => { this.draw(); this.solid?.resize(); });
  private cross: Triple = [.5, .5, .5];
  private volume: Volume | undefined;
  private limits: [number, number] = [0, 1];
  private range: [number, number] = [0, 1];
  private clip: number[] = [0, 1, 0, 1, 0, 1];
  private overlay: Overlay | undefined;
  private own: Overlay | undefined;
  private chosen: number | undefined;
  private others: Companion[] = [];
  private solid: Solid | undefined;
  private url = "";
  private pending = 0;
  private touched = false;
  private closed = false;

  constructor(private readonly host: HTMLElement) {
    host.innerHTML = markup;
    this.solidHost.className = "solid";
    host.querySelector(".vol-grid")!.append(...this.slices.map(slice => slice.element), this.solidHost, this.oblique.element);
    this.watch.observe(host);
    for (const act of ["pointerdown", "keydown", "wheel"]) host.addEventListener(act, () => { this.touched = true; }, { capture: true, passive: true });
    host.addEventListener("keydown", event => this.key(event));
    for (const [i, name] of ["low", "high"].entries()) this.on(name, "change", () => this.limit(i, this.value(name)));
    for (const name of ["map", "how", "slab", "tilt", "turn", "opacity"]) this.on(name, "input", () => { this.draw(); this.remember(); });
    for (const name of ["map", "from", "most"]) this.on(name, "input", () => this.dress());
    for (const name of ["mode", "iso"]) this.on(name, "change", () => this.showSolid());
    this.on("opacity", "change", () => this.showSolid());
    this.on("slanted", "change", () => { this.slant(); this.draw(); this.remember(); });
    this.on("over", "change", () => { void this.lay(this.value("over")); });
    this.on("reset", "click", () => this.solid?.reset());
    for (const input of this.clips) input.addEventListener("input", () => this.cut());
  }

  async open(url: string): Promise<void> {
    this.url = url;
    try {
      const source = await openSource(url), coarse = await read(source, mostInSolid);
      const state = readVolumeState(new URLSearchParams(location.search).get(this.key0));
      if (this.closed) return;
      this.begin(coarse, source, state);
      this.openSolid(coarse, state);
      const fine = await read(source, mostInSections);
      if (this.closed) return;
      if (fine.level !== coarse.level) this.sharpen(fine, source);
      await this.offer(state);
    } catch (error) {
      this.say((error as Error).message, true);
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.pending);
    this.watch.disconnect();
    this.solid?.destroy();
  }

  /** The cross at a place (x, y, z in the unit of the axes), and the object of that number as a body, where there are labels. */
  point(place: Triple, object: number): void {
    if (!this.volume) return;
    const { axes, shape } = this.volume;
    place.forEach((at, i) => {
      const axis = 2 - i;
      this.cross[axis] = Math.min(1, Math.max(0, (at / (Math.abs(axes[axis]!.step) || 1) + .5) / shape[axis]!));
    });
    [this.chosen, this.touched] = [object, true];
    this.draw();
    this.showSolid();
    this.host.scrollIntoView({ block: "nearest" });
  }

  /** The name of this volume's state in the address: a page may show several. */
  private get key0(): string { return `v${/(\d+)\.zarr/.exec(this.url)?.[1] ?? ""}`; }
  private get clips(): NodeListOf<HTMLInputElement> { return this.host.querySelectorAll<HTMLInputElement>("[data-clip]"); }
  private get map(): MapName { const name = this.value("map"); return isMap(name) ? name : "grey"; }
  private get look(): Look {
    const thick = Math.min(thickest, Math.max(1, Math.round(Number(this.value("slab"))) || 1), Math.max(...this.volume?.shape ?? [1]));
    const [low, high] = this.limits;
    return { low, high, map: this.map, thick, how: this.value("how") as Projection, overlay: this.overlay, opacity: Number(this.value("opacity")) / 100 };
  }

  private begin(volume: Volume, source: Source, state: VolumeState): void {
    this.volume = volume;
    if (state.cross) this.cross = state.cross.map(part => Math.min(1, Math.max(0, part))) as Triple;
    if (source.labels) this.overlay = this.own = overlayOf(volume, source.labels);
    this.limits = percentiles(volume.data, 0.005, 0.995);
    this.range = percentiles(volume.data, 0, 1);
    for (const [i, name] of ["low", "high"].entries()) this.part<HTMLInputElement>(name).value = String(Number(this.limits[i as 0 | 1].toPrecision(4)));
    const mode = this.part<HTMLSelectElement>("mode");
    mode.options[2]!.hidden = !this.overlay && !source.isWhole;
    this.group("over").hidden = !this.overlay;
    const asked: VolumeState = { ...(this.overlay ? { mode: "labels", opacity: 100 } : {}), ...state };
    for (const name of ["slab", "how", "tilt", "turn", "mode", "iso", "map", "from", "most", "opacity"] as const) {
      const input = this.part<HTMLInputElement | HTMLSelectElement>(name), before = input.value;
      if (asked[name] !== undefined) input.value = String(asked[name]);
      if (input.value === "") input.value = before;
    }
    this.part<HTMLInputElement>("slanted").checked = state.tilt !== undefined;
    if (state.clip) this.clips.forEach((input, i) => { input.value = String(100 * state.clip![i]!); });
    this.slant();
    this.draw();
  }

  private sharpen(fine: Volume, source: Source): void {
    this.volume = fine;
    if (this.own && this.overlay === this.own) this.overlay = this.own = overlayOf(fine, source.labels);
    this.draw();
  }

  private openSolid(volume: Volume, state: VolumeState): void {
    try {
      this.solid = new Solid(this.solidHost, volume, this.limits[0]);
      this.solidHost.append(this.bar);
      this.dress();
      if (state.camera) this.solid.camera = state.camera; else this.solid.reset();
      this.solid.onCamera = () => { this.measure(volume); this.remember(); };
      this.measure(volume);
      this.cut();
      this.showSolid();
    } catch (error) {
      const reason = (error as Error).message;
      this.solidHost.textContent =
        `The three-dimensional view needs WebGL 2, which this browser does not offer here (${reason}). The sections work without it.`;
    }
  }

  /** Volumes that may be shown with this one: labels over values, or values below labels. */
  private async offer(state: VolumeState): Promise<void> {
    this.others = await companions(this.url).catch(() => []);
    if (this.closed || this.others.length === 0) return;
    const list = this.part<HTMLSelectElement>("over");
    list.append(new Option("nothing", ""), ...this.others.map(({ key, name }) => new Option(name, key)));
    list.value = state.over ?? "";
    this.group("over").hidden = false;
    if (state.over) await this.lay(state.over);
  }

  private async lay(key: string): Promise<void> {
    const other = this.others.find(companion => companion.key === key), { volume } = this;
    if (!volume) return;
    if (!other) { this.overlay = this.own; this.draw(); this.showSolid(); this.remember(); return; }
    try {
      const source = await openSource(other.url), there = await read(source, mostInSections);
      if (!coincide(volume, there)) {
        throw new Error(`"${other.name}" does not cover the same box: ${there.shape.join(" × ")} voxels against ${volume.shape.join(" × ")} here.`);
      }
      if (this.own && !source.labels) this.ground(there);
      else if (source.labels || source.isWhole) this.overlay = overlayOf(there, source.labels);
      else throw new Error(`"${other.name}" holds measured values and no labels; open it and lay labels over it.`);
      this.part<HTMLSelectElement>("mode").options[2]!.hidden = false;
      this.draw();
      this.showSolid();
      this.remember();
    } catch (error) { this.say((error as Error).message, true); }
  }

  /** Values below these labels: their contrast, and half the labels' opacity so that both are seen. */
  private ground(values: Volume): void {
    this.overlay = this.own;
    this.volume = values;
    this.limits = percentiles(values.data, 0.005, 0.995);
    for (const [i, name] of ["low", "high"].entries()) this.part<HTMLInputElement>(name).value = String(Number(this.limits[i as 0 | 1].toPrecision(4)));
    this.part<HTMLInputElement>("opacity").value = "50";
  }

  private dress(): void {
    const [low, high] = this.limits;
    this.solid?.dress({
      low, high, map: this.map === "grey" ? "viridis" : this.map,
      from: Number(this.value("from")) / 100, most: Number(this.value("most")) / 100,
    });
    this.remember();
  }

  private cut(): void {
    const ends = [...this.clips].map(input => Number(input.value) / 100);
    for (let i = 0; i < ends.length; i += 2) if (ends[i]! > ends[i + 1]!) [ends[i], ends[i + 1]] = [ends[i + 1]!, ends[i]!];
    this.clip = ends;
    this.solid?.clip(ends);
    this.remember();
  }

  private slant(): void {
    const isOn = this.part<HTMLInputElement>("slanted").checked;
    this.oblique.element.hidden = this.group("angles").hidden = !isOn;
  }

  private showSolid(): void {
    const mode = this.value("mode"), slider = this.part<HTMLInputElement>("iso");
    const value = this.range[0] + Number(slider.value) / 1000 * (this.range[1] - this.range[0]);
    this.group("iso").hidden = mode !== "surface";
    this.group("cloud").hidden = mode !== "cloud";
    slider.setAttribute("aria-valuetext", number(value));
    slider.title = number(value);
    this.solid?.show(mode, value);
    this.solid?.shells(this.shells(mode));
    this.remember();
  }

  /** Bodies of the classes, or of the one object that was chosen. */
  private shells(mode: string): Shell[] {
    const overlay = this.overlay ?? (this.volume && this.chosen !== undefined ? overlayOf(this.volume, undefined) : undefined);
    if (!overlay) return [];
    const volume = thin(overlay.volume, mostInShell), opacity = Math.max(0.05, Number(this.value("opacity")) / 100);
    if (this.chosen !== undefined) return [{ volume, value: this.chosen, colour: highlight, opacity: 1 }];
    if (mode !== "labels" && overlay === this.own) return [];
    return overlay.classes.filter(({ value }) => value !== 0)
      .slice(0, mostShells).map(({ value }) => ({ volume, value, colour: overlay.colour(value), opacity }));
  }

  private limit(which: number, typed: string): void {
    const value = Number(typed.replace("\u2212", "-"));
    if (typed.trim() === "" || !Number.isFinite(value)) return;
    this.limits[which as 0 | 1] = value;
    this.draw();
    this.dress();
  }

  private index(volume: Volume): Triple {
    return this.cross.map((part, axis) => Math.min(volume.shape[axis]! - 1, Math.floor(part * volume.shape[axis]!))) as Triple;
  }

  private moveTo(moved: Partial<Record<0 | 1 | 2, number>>): void {
    for (const [axis, part] of Object.entries(moved)) this.cross[Number(axis)] = Math.min(1, Math.max(0, part));
    this.draw();
    this.remember();
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
    const at = this.index(volume), { look } = this, tilt = Number(this.value("tilt")), turn = Number(this.value("turn"));
    for (const slice of this.slices) slice.draw(volume, at, look);
    this.oblique.draw(volume, this.cross, tilt, turn, look);
    this.part("angles").textContent = `${tilt}°, ${turn}°`;
    const places = volume.axes.map((axis, i) => {
      const [value, unit] = readable(axis.unit === "" ? at[i]! : axis.origin + at[i]! * axis.step, axis.unit);
      return `${axis.name} ${number(value)} ${unit || "px"}`;
    }).reverse().join(", ");
    const value = volume.data[(at[0] * volume.shape[1] + at[1]) * volume.shape[2] + at[2]]!;
    this.say(`${places}: ${number(value)}${this.labelHere()}${volume.level > 0 ? `. Sections at 1/${2 ** volume.level} of the full resolution` : ""}`);
  }

  private labelHere(): string {
    if (!this.overlay) return "";
    const { volume: { data, shape }, classes } = this.overlay, [z, y, x] = this.index(this.overlay.volume), value = data[(z * shape[1] + y) * shape[2] + x]!;
    return `, ${classes.find(known => known.value === value)?.name ?? `label ${value}`}`;
  }

  private measure(volume: Volume): void {
    const axis = volume.axes[2], { pixels, label, calibrated } = scaleBar({ ...axis, step: this.solid!.perPixel }, 1, 90);
    this.bar.style.width = `${pixels}px`;
    this.bar.textContent = calibrated ? label : "uncalibrated";
  }

  /** The address follows what a person does, once things rest. */
  private remember(): void {
    if (!this.touched) return;
    clearTimeout(this.pending);
    this.pending = window.setTimeout(() => {
      const query = new URLSearchParams(location.search);
      const isSlanted = this.part<HTMLInputElement>("slanted").checked, count = (name: string): number => Number(this.value(name));
      const state: VolumeState = {
        cross: this.cross, camera: this.solid?.camera, slab: this.look.thick, how: this.value("how"),
        mode: this.value("mode"), iso: count("iso"), map: this.map,
        from: count("from"), most: count("most"), opacity: count("opacity"), over: this.value("over") || undefined,
        clip: this.clip.some((part, i) => part !== i % 2) ? this.clip : undefined, ...(isSlanted ? { tilt: count("tilt"), turn: count("turn") } : {}),
      } as VolumeState;
      query.set(this.key0, writeVolumeState(state));
      history.replaceState(history.state, "", `?${query.toString()}${location.hash}`);
    }, 300);
  }

  private say(words: string, isBad = false): void {
    const says = this.part("says");
    says.textContent = words;
    says.classList.toggle("bad", isBad);
  }

  private on(name: string, event: string, act: () => void): void { this.part(name).addEventListener(event, act); }
  private value(name: string): string { return this.part<HTMLInputElement>(name).value; }
  private group(name: string): HTMLElement { return this.host.querySelector<HTMLElement>(`[data-group="${name}"]`)!; }
  private part<T extends HTMLElement = HTMLElement>(name: string): T { return this.host.querySelector<T>(`[data-part="${name}"]`)!; }
}

/** Every n-th voxel along each axis, so that at most so many are left; labels are never averaged. */
function thin(volume: Volume, most: number): Volume {
  const every = Math.ceil(Math.cbrt(volume.data.length / most));
  if (every < 2) return volume;
  const shape = volume.shape.map(size => Math.max(1, Math.floor(size / every))) as Triple;
  const data = new Float32Array(shape[0] * shape[1] * shape[2]), half = every >> 1;
  let to = 0;
  for (let z = 0; z < shape[0]; z++) for (let y = 0; y < shape[1]; y++) for (let x = 0; x < shape[2]; x++)
    data[to++] = volume.data[((z * every + half) * volume.shape[1] + y * every + half) * volume.shape[2] + x * every + half]!;
  const axes = volume.axes.map((axis, i) => ({ ...axis, size: shape[i]!, step: axis.step * volume.shape[i]! / shape[i]! })) as Volume["axes"];
  return { ...volume, data, shape, axes };
}
