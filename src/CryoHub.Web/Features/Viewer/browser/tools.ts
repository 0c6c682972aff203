import Feature from "ol/Feature";
import { LineString, Polygon } from "ol/geom";
import { fromExtent } from "ol/geom/Polygon";
import Draw, { createBox } from "ol/interaction/Draw";
import Translate from "ol/interaction/Translate";
import Collection from "ol/Collection";
import VectorLayer from "ol/layer/Vector";
import VectorSource from "ol/source/Vector";
import { Stroke, Style } from "ol/style";
import type uPlot from "uplot";
import { axisLabel, toCsv, type Curve } from "../../Plots/browser/curve.ts";
import { plot } from "../../Plots/browser/plot.ts";
import { FftPanel } from "./fft-panel.ts";
import type { Parts } from "./markup.ts";
import type { Picture } from "./picture.ts";
import { toNumber } from "./pixels.ts";
import { profile } from "./profile.ts";
import type { Axis } from "./signal.ts";

const dashed = [
  new Style({ stroke: new Stroke({ color: "#0B0F12", width: 3 }) }),
  new Style({ stroke: new Stroke({ color: "#E8EDF1", width: 1.5, lineDash: [6, 4] }) }),
];
const solid = [new Style({ stroke: new Stroke({ color: "#0B0F12", width: 4 }) }), new Style({ stroke: new Stroke({ color: "#FABF7D", width: 2 }) })];
const region = [new Style({ stroke: new Stroke({ color: "#0B0F12", width: 4 }) }), new Style({ stroke: new Stroke({ color: "#F9642A", width: 2 }) })];

export interface Box { x: number; y: number; width: number; height: number }

/** Line, Fourier box and spectrum region on the picture; each has typed fields that do the same. */
export class Tools {
  onRegion: (box: Box) => void = () => {};
  onChoose: (name: string) => void = () => {};
  private readonly source = new VectorSource();
  private readonly marks = new VectorSource();
  private readonly line = new Feature<LineString>();
  private readonly box = new Feature<Polygon>();
  private readonly area = new Feature<Polygon>();
  private fft: FftPanel | undefined;
  private drawing: Draw | undefined;
  private drawn: uPlot | undefined;
  private curve: Curve | undefined;
  private newest = 0;

  constructor(private readonly host: HTMLElement, private readonly parts: Parts, private readonly picture: Picture,
    private readonly axes: { x: Axis; y: Axis }, private readonly steps: () => readonly number[]) {
    this.line.setStyle(solid); this.box.setStyle(dashed); this.area.setStyle(region);
    this.source.addFeatures([this.line, this.box, this.area]);
    picture.map.addLayer(new VectorLayer({ source: this.source, zIndex: 2 }));
    picture.map.addLayer(new VectorLayer({ source: this.marks, zIndex: 2 }));
    const move = new Translate({ features: new Collection<Feature>([this.box]) });
    move.on(["translating", "translateend"] as never, () => { this.typeBox(); void this.transform(); });
    picture.map.addInteraction(move);
    for (const name of ["x0", "y0", "x1", "y1", "width"]) parts.field(name).addEventListener("change", () => this.lineFromFields());
    for (const name of ["bx", "by", "bsize"]) parts.field(name).addEventListener("change", () => this.boxFromFields());
    parts.field("width").value = "1";
    picture.map.on("singleclick", event => {
      if (this.chosen !== "point") return;
      const [x, y] = picture.toImage(event.pixel).map(Math.floor) as [number, number];
      if (x >= 0 && y >= 0 && x < picture.drawn.width && y < picture.drawn.height) this.select({ x, y, width: 1, height: 1 });
    });
    this.choose("pan");
  }

  chosen = "pan";

  choose(name: string): void {
    this.chosen = name;
    for (const button of this.parts.all("tool")) button.setAttribute("aria-pressed", String(button.dataset["tool"] === name));
    if (this.drawing) this.picture.map.removeInteraction(this.drawing);
    this.drawing = undefined;
    this.parts.part("canvas").dataset["cursor"] = name;
    this.host.dataset["chosen"] = name;   // not data-tool: a click on the picture would choose the tool anew
    this.onChoose(name);
    if (name === "profile") {
      this.draw(new Draw({ type: "LineString", maxPoints: 2, style: solid }), feature => this.setLine((feature as Feature<LineString>).getGeometry()!));
      this.show("measure");
    }
    if (name === "fft") {
      this.draw(new Draw({ type: "Circle", geometryFunction: createBox(), style: dashed }), feature => this.boxAround(feature.getGeometry()!.getExtent()));
    }
    if (name === "region") this.draw(new Draw({ type: "Circle", geometryFunction: createBox(), style: region }), feature => {
      const [left, bottom, right, top] = feature.getGeometry()!.getExtent() as [number, number, number, number];
      const x = Math.max(0, Math.floor(left)), y = Math.max(0, Math.floor(-top));
      const { width, height } = this.picture.drawn;
      this.select({ x, y, width: Math.min(width, Math.ceil(right)) - x, height: Math.min(height, Math.ceil(-bottom)) - y });
    });
  }

  /** Redoes what depends on the frame. */
  update(): void {
    if (this.line.getGeometry()) void this.measure();
    if (this.box.getGeometry()) void this.transform();
  }

  select(box: Box): void {
    if (box.width < 1 || box.height < 1) return;
    this.area.setGeometry(fromExtent([box.x, -box.y - box.height, box.x + box.width, -box.y]));
    this.onRegion(box);
  }

  /** Outlines regions whose spectra are kept, in the colours of their curves. */
  mark(regions: readonly { box: Box; colour: string }[]): void {
    this.marks.clear();
    this.marks.addFeatures(regions.map(({ box, colour: color }) => {
      const outline = new Feature(fromExtent([box.x, -box.y - box.height, box.x + box.width, -box.y]));
      outline.setStyle(new Style({ stroke: new Stroke({ color, width: 2 }) }));
      return outline;
    }));
  }

  saveProfile(name: string): void {
    if (!this.curve) return;
    const link = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(new Blob([toCsv([this.curve])], { type: "text/csv" })),
      download: `${name || "picture"} profile.csv`,
    });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  private draw(tool: Draw, done: (feature: Feature) => void): void {
    tool.on("drawend", event => done(event.feature));
    this.drawing = tool;
    this.picture.map.addInteraction(tool);
  }

  private show(tab: string): void { this.host.dispatchEvent(new CustomEvent("show-tab", { detail: tab })); }
  private read(name: string): number { return Number(this.parts.field(name).value.replace("\u2212", "-")); }

  private setLine(line: LineString): void {
    const [[x0, y0], [x1, y1]] = line.getCoordinates() as [[number, number], [number, number]];
    [x0, -y0, x1, -y1].forEach((value, i) => { this.parts.field(["x0", "y0", "x1", "y1"][i]!).value = value.toFixed(1); });
    this.line.setGeometry(line);
    void this.measure();
  }

  private lineFromFields(): void {
    const [x0, y0, x1, y1] = ["x0", "y0", "x1", "y1"].map(name => this.read(name)) as [number, number, number, number];
    if (![x0, y0, x1, y1].every(Number.isFinite) || (x0 === x1 && y0 === y1)) return;
    this.line.setGeometry(new LineString([[x0, -y0], [x1, -y1]]));
    void this.measure();
  }

  private async measure(): Promise<void> {
    const turn = ++this.newest, [x0, y0, x1, y1] = ["x0", "y0", "x1", "y1"].map(name => this.read(name) - 0.5) as [number, number, number, number];
    const width = Math.max(1, this.read("width") || 1),
      margin = Math.ceil(width / 2) + 2,
      left = Math.floor(Math.min(x0, x1)) - margin,
      top = Math.floor(Math.min(y0, y1)) - margin;
    const x = Math.max(0, left), y = Math.max(0, top);
    const block = await this.picture.drawn
      .read(0, this.steps(), x, y, Math.ceil(Math.max(x0, x1)) + margin - x, Math.ceil(Math.max(y0, y1)) + margin - y)
      .catch(() => undefined);
    if (!block || turn !== this.newest) return;
    const value = (i: number, j: number): number =>
      i < x || j < y || i >= x + block.width || j >= y + block.height ? NaN : toNumber(block.data[((j - y) * block.width + i - x) * block.channels]);
    const { distance, mean } = profile(value, x0, y0, x1, y1, width), step = this.axes.x.unit ? Math.abs(this.axes.x.step) : 1, unit = this.axes.x.unit || "px";
    this.curve = { name: "Profile", x: distance.map(d => d * step), y: mean, xUnit: unit, yUnit: "" };
    this.drawn?.destroy();
    const host = this.parts.part("profile");
    host.replaceChildren();
    this.drawn = plot(host, [this.curve], { xLabel: axisLabel(unit, `Distance`), yLabel: "Intensity", height: 170 });
    this.host.querySelector<HTMLElement>("[data-act=profile-csv]")!.hidden = false;
  }

  private boxAround(extent: number[]): void {
    const [left, bottom, right, top] = extent as [number, number, number, number], wide = Math.max(right - left, top - bottom);
    const size = [512, 256, 128].find(side => side <= wide * 1.4) ?? 128;
    this.parts.field<HTMLSelectElement>("bsize").value = String(size);
    this.parts.field("bx").value = String(Math.round((left + right) / 2 - size / 2));
    this.parts.field("by").value = String(Math.round(-(top + bottom) / 2 - size / 2));
    this.boxFromFields();
  }

  private boxFromFields(): void {
    const [x, y, size] = [this.read("bx"), this.read("by"), Number(this.parts.field<HTMLSelectElement>("bsize").value)];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    this.box.setGeometry(fromExtent([x, -y - size, x + size, -y]));
    void this.transform();
  }

  private typeBox(): void {
    const [left, , , top] = this.box.getGeometry()!.getExtent();
    this.parts.field("bx").value = String(Math.round(left!));
    this.parts.field("by").value = String(Math.round(-top!));
  }

  private async transform(): Promise<void> {
    const [x, y, size] = [this.read("bx"), this.read("by"), Number(this.parts.field<HTMLSelectElement>("bsize").value)];
    this.fft ??= new FftPanel(this.parts.part("fft"), this.axes.x, this.axes.y);
    const block = await this.picture.drawn.read(0, this.steps(), x, y, size, size).catch(() => undefined);
    if (block) this.fft.update(block, size);
  }
}
