import type { PaintServer } from "./paint-server.ts";
import type { Block, Label, Layer } from "./stroke.ts";

/** Blocks in memory: about 200 MB. */
const mostKept = 250;
const atOnce = 6;

interface Kept { sequence: number; labels: BigUint64Array; picture: OffscreenCanvas | undefined }

/** What is painted on the slice in view, block by block; only blocks that changed are fetched again. */
export class Blocks {
  onChange: () => void = () => {};
  /** Everything in view is as it was after this number. */
  onFresh: (sequence: number) => void = () => {};
  onFail: (reason: string) => void = () => {};
  hidden: ReadonlySet<number> = new Set();
  /** Width of outlines in voxels; 0 for whole areas. */
  outlines = 0;
  private readonly kept = new Map<string, Kept>();
  private readonly newest = new Map<string, Block>();
  private readonly asked = new Map<number, number>();
  private wish: { slice: number; left: number; top: number; right: number; bottom: number } | undefined;
  private running: Promise<void> | undefined;
  private again = false;

  constructor(private readonly server: PaintServer, private layer: Layer) {}

  /** Colours or names have changed. */
  relabel(layer: Layer): void { this.layer = layer; this.repaint(); }

  repaint(): void {
    for (const block of this.kept.values()) block.picture = undefined;
    this.onChange();
  }

  /** The part of a slice that is looked at, in voxels. */
  look(slice: number, left: number, top: number, right: number, bottom: number): void {
    const { edge } = this.layer, cell = (value: number): number => Math.floor(Math.max(0, value) / edge);
    this.wish = { slice, left: cell(left), top: cell(top), right: cell(right), bottom: cell(bottom) };
    void this.refresh();
  }

  /** Asks what is new and fetches what is in view; a second wish meanwhile asks once more. */
  async refresh(): Promise<void> {
    if (this.running) { this.again = true; return; }
    this.running = this.follow();
    try { await this.running; } finally { this.running = undefined; }
    if (this.again) { this.again = false; await this.refresh(); }
  }

  /** Pictures of the blocks in view with their place in voxels. */
  *pictures(): Iterable<{ x: number; y: number; picture: OffscreenCanvas }> {
    for (const block of this.inView()) {
      const kept = this.kept.get(key(block));
      if (kept) yield { x: block.x * this.layer.edge, y: block.y * this.layer.edge, picture: kept.picture ??= this.paint(block, kept.labels) };
    }
  }

  /** The label of a voxel on the slice in view; undefined where the block is not here. */
  labelAt(x: number, y: number): number | undefined {
    const { edge, width, height } = this.layer, slice = this.wish?.slice ?? 0;
    if (x < 0 || y < 0 || x >= width || y >= height) return undefined;
    const block = { z: slice, y: Math.floor(y / edge), x: Math.floor(x / edge), sequence: 0 };
    if (!this.newest.has(key(block))) return 0;
    const kept = this.kept.get(key(block));
    return kept && Number(kept.labels[(y % edge) * edge + x % edge]);
  }

  private *inView(): Iterable<Block> {
    const wish = this.wish;
    if (!wish) return;
    for (const block of this.newest.values())
      if (block.z === wish.slice && block.x >= wish.left && block.x <= wish.right && block.y >= wish.top && block.y <= wish.bottom) yield block;
  }

  private async follow(): Promise<void> {
    const slice = this.wish?.slice;
    if (slice === undefined) return;
    try {
      const { sequence, blocks } = await this.server.changes(this.asked.get(slice) ?? -1, slice);
      for (const block of blocks) this.newest.set(key(block), block);
      this.asked.set(slice, sequence);
      const stale = [...this.inView()].filter(block => (this.kept.get(key(block))?.sequence ?? -1) < block.sequence);
      await Promise.all(Array.from({ length: atOnce }, async () => {
        for (let block = stale.pop(); block; block = stale.pop()) await this.fetch(block);
      }));
      this.trim();
      this.onChange();
      this.onFresh(sequence);
    } catch (error) { this.onFail(error instanceof Error ? error.message : String(error)); }
  }

  private async fetch(block: Block): Promise<void> {
    const labels = await this.server.chunk(block);
    this.kept.delete(key(block));
    this.kept.set(key(block), { sequence: block.sequence, labels, picture: undefined });
    this.onChange();
  }

  /** The oldest blocks out of view go. */
  private trim(): void {
    const seen = new Set([...this.inView()].map(key));
    for (const name of this.kept.keys()) {
      if (this.kept.size <= mostKept) return;
      if (!seen.has(name)) this.kept.delete(name);
    }
  }

  private paint(block: Block, labels: BigUint64Array): OffscreenCanvas {
    const { edge, width, height } = this.layer, canvas = new OffscreenCanvas(edge, edge), pen = canvas.getContext("2d")!;
    const picture = pen.createImageData(edge, edge), pixels = new Uint32Array(picture.data.buffer), colours = palette(this.layer.labels, this.hidden);
    const right = Math.min(edge, width - block.x * edge), bottom = Math.min(edge, height - block.y * edge), w = this.outlines;
    for (let y = 0; y < bottom; y++) {
      for (let x = 0; x < right; x++) {
        const i = y * edge + x, label = labels[i]!;
        if (label === 0n) continue;
        if (w && (x < w || labels[i - w] === label) && (x >= right - w || labels[i + w] === label)
          && (y < w || labels[i - w * edge] === label) && (y >= bottom - w || labels[i + w * edge] === label)) continue;
        pixels[i] = colours.get(label) ?? 0;
      }
    }
    pen.putImageData(picture, 0, 0);
    return canvas;
  }
}

const key = ({ z, y, x }: Block): string => `${z}/${y}/${x}`;

/** Colours as the four bytes of a pixel; what is hidden has none. */
export function palette(labels: readonly Label[], hidden: ReadonlySet<number>): Map<bigint, number> {
  return new Map(labels.filter(({ value }) => !hidden.has(value)).map(({ value, colour }) => {
    const rgb = parseInt(colour.slice(1), 16);
    return [BigInt(value), (0xff000000 | (rgb & 0xff) << 16 | rgb & 0xff00 | rgb >> 16) >>> 0];
  }));
}
