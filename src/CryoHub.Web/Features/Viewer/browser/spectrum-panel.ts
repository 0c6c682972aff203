import type { Curve } from "../../Plots/browser/curve.ts";
import { EdgeChooser, isEnergyLoss } from "./edge-chooser.ts";
import { energiesOf, type Energies } from "./energy.ts";
import { listFit } from "./fit-list.ts";
import { drawMap } from "./map-picture.ts";
import type { Parts } from "./markup.ts";
import { mapOf, Preview, type Answer } from "./preview.ts";
import { chooseReference } from "./reference-chooser.ts";
import { RegionFields } from "./region-fields.ts";
import type { Dataset, Signal } from "./signal.ts";
import type { Spectra } from "./spectra.ts";
import { SpectrumPlot, type KeptRegion } from "./spectrum-plot.ts";
import type { Box } from "./tools.ts";
import { Windows } from "./windows.ts";

const markup = `<figure class="map"><canvas role="img" aria-label="Map of the signal window"></canvas><figcaption>The map is being made</figcaption></figure>
<div class="curves"><h2><span data-part="spectrum-name">Spectrum</span><div data-part="reference"></div><div data-part="edges"></div></h2>
<div class="plotbox" data-part="spectrum"></div><div class="plot-tools" data-part="plot-tools"></div></div>
<div class="windows"><h2>Windows</h2><div data-part="windows"></div><h2>Region<span>px</span></h2><div data-part="region"></div>
<div data-part="fit" role="status"></div></div>`;

const readHere = 32 * 32;   // pixels; larger regions are summed by the server
const about = 8;            // the windows to begin with come from so many pixels about the middle, on each side

/** What chooses pixels: the tools on a picture, or a row of a line. */
export interface Selection {
  onRegion: (box: Box) => void;
  select(box: Box): void;
  /** Outlines of the regions whose spectra are kept. */
  mark?(regions: readonly KeptRegion[]): void;
}

/** Spectrum of a pixel or region, windows over it, the map they make and the fit (a preview on the server; the newest wins). */
export class SpectrumPanel {
  static async open(host: HTMLElement, parts: Parts, dataset: Dataset, signal: Signal, spectra: Spectra, selection: Selection): Promise<void> {
    const x = Math.floor(spectra.columns / 2), y = Math.floor(spectra.rows / 2), left = Math.max(0, x - about), top = Math.max(0, y - about);
    const middle = { x: left, y: top, width: Math.min(spectra.columns, x + about) - left, height: Math.min(spectra.rows, y + about) - top };
    const panel = parts.part("spec");
    panel.innerHTML = markup;
    panel.hidden = false;
    host.classList.add("with-spectra");
    try {
      const counts = await spectra.sum({ ...middle, width: Math.max(1, middle.width), height: Math.max(1, middle.height) });
      const shown = new SpectrumPanel(parts, dataset, signal, spectra, selection, counts);
      shown.choose({ x, y, width: 1, height: 1 });
      await Promise.all([shown.nameEdges(dataset, signal, middle), shown.offerReferences(dataset, signal)]);
    } catch (error) {
      parts.part("fit").textContent = error instanceof Error ? error.message : String(error);
    }
  }

  private readonly energies: Energies;
  private readonly windows: Windows;
  private readonly preview: Preview;
  private readonly fields: RegionFields;
  private readonly edges = new EdgeChooser();
  private readonly plot: SpectrumPlot;
  private spectrum: Curve[] = [];
  private box: Box = { x: 0, y: 0, width: 1, height: 1 };
  private turn = 0;

  private constructor(
    private readonly parts: Parts, dataset: Dataset, signal: Signal, private readonly spectra: Spectra, private readonly selection: Selection,
    counts: readonly number[]) {
    const axis = signal.axes.find(axis => axis.role.toLowerCase() === "energy") ?? signal.axes.at(-1)!;
    this.energies = energiesOf(axis);
    this.preview = new Preview(dataset.id, signal.index, answer => this.take(answer), words => this.refuse(words));
    this.windows = new Windows(parts.part("windows"), this.energies, counts, () => this.ask());
    this.fields = new RegionFields(parts.part("region"), spectra.columns, spectra.rows, box => this.choose(box));
    this.plot = new SpectrumPlot(parts.part("spectrum"), parts.part("plot-tools"), signal.name, axis, this.energies);
    this.plot.hooks = { ...this.windows.hooks, ...this.edges.labels.hooks };
    this.plot.onDrawn = drawn => this.windows.attach(drawn);
    this.plot.onScale = scale => this.windows.count(scale);
    this.plot.onKept = regions => selection.mark?.(regions);
    selection.onRegion = box => { void this.show(box); };
  }

  /** A plot without labels is still a plot: a refusal is told and changes nothing else. */
  private async nameEdges(dataset: Dataset, signal: Signal, region: Box): Promise<void> {
    if (!isEnergyLoss(this.energies)) return;
    const host = this.parts.part("edges"), elements = signal.metadata?.["elements"];
    await this.edges.show(host, this.energies, { dataset: dataset.id, signal: signal.index, region }, Array.isArray(elements) ? elements.map(String) : [])
      .catch((error: unknown) => { host.title = error instanceof Error ? error.message : String(error); });
  }

  /** Spectra of the library below one's own; without them nothing changes. */
  private async offerReferences(dataset: Dataset, signal: Signal): Promise<void> {
    if (this.energies.unit !== "eV") return;
    const host = this.parts.part("reference");
    await chooseReference(dataset.id, signal.index, reference => this.plot.compare(reference))
      .then(list => { if (list) host.replaceChildren(list); }, (error: unknown) => { host.title = error instanceof Error ? error.message : String(error); });
  }

  private choose(box: Box): void { this.selection.select(box); }
  private ask(): void { this.preview.ask(this.windows.parameters(this.box)); }

  private async show(box: Box): Promise<void> {
    this.box = box;
    const turn = ++this.turn, place = `${box.x}, ${box.y}`;
    const name = box.width * box.height === 1 ? `Spectrum of pixel ${place}` : `Spectrum of ${box.width} × ${box.height} px at ${place}`;
    this.parts.part("spectrum-name").textContent = name;
    this.fields.show(box);
    try {
      if (box.width * box.height <= readHere) {
        const y = await this.spectra.sum(box);
        if (turn !== this.turn) return;
        this.spectrum = [{ name, x: this.energies.values, y, xUnit: this.energies.unit, yUnit: "counts" }];
        this.plot.show(this.spectrum, box);
      }
      this.ask();
    } catch (error) {
      this.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  private refuse(reason: string): void {
    listFit(this.parts.part("fit"), { numbers: [], warnings: [reason] });
    const caption = this.parts.part("spec").querySelector("figcaption")!;
    if (!caption.closest("figure")!.dataset["ready"]) caption.textContent = "No map; the reason stands beside the spectrum";
  }

  private take(answer: Answer): void {
    const map = mapOf(answer);
    const named = (ending: string): Curve[] => answer.curves.filter(({ name }) => name.endsWith(ending)).map(curve => ({ ...curve, error: null }));
    if (map) this.showMap(map.name, map.unit, canvas => drawMap(canvas, map));
    listFit(this.parts.part("fit"), answer);
    const spectrum = named("Spectrum of the region");
    if (spectrum.length) this.spectrum = spectrum;
    this.plot.show([...this.spectrum, ...named(": background"), ...named(": net")], this.box);
  }

  private showMap(name: string, unit: string, paint: (canvas: HTMLCanvasElement) => void): void {
    const figure = this.parts.part("spec").querySelector("figure")!;
    paint(figure.querySelector("canvas")!);
    figure.querySelector("figcaption")!.textContent = `${name}${unit ? ` (${unit})` : ""}`;
    figure.dataset["ready"] = "true";
  }
}
