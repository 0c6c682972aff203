import TileLayer from "ol/layer/Tile";
import ImageTile from "ol/source/ImageTile";
import TileGrid from "ol/tilegrid/TileGrid";
import { getJson, messageOf } from "../../api.ts";
import type { Picture } from "../../picture.ts";
import { steps } from "./decode.ts";
import type { Ask, Told } from "./messages.ts";

/** What the server draws one by one in one view. */
const mostInView = 20_000;
const largest = 24, smallest = 4;
const screenPixels = 512;
const tolerance = 6;   // pixels of the screen

export interface Crowd { shapes: number; isMore: boolean }

class Source extends ImageTile {
  renew(key: string): void { this.setKey(key); }
}

/** The shapes of a large layer, drawn by a worker from the server's tiles: outlines, or density where a view has too many of them. */
export class ShapeTileLayer {
  onWords: (words: string) => void = () => {};
  onView: (crowd: Crowd) => void = () => {};
  onProblem: (reason: string) => void = () => {};
  /** All of the view is drawn. */
  onPainted: () => void = () => {};
  private readonly worker = new Worker(new URL("viewer-tiles.js", import.meta.url), { type: "module" });
  private readonly asked = new Map<number, { resolve: (told: Told) => void; reject: (error: Error) => void }>();
  private readonly hidden = new Set<string>();
  private readonly ratio: number;
  private readonly grid: TileGrid;
  private readonly source: Source;
  private readonly layer: TileLayer;
  private readonly first: number;
  private newest = 0;
  private epoch = 0;
  private isDense: boolean | undefined;
  private counting: AbortController | undefined;
  private looking: Promise<void>;

  constructor(private readonly picture: Picture, private readonly path: string, private readonly frame: () => number | undefined) {
    const { width, height } = picture.drawn;
    this.ratio = Math.min(2, devicePixelRatio);   // as the map itself
    this.first = Math.min(largest, Math.max(smallest, Math.ceil(Math.log2(Math.max(width, height))) + 1));
    const tileSize = screenPixels / this.ratio;
    this.grid = new TileGrid({
      extent: [-width / 4, -1.25 * height, 1.25 * width, height / 4], origin: [0, 0], tileSize,
      resolutions: Array.from({ length: this.first - smallest + 1 }, (_, z) => 2 ** (this.first - z) / tileSize),
    });
    this.source = new Source({
      projection: picture.view.getProjection(), tileGrid: this.grid, tileSize: screenPixels, wrapX: false, transition: 0, interpolate: true,
      loader: async (z, x, y) => {
        const told = await this.ask({ act: "draw", ask: ++this.newest, url: this.urlOf(z, x, y), pixels: screenPixels });
        if (told.is !== "drawn") throw new Error("The tile was not drawn.");
        if (told.isDensity && !this.isDense)
          this.onWords("Some places have too many objects to draw one by one; these are shown as density. Zoom in for their outlines.");
        return told.bitmap;
      },
    });
    this.layer = new TileLayer({ source: this.source as never, zIndex: 3, visible: false, cacheSize: 64 });
    this.worker.onmessage = ({ data }: MessageEvent<Told>) => this.hear(data);
    picture.map.addLayer(this.layer);
    picture.map.on("moveend", () => { this.looking = this.look(); });
    picture.map.on("rendercomplete", () => { if (this.layer.getVisible()) this.onPainted(); });
    this.looking = this.look();
  }

  /** Another frame, other colours, other shapes. */
  turn(): void {
    this.renew();
    this.looking = this.look();
  }

  colour(colours: Record<string, string>): void {
    this.post({ act: "colours", colours });
    this.renew();
  }

  /** Shapes that are drawn elsewhere, from their newest state. */
  hide(ids: Iterable<string>): void {
    const fresh = [...ids].filter(id => !this.hidden.has(id));
    if (fresh.length === 0) return;
    for (const id of fresh) this.hidden.add(id);
    this.post({ act: "hide", ids: fresh });
  }

  /** What was read is old. */
  forget(): void {
    this.hidden.clear();
    this.post({ act: "forget" });
    this.turn();
  }

  /** The shape at a place of the picture, "" where there is none. */
  async at(x: number, y: number): Promise<string> {
    await this.looking;   // a click may come before anybody knows how many are in view
    if (this.isDense !== false) return "";
    const level = this.grid.getZForResolution(this.picture.view.getResolution() ?? 1);
    const [z, tx, ty] = this.grid.getTileCoordForCoordAndZ([x, -y], level) as [number, number, number];
    const side = 2 ** (this.first - z), scale = steps / side, reach = tolerance * (this.picture.view.getResolution() ?? 1) * scale;
    const told = await this.ask({
      act: "hit", ask: ++this.newest, url: this.urlOf(z, tx, ty), x: (x - tx * side) * scale, y: (y - ty * side) * scale, tolerance: reach,
    });
    return told.is === "hit" ? told.id : "";
  }

  /** The view in pixels of the picture, as a query. */
  get view(): string {
    const [left, bottom, right, top] = this.picture.view.calculateExtent(this.picture.map.getSize()) as [number, number, number, number];
    return `left=${left}&top=${-top}&right=${right}&bottom=${-bottom}${this.onFrame}`;
  }

  private get onFrame(): string {
    const frame = this.frame();
    return frame === undefined ? "" : `&frame=${frame}`;
  }

  private urlOf(z: number, x: number, y: number): string {
    return `${this.path}/tiles/${this.first - z}/${x}/${y}?density=${this.isDense === true}${this.onFrame}`;
  }

  /** How many are in view decides what is drawn. */
  private async look(): Promise<void> {
    this.counting?.abort();
    const counting = this.counting = new AbortController();
    try {
      const crowd = await getJson<Crowd>(`${this.path}/count?${this.view}`, counting.signal);
      if (counting.signal.aborted) return;
      if (crowd.isMore !== this.isDense) {
        this.isDense = crowd.isMore;
        this.renew();
      }
      this.layer.setVisible(true);
      this.onWords(crowd.isMore ? `More than ${mostInView.toLocaleString("en")} objects in view: shown as density. Zoom in for their outlines.` : "");
      this.onView(crowd);
    } catch (error) {
      if (!counting.signal.aborted) this.onProblem(messageOf(error));
    }
  }

  /** Drawn anew; what stood there stays until then. */
  private renew(): void { this.source.renew(`${++this.epoch}`); }

  private ask(ask: Extract<Ask, { ask: number }>): Promise<Told> {
    return new Promise((resolve, reject) => {
      this.asked.set(ask.ask, { resolve, reject });
      this.post(ask);
    });
  }

  private post(ask: Ask): void { this.worker.postMessage(ask); }

  private hear(told: Told): void {
    if (told.is === "stale") { this.renew(); return; }
    const waiting = this.asked.get(told.ask);
    this.asked.delete(told.ask);
    if (told.is !== "failed") { waiting?.resolve(told); return; }
    this.onProblem(told.reason);
    waiting?.reject(new Error(told.reason));
  }
}
