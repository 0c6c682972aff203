import { Feature } from "ol";
import { fromExtent } from "ol/geom/Polygon";
import VectorLayer from "ol/layer/Vector";
import VectorSource from "ol/source/Vector";
import { Fill, Style } from "ol/style";
import type { Extent } from "ol/extent";

/** Amber hatching below the picture: shows where a tile could not be read or holds pixels that are no numbers. */
export class Hatching {
  private readonly source = new VectorSource();
  readonly layer = new VectorLayer({ source: this.source, style: new Style({ fill: new Fill({ color: pattern() }) }), zIndex: 0 });

  mark(id: string, extent: Extent): void {
    if (this.source.getFeatureById(id)) return;
    const area = new Feature(fromExtent(extent));
    area.setId(id);
    this.source.addFeature(area);
  }

  clear(): void { this.source.clear(); }
}

function pattern(): CanvasPattern | string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 12;
  const pen = canvas.getContext("2d");
  if (!pen) return "#3A2C10";
  pen.fillStyle = "#1E1A12";
  pen.fillRect(0, 0, 12, 12);
  pen.strokeStyle = "#8A6A24";
  pen.lineWidth = 2;
  for (const shift of [-12, 0, 12]) {
    pen.beginPath(); pen.moveTo(shift, 12); pen.lineTo(shift + 12, 0); pen.stroke();
  }
  return pen.createPattern(canvas, "repeat") ?? "#3A2C10";
}
