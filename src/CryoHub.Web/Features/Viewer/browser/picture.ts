import Map from "ol/Map";
import View from "ol/View";
import { defaults as interactions } from "ol/interaction/defaults";
import WebGLTile from "ol/layer/WebGLTile";
import { Projection } from "ol/proj";
import DataTile from "ol/source/DataTile";
import TileGrid from "ol/tilegrid/TileGrid";
import { style, variables, type Contrast } from "./contrast.ts";
import { Hatching } from "./hatching.ts";
import { bender, toTile, type Block, type PictureSource } from "./pixels.ts";

const tileSize = 256;

/**
 * The deep-zoom picture. World coordinates are image pixels with y upwards: pixel (i, j) covers x i..i+1, y -j-1..-j.
 */
export class Picture {
  readonly map: Map;
  readonly view: View;
  onUnreadable: (reason: string) => void = () => {};
  onHollow: () => void = () => {};
  private readonly layer: WebGLTile;
  private readonly hatching = new Hatching();
  private readonly grid: TileGrid;
  private readonly projection: Projection;
  private steps: readonly number[] = [];
  private look = "";

  constructor(host: HTMLElement, public drawn: PictureSource, private bendScale: number) {
    const { width, height } = drawn, extent = [0, -height, width, 0];
    this.projection = new Projection({ code: "pixels", units: "pixels", extent });
    this.grid = new TileGrid({ extent, origin: [0, 0], tileSize, resolutions: Array.from({ length: drawn.depth }, (_, level) => 2 ** level).reverse() });
    this.layer = new WebGLTile({ source: this.source(), style: style("grey", false, drawn.channels > 1) as never, cacheSize: 96, zIndex: 1 });
    const fit = Math.max(width / Math.max(1, host.clientWidth), height / Math.max(1, host.clientHeight));
    this.view = new View({
      projection: this.projection, center: [width / 2, -height / 2], resolution: fit, showFullExtent: true,
      maxResolution: Math.max(fit * 4, 1), minResolution: 1 / 64, constrainOnlyCenter: true, extent, smoothExtentConstraint: false, enableRotation: false,
    });
    this.map = new Map({
      target: host, layers: [this.hatching.layer, this.layer], view: this.view, controls: [], pixelRatio: Math.min(2, devicePixelRatio),
      interactions: interactions({ altShiftDragRotate: false, pinchRotate: false, keyboard: false, shiftDragZoom: false }),
    });
    host.addEventListener("webglcontextlost", () => this.onUnreadable("The graphics card gave the drawing surface up; reload the page."), true);
  }

  show(steps: readonly number[]): void {
    if (steps.join() === this.steps.join()) return;
    this.steps = [...steps];
    this.reload();
  }

  /** Draws another quantity of the same pixels. */
  swap(drawn: PictureSource, bendScale: number): void {
    [this.drawn, this.bendScale, this.look] = [drawn, bendScale, ""];
    this.reload();
  }

  reload(): void {
    this.hatching.clear();
    this.layer.setSource(this.source());
  }

  paint(contrast: Contrast): void {
    const look = `${contrast.map} ${contrast.invert}`;
    if (look !== this.look) this.layer.setStyle(style(contrast.map, contrast.invert, this.drawn.channels > 1) as never);
    this.look = look;
    this.layer.updateStyleVariables(variables(contrast, this.bendScale));
  }

  fit(): void { this.view.fit([0, -this.drawn.height, this.drawn.width, 0], { size: this.map.getSize() ?? [1, 1] }); }

  /** Screen position to image pixels, y downwards. */
  toImage(pixel: number[]): [number, number] {
    const [x, y] = this.map.getCoordinateFromPixel(pixel) ?? [NaN, NaN];
    return [x!, -y!];
  }

  private source(): DataTile {
    const steps = this.steps, bend = bender(this.bendScale), drawn = this.drawn;
    return new DataTile({
      projection: this.projection, tileGrid: this.grid, bandCount: 4, interpolate: false, wrapX: false, transition: 0,
      loader: async (z, x, y, { signal }) => {
        const level = drawn.depth - 1 - z;
        let block: Block | undefined;
        try {
          block = await drawn.read(level, steps, x * tileSize, y * tileSize, tileSize, tileSize, signal);
        } catch (error) {
          if (signal.aborted) throw error;
          this.hatch(z, x, y);
          this.onUnreadable(error instanceof Error ? rootCause(error) : String(error));
        }
        const tile = block ? toTile(block, tileSize, bend) : { data: new Float32Array(tileSize * tileSize * 4), hollow: false };
        if (tile.hollow) { this.hatch(z, x, y); this.onHollow(); }
        return tile.data;
      },
    });
  }

  private hatch(z: number, x: number, y: number): void {
    const size = tileSize * this.grid.getResolution(z), { width, height } = this.drawn;
    this.hatching.mark(`${z}/${x}/${y}`, [x * size, Math.max(-height, -(y + 1) * size), Math.min(width, (x + 1) * size), -y * size]);
  }
}

function rootCause(error: Error): string {
  return error.cause instanceof Error ? rootCause(error.cause) : error.message;
}
