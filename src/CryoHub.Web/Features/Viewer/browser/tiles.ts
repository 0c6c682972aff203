import { refusal } from "./api.ts";
import { decode, idAt, type Density, type Outlines } from "./annotate/tiles/decode.ts";
import { hit } from "./annotate/tiles/hit.ts";
import type { Ask, Told } from "./annotate/tiles/messages.ts";
import { paintDensity, paintOutlines } from "./annotate/tiles/painter.ts";

/** Tiles with so many shapes together are kept. */
const mostKept = 200_000;
const noColour = "#E8EDF1";

/** The ids are spelled out once somebody asks for them. */
interface Kept { tile: Outlines | Density; ids?: Set<string> }

const kept = new Map<string, Promise<Kept>>();
const sizes = new Map<string, number>();
const hidden = new Set<string>();
let colours: Record<string, string> = {};

const tell = (told: Told, transfer: Transferable[] = []): void =>
  (self as unknown as { postMessage(message: Told, transfer: Transferable[]): void }).postMessage(told, transfer);

/** Asked for once, however often it is drawn; a failure is forgotten, so that it can be asked for again. */
function tileAt(url: string): Promise<Kept> {
  const known = kept.get(url);
  if (known) return known;
  const asked = fetchTile(url);
  kept.set(url, asked);
  const isKept = (): boolean => kept.get(url) === asked;
  asked.then(({ tile }) => {
    if (!isKept()) return;
    sizes.set(url, "counts" in tile ? 100 : tile.count);
    trim();
  }, () => { if (isKept()) kept.delete(url); });
  return asked;
}

async function fetchTile(url: string): Promise<Kept> {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw await refusal(response);
  return { tile: decode(new Uint8Array(await response.arrayBuffer())) };
}

/** The oldest go first. */
function trim(): void {
  let sum = 0;
  for (const size of sizes.values()) sum += size;
  for (const [url, size] of sizes) {
    if (sum <= mostKept) return;
    sum -= size;
    sizes.delete(url);
    kept.delete(url);
  }
}

const hiding = (tile: Outlines) => hidden.size === 0 ? () => false : (index: number): boolean => hidden.has(idAt(tile, index));

async function draw({ ask, url, pixels }: Extract<Ask, { act: "draw" }>): Promise<void> {
  const { tile } = await tileAt(url), canvas = new OffscreenCanvas(pixels, pixels);
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;   // drawn by the processor: thousands of small paths are slow by way of a graphics card
  const isDensity = "counts" in tile;
  if (isDensity) paintDensity(pen, tile, pixels);
  else paintOutlines(pen, tile, pixels, key => colours[key] ?? noColour, hiding(tile));
  const bitmap = canvas.transferToImageBitmap();
  tell({ is: "drawn", ask, bitmap, isDensity }, [bitmap]);
}

async function find({ ask, url, x, y, tolerance }: Extract<Ask, { act: "hit" }>): Promise<void> {
  const { tile } = await tileAt(url), index = "counts" in tile ? -1 : hit(tile, x, y, tolerance, hiding(tile));
  tell({ is: "hit", ask, id: index < 0 ? "" : idAt(tile as Outlines, index) });
}

async function hide(ids: readonly string[]): Promise<void> {
  for (const id of ids) hidden.add(id);
  const tiles = await Promise.allSettled(kept.values());
  if (tiles.some(one => one.status === "fulfilled" && ids.some(id => idsOf(one.value).has(id)))) tell({ is: "stale" });
}

function idsOf(one: Kept): Set<string> {
  const { tile } = one;
  return one.ids ??= new Set("counts" in tile ? [] : Array.from({ length: tile.count }, (_, i) => idAt(tile, i)));
}

self.onmessage = ({ data }: MessageEvent<Ask>): void => {
  if (data.act === "colours") colours = data.colours;
  else if (data.act === "hide") void hide(data.ids);
  else if (data.act === "forget") { kept.clear(); sizes.clear(); hidden.clear(); }
  else (data.act === "draw" ? draw(data) : find(data))
    .catch((error: unknown) => tell({ is: "failed", ask: data.ask, reason: error instanceof Error ? error.message : String(error) }));
};
