import Collection from "ol/Collection";
import Feature from "ol/Feature";
import type { Geometry } from "ol/geom";
import Draw, { createBox } from "ol/interaction/Draw";
import type Interaction from "ol/interaction/Interaction";
import Modify from "ol/interaction/Modify";
import Snap from "ol/interaction/Snap";
import Translate from "ol/interaction/Translate";
import VectorLayer from "ol/layer/Vector";
import VectorSource from "ol/source/Vector";
import { Circle, Fill, Stroke, Style } from "ol/style";
import type { Picture } from "../picture.ts";
import { toGeometry, toRings, type Kind, type ShapeRow } from "./shape.ts";

/** The drawing tools by the name of their button. */
export const kindOf: Readonly<Record<string, Kind>> = {
  "s-point": "point", "s-line": "line", "s-polyline": "polyline", "s-freehand": "freehand", "s-polygon": "polygon", "s-rectangle": "rectangle",
  "s-ellipse": "ellipse", "s-angle": "angle",
};

const edge = new Stroke({ color: "#0B0F12", width: 4 });

/** Shapes on the picture, and the tools that draw and change them. */
export class Drawing {
  onDrawn: (kind: Kind, rings: number[][]) => void = () => {};
  onChanged: (id: string, kind: Kind, rings: number[][]) => void = () => {};
  onSelect: (id: string) => void = () => {};
  /** A place of the picture was clicked where no shape is that is drawn here. */
  onMiss: (x: number, y: number) => void = () => {};
  selected = "";
  private readonly source = new VectorSource();
  private readonly held = new Collection<Feature<Geometry>>();
  private readonly bent = new Collection<Feature<Geometry>>();
  private tool = "";
  private active: Interaction[] = [];

  constructor(private readonly picture: Picture, private readonly colourOf: (row: ShapeRow) => string) {
    picture.map.addLayer(new VectorLayer({ source: this.source, zIndex: 4, style: feature => this.style(feature.get("row") as ShapeRow) }));
    picture.map.on("singleclick", event => {
      if (this.tool !== "select") return;
      const hit = picture.map.forEachFeatureAtPixel(event.pixel, feature => feature.get("row") as ShapeRow | undefined, { hitTolerance: 6 });
      this.onSelect(hit?.id ?? "");
      if (!hit) this.onMiss(...picture.toImage(event.pixel));
    });
  }

  get isDrawing(): boolean { return this.tool in kindOf; }

  /** The shapes to show now; those that are as they were stay untouched. */
  show(rows: readonly ShapeRow[]): void {
    const wanted = new Map(rows.map(row => [row.id, row]));
    for (const feature of this.source.getFeatures()) if (!wanted.has(String(feature.getId()))) this.source.removeFeature(feature);
    for (const row of rows) {
      const old = this.source.getFeatureById(row.id) as Feature<Geometry> | null;
      if (old?.get("row") === row) continue;
      const feature = old ?? new Feature<Geometry>();
      if (!old) { feature.setId(row.id); this.source.addFeature(feature); }
      feature.set("row", row);
      feature.setGeometry(toGeometry(row));
    }
    this.hold();
  }

  select(id: string): void {
    this.selected = id;
    this.hold();
    this.source.changed();
  }

  choose(tool: string, mayDraw: boolean): void {
    this.tool = tool;
    for (const interaction of this.active) this.picture.map.removeInteraction(interaction);
    this.active = [];
    const kind = kindOf[tool];
    if (mayDraw && kind) this.use(this.draw(kind), new Snap({ source: this.source, pixelTolerance: 8 }));
    if (mayDraw && tool === "select") {
      const move = new Translate({ features: this.held, hitTolerance: 4 }), bend = new Modify({ features: this.bent, pixelTolerance: 8 });
      move.on("translateend", () => this.changed());
      bend.on("modifyend", () => this.changed());
      this.use(move, bend, new Snap({ source: this.source, pixelTolerance: 8 }));
    }
  }

  /** Ends the shape in the making where it is; true where there was one. */
  finish(): boolean { return this.sketch(draw => draw.finishDrawing()); }
  dropVertex(): boolean { return this.sketch(draw => draw.removeLastPoint()); }
  abort(): boolean { return this.sketch(draw => draw.abortDrawing()); }

  private sketch(act: (draw: Draw) => void): boolean {
    const draw = this.active.find((interaction): interaction is Draw => interaction instanceof Draw);
    if (!draw || draw.getOverlay().getSource()!.getFeatures().length === 0) return false;
    act(draw);
    return true;
  }

  private use(...interactions: Interaction[]): void {
    this.active = interactions;
    for (const interaction of interactions) this.picture.map.addInteraction(interaction);
  }

  private draw(kind: Kind): Draw {
    const style = [new Style({ stroke: edge }),
      new Style({ stroke: new Stroke({ color: "#FABF7D", width: 1.6, lineDash: [6, 4] }), image: dot("#FABF7D", 4) })];
    const draw = kind === "point" ? new Draw({ type: "Point", style })
      : kind === "polygon" ? new Draw({ type: "Polygon", style })
      : kind === "rectangle" || kind === "ellipse" ? new Draw({ type: "Circle", geometryFunction: createBox(), style })
      : kind === "freehand" ? new Draw({ type: "LineString", freehand: true, style })
      : new Draw({ type: "LineString", style, ...(kind === "line" ? { maxPoints: 2 } : kind === "angle" ? { maxPoints: 3, minPoints: 3 } : {}) });
    draw.on("drawend", event => this.onDrawn(kind, toRings(kind, event.feature.getGeometry()!)));
    return draw;
  }

  private changed(): void {
    const feature = this.held.item(0), row = feature?.get("row") as ShapeRow | undefined;
    if (!row) return;
    const geometry = feature!.getGeometry()!;
    if (row.kind === "ellipse") {
      const [left, , , top] = toGeometry(row).getExtent() as [number, number, number, number],
        [x, , , y] = geometry.getExtent() as [number, number, number, number];
      this.onChanged(row.id, row.kind, row.rings.map(ring => ring.map((value, i) => i % 2 === 0 ? value + x - left : value - y + top)));
      return;
    }
    const rings = toRings(row.kind, geometry);
    this.onChanged(row.id, row.kind === "rectangle" && !isMoved(row.rings[0]!, rings[0]!) ? "polygon" : row.kind, rings);
  }

  /** The selected shape can be moved; its vertices can be taken unless it is an ellipse, which has none. */
  private hold(): void {
    const feature = this.source.getFeatureById(this.selected) as Feature<Geometry> | null;
    if (this.held.item(0) === (feature ?? undefined) && this.held.getLength() < 2) return;
    this.held.clear();
    this.bent.clear();
    if (!feature) return;
    this.held.push(feature);
    if ((feature.get("row") as ShapeRow).kind !== "ellipse") this.bent.push(feature);
  }

  private style(row: ShapeRow): Style[] {
    const colour = this.colourOf(row), isChosen = row.id === this.selected, isUnsure = (row.confidence ?? 1) < 0.5;
    const stroke = new Stroke({ color: colour, width: isChosen ? 2.4 : 1.6, ...(isUnsure ? { lineDash: [2, 4] } : {}) });
    return [
      new Style({ stroke: edge }),
      new Style({ stroke, fill: new Fill({ color: `${colour}21` }), image: dot(colour, isChosen ? 6 : 4.5) }),
    ];
  }
}

const dot = (color: string, radius: number): Circle => new Circle({ radius, fill: new Fill({ color }), stroke: new Stroke({ color: "#0B0F12", width: 1.5 }) });

/** True where all corners went the same way. */
const isMoved = (before: readonly number[], after: readonly number[]): boolean => before.length === after.length
  && after.every((value, i) => Math.abs(value - before[i]! - (after[i % 2]! - before[i % 2]!)) < 1e-6);
