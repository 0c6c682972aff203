import Feature from "ol/Feature";
import { MultiLineString, Point, Polygon } from "ol/geom";
import VectorLayer from "ol/layer/Vector";
import VectorSource from "ol/source/Vector";
import { Fill, Stroke, Style, Text } from "ol/style";
import { centreOf, energyOf, spacingAt, spacingWords, type Centre } from "./diffraction.ts";
import type { Parts } from "./markup.ts";
import type { Picture } from "./picture.ts";
import type { Axis, Signal } from "./signal.ts";

const under = new Stroke({ color: "#0B0F12", width: 3 });
const look = (colour: string, dash: number[] = []) => [
  new Style({ stroke: under }),
  new Style({ stroke: new Stroke({ color: colour, width: 1.4, lineDash: dash }) }),
];
const cross = look("#FABF7D"), live = look("#63C5E4", [6, 4]);

/** Centre cross and rings of a diffraction pattern: one ring follows the cursor and tells its spacing, others stay where they were put. */
export class Rings {
  private centre: Centre;
  private readonly middle = new Feature();
  private readonly ring = new Feature();
  private readonly kept: { radius: number; feature: Feature }[] = [];
  private readonly source = new VectorSource({ features: [this.middle, this.ring] });
  private readonly list = document.createElement("ul");

  constructor(
    private readonly parts: Parts,
    picture: Picture,
    private readonly signal: Signal,
    private readonly axes: { x: Axis; y: Axis },
    isRing: () => boolean,
  ) {
    this.centre = centreOf(axes);
    this.middle.setStyle(cross);
    this.ring.setStyle(live);
    picture.map.addLayer(new VectorLayer({ source: this.source, zIndex: 3 }));
    picture.map.on("pointermove", event => this.follow(...picture.toImage(event.pixel)));
    picture.map.on("singleclick", event => {
      if (isRing()) this.keep(this.radius(...picture.toImage(event.pixel)));
    });
    this.controls();
    this.draw();
  }

  private radius(x: number, y: number): number {
    return Math.hypot(x - this.centre.x, y - this.centre.y);
  }

  private words(radius: number): string {
    return spacingWords(spacingAt(radius, 0, this.axes, energyOf(this.signal)));
  }

  private follow(x: number, y: number): void {
    const radius = this.radius(x, y),
      words = spacingWords(spacingAt(x - this.centre.x, y - this.centre.y, this.axes, energyOf(this.signal)));
    this.ring.setGeometry(this.circle(radius));
    this.parts.part("saved").textContent = words;
  }

  private controls(): void {
    const section = this.parts.part("rings");
    section.hidden = false;
    section.innerHTML = `<h2>Rings<span>px</span></h2><div class="pair"><label class="typed">Centre x<input data-ring="x" inputmode="decimal"></label>
      <label class="typed">Centre y<input data-ring="y" inputmode="decimal"></label>
      <label class="typed">New ring, radius<input data-ring="radius" inputmode="decimal"></label></div>
      <p class="faint">The ring under the cursor tells its spacing in the line below; with D a click keeps it.</p>`;
    this.list.className = "keys";
    section.append(this.list);
    const field = (name: string): HTMLInputElement => section.querySelector<HTMLInputElement>(`[data-ring=${name}]`)!;
    for (const name of ["x", "y"] as const) {
      field(name).value = String(this.centre[name]);
      field(name).addEventListener("change", () => {
        const value = Number(field(name).value);
        if (Number.isFinite(value)) this.centre = { ...this.centre, [name]: value };
        this.draw();
      });
    }
    field("radius").addEventListener("change", () => {
      if (Number(field("radius").value) > 0) this.keep(Number(field("radius").value));
    });
  }

  private keep(radius: number): void {
    const feature = new Feature();
    this.kept.push({ radius, feature });
    this.source.addFeature(feature);
    this.draw();
  }

  private draw(): void {
    const { x, y } = this.centre,
      arm = Math.max(this.axes.x.size, this.axes.y.size) / 40;
    this.middle.setGeometry(
      new MultiLineString([
        [
          [x - arm, -y],
          [x + arm, -y],
        ],
        [
          [x, -y - arm],
          [x, -y + arm],
        ],
      ]),
    );
    for (const { radius, feature } of this.kept) {
      feature.setGeometry(this.circle(radius));
      const text = new Text({
        text: this.words(radius), font: "12px Inter, sans-serif", fill: new Fill({ color: "#fff" }), stroke: under, textAlign: "left", offsetX: 6,
      });
      const corner = new Point([x + radius * Math.SQRT1_2, -y + radius * Math.SQRT1_2]);
      feature.setStyle([...look("#F9642A"), new Style({ geometry: corner, text })]);
    }
    this.list.replaceChildren(
      ...this.kept.map((ring, i) => {
        const item = document.createElement("li"),
          button = document.createElement("button");
        Object.assign(button, { className: "btn sm quiet", textContent: "Remove" });
        button.setAttribute("aria-label", `Remove the ring ${this.words(ring.radius)}`);
        button.addEventListener("click", () => {
          this.kept.splice(i, 1);
          this.source.removeFeature(ring.feature);
          this.draw();
        });
        item.append(this.words(ring.radius), button);
        return item;
      }),
    );
  }

  private circle(radius: number): Polygon {
    const { x, y } = this.centre, turn = (i: number): number => (i * Math.PI) / 90;
    return new Polygon([Array.from({ length: 181 }, (_, i) => [x + radius * Math.cos(turn(i)), -y + radius * Math.sin(turn(i))])]);
  }
}
