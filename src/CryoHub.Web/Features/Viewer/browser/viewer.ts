import { Annotate } from "./annotate/annotate.ts";
import { getJson, messageOf } from "./api.ts";
import { complexFacets } from "./complex.ts";
import { DisplayPanel } from "./display-panel.ts";
import { fillDetails, tellCalibration } from "./details.ts";
import { FacetChoice, type Facet } from "./facets.ts";
import { Frames } from "./frames.ts";
import { bindKeys } from "./keys.ts";
import { ebsdFacets } from "./kinds/ebsd.ts";
import { showKind } from "./kinds/show.ts";
import { otherView } from "./kinds/volume.ts";
import { markup, partsOf, type Parts } from "./markup.ts";
import { mapNames } from "./colour-maps.ts";
import { PatternPanel } from "./pattern-panel.ts";
import { Picture } from "./picture.ts";
import { Pyramid } from "./pyramid.ts";
import { Readout } from "./readout.ts";
import { Rings } from "./rings.ts";
import { displayAxes, hasEnergy, isComplex, kindKey, type Dataset, type Signal } from "./signal.ts";
import { Spectra } from "./spectra.ts";
import { SpectrumPanel } from "./spectrum-panel.ts";
import { asDrawn } from "./statistics.ts";
import { StrictStore } from "./strict-store.ts";
import { Tools } from "./tools.ts";
import { bindTabs, showTab } from "./tabs.ts";
import { scaleBar } from "./units.ts";
import { readState, writeState } from "./view-state.ts";

/** Opens a signal and joins the parts of the workbench; what follows the mouse stays in them. */
export class Viewer {
  static async open(host: HTMLElement, dataset: string, wanted: number): Promise<void> {
    host.innerHTML = markup;
    const parts = partsOf(host);
    Object.assign(parts.part("export").dataset, { dataset, signal: String(wanted) });
    try {
      const index = Number(new URLSearchParams(location.search).get("signal") ?? wanted);
      const path = `/api/datasets/${dataset}`;
      const [about, signal] = await Promise.all([getJson<Dataset>(path), getJson<Signal>(`${path}/signals/${index}`)]);
      fillDetails(parts, about, signal);
      const store = new StrictStore(`${path}/signals/${index}.zarr`);
      const plain = await showKind(host, parts, about, signal, store, `${path}/signals/${index}.zarr`);
      if (plain) { host.dataset["ready"] = "true"; return; }
      const map = kindKey(signal.kind) === "ebsd-map" && signal.columns ? await ebsdFacets(signal, store) : undefined;
      if (map) { tellCalibration(parts, map.signal); await Viewer.show(host, parts, about, map.signal, map.facets, "", store); return; }
      const pyramid = await Pyramid.open(store);
      const facets = isComplex(signal) ? await complexFacets(signal, store, pyramid) : [plainFacet(signal, pyramid)];
      await Viewer.show(host, parts, about, signal, facets, pyramid.display, store);
    } catch (error) {
      complain(parts, "This signal cannot be shown.", messageOf(error));
    }
  }

  /** The workbench over the first of these quantities, or over the one the address names. */
  private static async show(
    host: HTMLElement, parts: Parts, about: Dataset, signal: Signal, facets: readonly Facet[], display: string, store: StrictStore): Promise<void> {
    const asked = readState(location.search).shown, facet = facets.find(({ key }) => key === asked) ?? facets[0]!;
    new Viewer(host, parts, about, signal, facets, facet, await facet.about(), display, store);
    host.dataset["ready"] = "true";
  }

  private readonly display: DisplayPanel;
  private readonly picture: Picture;
  private readonly frames: Frames;
  private readonly shown: FacetChoice;
  private pending = 0;
  private shapes: Annotate | undefined;

  private constructor(
    private readonly host: HTMLElement, private readonly parts: Parts, dataset: Dataset, private readonly signal: Signal, facets: readonly Facet[],
    facet: Facet, drawn: Signal, display: string, store: StrictStore) {
    const state = readState(location.search), axes = displayAxes(signal, display);
    this.display = new DisplayPanel(parts, drawn, { ...facet.look, ...state });
    this.picture = new Picture(parts.part("canvas"), facet.source, this.display.bendScale);
    this.frames = new Frames(parts, axes.steps, state.frame ?? 0);
    const readout = new Readout(parts, this.picture, drawn.pixelType, axes, () => this.frames.indices);
    this.shown = new FacetChoice(parts, facets, facet, drawn.shape, this.picture, this.display, readout);
    const tools = new Tools(host, parts, this.picture, axes, () => this.frames.indices);
    const kind = kindKey(signal.kind), isScan = kind === "diffraction-scan" && signal.shape.length > 3, isPattern = kind === "diffraction";
    const hide = (name: string, isHidden: boolean): void => { host.querySelector<HTMLElement>(`[data-tool="${name}"]`)!.hidden = isHidden; };
    for (const name of ["point", "region"]) hide(name, !hasEnergy(signal) && !isScan);
    for (const name of ["profile", "fft"]) hide(name, kind === "photo");
    hide("ring", !isPattern);
    parts.part("scale").hidden = kind === "photo";
    if (isPattern) new Rings(parts, this.picture, signal, axes, () => tools.chosen === "ring");
    if (isScan) {
      void PatternPanel.open(host, parts, signal, store, tools).catch((error: unknown) => complain(parts, "The patterns cannot be read", messageOf(error)));
      tools.choose("point");
    }
    if (kind === "volume") parts.part("key").append(otherView("", "Sections and three dimensions"));
    if (kind === "volume") parts.part("shown").hidden = false;
    if (hasEnergy(signal)) {
      void Spectra.open(store).then(
        spectra => SpectrumPanel.open(host, parts, dataset, signal, spectra, tools),
        (error: unknown) => complain(parts, "The spectra cannot be read", messageOf(error)));
      tools.choose("point");
    }

    this.annotate(dataset, axes, tools);

    this.display.onChange = () => { this.picture.paint(this.display.contrast); this.remember(); };
    this.shown.onChange = () => { tools.update(); this.remember(); };
    this.frames.onChange = () => { this.picture.show(this.frames.indices); tools.update(); readout.refresh(); this.shapes?.turn(); this.remember(); };
    this.picture.onUnreadable = reason => complain(parts, "Part of the picture could not be read", reason);
    this.picture.onHollow = () => { parts.part("hatch").hidden = false; };
    this.picture.view.on("change", () => { this.overlay(axes.x); this.remember(); });
    this.picture.map.on("change:size", () => this.overlay(axes.x));
    if (state.x !== undefined && state.y !== undefined) this.picture.view.setCenter([state.x, -state.y]);
    if (state.zoom) this.picture.view.setResolution(1 / state.zoom);
    this.picture.show(this.frames.indices);
    this.picture.paint(this.display.contrast);
    this.display.refresh();
    this.overlay(axes.x);
    this.bind(tools);
  }

  /** Shapes are drawn on every picture; without them everything else works. */
  private annotate(dataset: Dataset, { steps, x }: ReturnType<typeof displayAxes>, tools: Tools): void {
    const { host, parts, picture, signal } = this, frames = steps.reduce((product, axis) => product * axis.size, 1), z = steps.at(-1);
    const sliceStep = z?.unit && z.unit === x.unit && x.step ? Math.abs(z.step / x.step) : 1;
    const place = { host, parts, picture, frames, sliceStep, dataset: dataset.id, project: dataset.projectId, signal: signal.index };
    Annotate.open({ ...place, frame: () => this.frames.flat, choose: name => tools.choose(name) }).then(shapes => {
      this.shapes = shapes;
      for (const name of ["annotate-tab", "paint-tab", "undoing"]) parts.part(name).hidden = false;
      tools.onChoose = name => shapes.choose(name);
      host.dataset["annotate"] = "true";
    }, (error: unknown) => complain(parts, "The shapes cannot be read", messageOf(error)));
  }

  private bind(tools: Tools): void {
    const { parts, picture: { view } } = this, acts: Record<string, () => void> = {
      plus: () => view.setResolution((view.getResolution() ?? 1) / Math.SQRT2), minus: () => view.setResolution((view.getResolution() ?? 1) * Math.SQRT2),
      fit: () => this.picture.fit(), one: () => view.setResolution(1), invert: () => this.display.set({ invert: !this.display.contrast.invert }),
      map: () => this.display.set({ map: mapNames[(mapNames.indexOf(this.display.contrast.map) + 1) % mapNames.length]! }),
      play: () => this.frames.toggle(), next: () => this.frames.step(1), previous: () => this.frames.step(-1), share: () => void this.share(),
      narrower: () => this.tighten(0.9), wider: () => this.tighten(1 / 0.9),
      left: () => this.pan(-1, 0), right: () => this.pan(1, 0), up: () => this.pan(0, 1), down: () => this.pan(0, -1),
      reload: () => { this.parts.part("problem").hidden = true; this.picture.reload(); }, "profile-csv": () => tools.saveProfile(this.signal.name),
    };
    this.host.addEventListener("click", event => {
      const button = (event.target as Element).closest<HTMLElement>("[data-act],[data-tool],[data-tab]");
      if (button?.dataset["act"]) acts[button.dataset["act"]]?.();
      if (button?.dataset["tool"]) tools.choose(button.dataset["tool"]);
      if (button?.dataset["tab"]) showTab(parts, button.dataset["tab"]);
    });
    bindKeys(this.host, name => acts[name]?.(), name => tools.choose(name));
    bindTabs(this.host, name => showTab(parts, name));
    this.host.addEventListener("show-tab", event => showTab(parts, (event as CustomEvent<string>).detail));
  }

  private tighten(factor: number): void {
    const { low, high } = this.display.contrast, middle = (low + high) / 2, half = (high - low) / 2 * factor;
    this.display.set({ low: middle - half, high: middle + half });
  }

  private pan(right: number, up: number): void {
    const { view } = this.picture, [x, y] = view.getCenter()!, step = 60 * view.getResolution()!;
    view.setCenter([x! + right * step, y! + up * step]);
  }

  private overlay(axis: { name: string; size: number; unit: string; role: string; step: number; origin: number }): void {
    const resolution = this.picture.view.getResolution() ?? 1, scale = this.parts.part("scale");
    const bar = scaleBar(axis, resolution, Math.min(160, this.host.clientWidth / 4));
    scale.querySelector("span")!.textContent = bar.calibrated ? bar.label : `${bar.label}, uncalibrated`;
    scale.querySelector("i")!.style.width = `${bar.pixels}px`;
    this.parts.part("zoom").innerHTML = `zoom <b>${Math.round(100 / resolution)} %</b>`;
  }

  /** The address follows the view, without a history entry for every wheel turn. */
  private remember(): void {
    clearTimeout(this.pending);
    this.pending = window.setTimeout(() => {
      const [x, y] = this.picture.view.getCenter() ?? [0, 0], { scale, gamma, ...rest } = this.display.contrast;
      const place = { x: x!, y: -y!, zoom: 1 / (this.picture.view.getResolution() ?? 1), ...(this.shown.isChosen ? { shown: this.shown.current.key } : {}) };
      const state = { ...rest, scale, ...(scale === "gamma" ? { gamma } : {}), ...place, ...(this.frames.flat > 0 ? { frame: this.frames.flat } : {}) };
      history.replaceState(history.state, "", `?${writeState(location.search, state)}`);
    }, 250);
  }

  private async share(): Promise<void> {
    const said = this.parts.part("saved");
    try { await navigator.clipboard.writeText(location.href); said.textContent = "Link to this view copied"; }
    catch { said.textContent = "The browser did not allow copying; the address bar holds the link"; }
  }
}

/** The picture as it is: of a spectrum image the sum over each spectrum. */
const plainFacet = (signal: Signal, pyramid: Pyramid): Facet => ({
  key: "", name: "Intensity", source: pyramid, about: () => asDrawn(signal, pyramid), ...(kindKey(signal.kind) === "photo" ? photograph(signal) : {}),
});

/** A photograph is shown as it was taken. */
const photograph = (signal: Signal): Pick<Facet, "look" | "legend"> => ({
  look: { low: 0, high: signal.pixelType.endsWith("16") ? 65535 : 255, scale: "linear" },
  legend: () => Object.assign(document.createElement("p"), { className: "faint", textContent: "Shown as it was taken." }),
});


function complain(parts: Parts, title: string, reason: string): void {
  const box = parts.part("problem");
  box.hidden = false;
  box.querySelector("b")!.textContent = title;
  box.querySelector("span")!.textContent = reason;
}
