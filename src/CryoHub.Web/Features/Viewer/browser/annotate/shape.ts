import { LineString, Point, Polygon, type Geometry } from "ol/geom";

export type Kind = "point" | "line" | "arrow" | "polyline" | "freehand" | "polygon" | "rectangle" | "ellipse" | "angle" | "text";

/** What a person draws; places in pixels, y downwards: x, y, x, y and so on a ring. */
export interface ShapeText {
  kind: Kind; rings: number[][]; classKey: string; label: string; firstFrame?: number | null; lastFrame?: number | null; confidence?: number | null;
    id?: string;
}

export interface Measures {
  unit: string; length?: number | null; area?: number | null; perimeter?: number | null; equivalentDiameter?: number | null; aspectRatio?: number | null;
  orientationDeg?: number | null; angleDeg?: number | null;
}

/** Pixel values under a shape; null where there are none. */
export interface Intensity {
  unit: string; pixels: number; mean: number | null; standardDeviation: number | null; min: number | null; max: number | null; integral: number | null;
}

/** A shape as the server tells it; of one that is still on its way there are no measures. */
export interface ShapeRow extends ShapeText {
  id: string; revision: number; sequence: number; measures?: Measures; changedById: string; changedBy: string; changedAt: string; isDeleted: boolean;
  intensity?: Intensity | null;
}

export interface ClassRow {
  key: string; name: string; definition: string; colour: string; shortcut: string; kinds: Kind[]; mergedInto?: string | null; version: number;
}

/** The part of a row that a person said, without what the server adds. */
export const textOf = ({ kind, rings, classKey, label, firstFrame, lastFrame, confidence }: ShapeText): ShapeText =>
  ({ kind, rings, classKey, label, firstFrame: firstFrame ?? null, lastFrame: lastFrame ?? null, confidence: confidence ?? null });

export const isOnFrame = ({ firstFrame, lastFrame }: ShapeText, frame: number): boolean =>
  firstFrame === undefined || firstFrame === null || (frame >= firstFrame && frame <= (lastFrame ?? firstFrame));

const pairs = (ring: readonly number[]): number[][] => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]!, -ring[2 * i + 1]!]);
const flat = (places: readonly (readonly number[])[]): number[] => places.flatMap(([x, y]) => [x!, -y! + 0]);
const closed = (places: number[][]): number[][] => [...places, places[0]!];

/** Corners that stand for an ellipse on screen. */
const corners = 72;

/** Pixels to the picture's world, where y points upwards. */
export function toGeometry({ kind, rings }: ShapeText): Geometry {
  const places = pairs(rings[0]!);
  if (kind === "point" || kind === "text") return new Point(places[0]!);
  if (kind === "polygon" || kind === "rectangle") return new Polygon(rings.map(ring => closed(pairs(ring))));
  if (kind !== "ellipse") return new LineString(places);
  const [[x, y], [ux, uy], [vx, vy]] = places as [[number, number], [number, number], [number, number]];
  return new Polygon([closed(Array.from({ length: corners }, (_, i) => {
    const cos = Math.cos((2 * Math.PI * i) / corners), sin = Math.sin((2 * Math.PI * i) / corners);
    return [x + cos * (ux - x) + sin * (vx - x), y + cos * (uy - y) + sin * (vy - y)];
  }))]);
}

/** The way back; an ellipse comes from the box that was drawn. */
export function toRings(kind: Kind, geometry: Geometry): number[][] {
  if (geometry instanceof Point) return [flat([geometry.getCoordinates()])];
  if (geometry instanceof LineString) return [flat(geometry.getCoordinates())];
  if (kind === "ellipse") {
    const [left, bottom, right, top] = geometry.getExtent() as [number, number, number, number], x = (left + right) / 2, y = (bottom + top) / 2;
    return [flat([[x, y], [right, y], [x, top]])];
  }
  return (geometry as Polygon).getCoordinates().map(ring => flat(ring.slice(0, -1)));
}

/** Every place of a shape, moved. */
export const moved = (rings: readonly number[][], dx: number, dy: number): number[][] =>
  rings.map(ring => ring.map((value, i) => value + (i % 2 === 0 ? dx : dy)));
