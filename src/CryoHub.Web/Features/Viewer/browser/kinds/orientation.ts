import type { Vector } from "./crystal.ts";

/** A Laue group: turns that map a crystal onto itself, and the corners of the part of the sphere they leave, with their names. */
export interface Laue { name: string; turns: readonly Turn[]; corners: readonly [Vector, Vector, Vector]; labels: readonly [string, string, string] }

type Turn = readonly [Vector, Vector, Vector];

const about = ([x, y, z]: Vector, degrees: number): Turn => {
  const c = Math.cos(degrees * Math.PI / 180), s = Math.sin(degrees * Math.PI / 180), t = 1 - c;
  return [
    [t * x * x + c, t * x * y - s * z, t * x * z + s * y],
    [t * x * y + s * z, t * y * y + c, t * y * z - s * x],
    [t * x * z - s * y, t * y * z + s * x, t * z * z + c],
  ];
};

export const times = (turn: Turn, [x, y, z]: Vector): Vector => turn.map(row => row[0] * x + row[1] * y + row[2] * z) as Vector;
const product = (a: Turn, b: Turn): Turn =>
  a.map(row => [0, 1, 2].map(column => row[0] * b[0][column]! + row[1] * b[1][column]! + row[2] * b[2][column]!) as Vector) as unknown as Turn;

/** All turns that the given ones make together. */
function group(...makers: Turn[]): Turn[] {
  const all: Turn[] = [
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
    key = (turn: Turn): string =>
      turn
        .flat()
        .map(value => (Math.round(value * 1e6) / 1e6 + 0).toFixed(5))
        .join();
  const known = new Set(all.map(key));
  for (let i = 0; i < all.length; i++) {
    for (const maker of makers) {
      const next = product(maker, all[i]!);
      if (!known.has(key(next))) { known.add(key(next)); all.push(next); }
    }
  }
  return all;
}

const z: Vector = [0, 0, 1], x: Vector = [1, 0, 0], unit = (v: Vector): Vector => v.map(part => part / Math.hypot(...v)) as Vector;
const round = (degrees: number): Vector => [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180), 0];
const diagonal = unit([1, 1, 1]);

/** By the number Channel 5 gives them; 1 and 2 (triclinic, monoclinic) have no triangle, so no key in three colours. */
export const laueGroups: Readonly<Record<number, Laue>> = {
  3: { name: "mmm", turns: group(about(z, 180), about(x, 180)), corners: [z, x, [0, 1, 0]], labels: ["001", "100", "010"] },
  4: { name: "4/m", turns: group(about(z, 90)), corners: [z, x, [0, 1, 0]], labels: ["001", "100", "010"] },
  5: { name: "4/mmm", turns: group(about(z, 90), about(x, 180)), corners: [z, x, round(45)], labels: ["001", "100", "110"] },
  6: { name: "-3", turns: group(about(z, 120)), corners: [z, x, round(120)], labels: ["0001", "2\u22121\u221210", "\u221212\u221210"] },
  7: { name: "-3m", turns: group(about(z, 120), about(x, 180)), corners: [z, round(-30), round(30)], labels: ["0001", "10\u221210", "11\u221220"] },
  8: { name: "6/m", turns: group(about(z, 60)), corners: [z, x, round(60)], labels: ["0001", "2\u22121\u221210", "11\u221220"] },
  9: { name: "6/mmm", turns: group(about(z, 60), about(x, 180)), corners: [z, x, round(30)], labels: ["0001", "2\u22121\u221210", "10\u221210"] },
  10: { name: "m-3", turns: group(about(z, 180), about(diagonal, 120)), corners: [z, unit([1, -1, 1]), diagonal], labels: ["001", "1\u221211", "111"] },
  11: { name: "m-3m", turns: group(about(z, 90), about(diagonal, 120)), corners: [z, unit([1, 0, 1]), diagonal], labels: ["001", "101", "111"] },
};

/** The numbers of TSL's files for the same groups. */
const ofTsl: Readonly<Record<number, number>> = { 1: 1, 2: 2, 20: 2, 22: 3, 4: 4, 42: 5, 3: 6, 32: 7, 6: 8, 62: 9, 23: 10, 43: 11 };

/** The direction in the crystal of a direction of the sample; Bunge's angles in radians (passive turns about z, x and z). */
export function inCrystal(phi1: number, phi: number, phi2: number, [sx, sy, sz]: Vector): Vector {
  const [c1, s1, c, s, c2, s2] = [Math.cos(phi1), Math.sin(phi1), Math.cos(phi), Math.sin(phi), Math.cos(phi2), Math.sin(phi2)];
  return [
    (c1 * c2 - s1 * s2 * c) * sx + (s1 * c2 + c1 * s2 * c) * sy + s2 * s * sz,
    (-c1 * s2 - s1 * c2 * c) * sx + (-s1 * s2 + c1 * c2 * c) * sy + c2 * s * sz,
    s1 * s * sx - c1 * s * sy + c * sz,
  ];
}

/** Shares of the three corners in a direction; all are positive inside the triangle. */
function shares([a, b, c]: readonly [Vector, Vector, Vector], v: Vector): Vector {
  const cross = (p: Vector, q: Vector): Vector => [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
  const dot = (p: Vector, q: Vector): number => p[0] * q[0] + p[1] * q[1] + p[2] * q[2], whole = dot(a, cross(b, c));
  return [dot(v, cross(b, c)) / whole, dot(v, cross(c, a)) / whole, dot(v, cross(a, b)) / whole];
}

/** Red, green and blue stand at the corners; the strongest channel is full, roots make the middle lighter. */
export function colourIn(laue: Laue, v: Vector): [number, number, number] {
  let best: Vector = [0, 0, 0], inside = -Infinity;
  for (const turn of laue.turns) {
    const there = shares(laue.corners, times(turn, v));
    for (const sign of [1, -1]) {
      const least = Math.min(...there.map(share => sign * share));
      if (least > inside) [inside, best] = [least, there.map(share => sign * share) as Vector];
    }
  }
  const [r, g, b] = best.map(share => Math.sqrt(Math.max(0, share))) as Vector, most = Math.max(r, g, b, 1e-9);
  return [r, g, b].map(part => Math.round(255 * part / most)) as [number, number, number];
}

/** Whether a direction lies in the triangle itself, for the key. */
export const isInside = (laue: Laue, v: Vector): boolean => Math.min(...shares(laue.corners, v)) >= -1e-9;

export interface Phase { name: string; laue: number }

/** Phases with their Laue groups as the file states them: a key of symmetry (TSL), a Laue group, or Channel 5's line of a phase. */
export function phasesOf(original: unknown): Phase[] {
  const found: Phase[] = [];
  const visit = (node: unknown, key: string, parent: Record<string, unknown>): void => {
    const text = typeof node === "string" || typeof node === "number" ? String(node).trim() : "";
    const line = /^[\d.,]+;[\d.,]+;[\d.,]+\s+[\d.,]+;[\d.,]+;[\d.,]+\s+([^\t]+?)\s+(\d+)\s+\d+/.exec(text);
    if (line) found.push({ name: line[1]!, laue: Number(line[2]) });
    else if (/^#?\s*symmetry$/i.test(key) && /^\d+$/.test(text)) found.push({ name: nameOf(parent), laue: ofTsl[Number(text)] ?? 0 });
    else if (/laue/i.test(key) && text !== "") found.push({ name: nameOf(parent), laue: laueOf(text) });
    if (node !== null && typeof node === "object") for (const [name, child] of Object.entries(node)) visit(child, name, node as Record<string, unknown>);
  };
  visit(original, "", {});
  return found;
}

const laueOf = (text: string): number => /^\d+$/.test(text) ? Number(text) : Number(Object.entries(laueGroups).find(([, { name }]) => name === text)?.[0] ?? 0);

const nameOf = (phase: Record<string, unknown>): string => {
  const named = Object.entries(phase).find(([key, value]) => /^#?\s*(materialname|phase ?name|name|formula)$/i.test(key) && typeof value === "string");
  return named ? String(named[1]).trim() : "";
};
