import type { Cell, Crystal } from "../signal.ts";

export type Vector = [number, number, number];

const cos = (degrees: number): number => Math.cos(degrees * Math.PI / 180);
const sin = (degrees: number): number => Math.sin(degrees * Math.PI / 180);

/** Fractions of the cell to Cartesian angstrom: a along x, b in the xy plane (International Tables for Crystallography, vol. B, 3.3). */
export function toCartesian(cell: Cell): (fraction: Vector) => Vector {
  const { a, b, c } = cell, [ca, cb, cg, sg] = [cos(cell.alpha), cos(cell.beta), cos(cell.gamma), sin(cell.gamma)];
  const cy = (ca - cb * cg) / sg, cz = Math.sqrt(Math.max(0, 1 - cb * cb - cy * cy));
  return ([x, y, z]) => [a * x + b * cg * y + c * cb * z, b * sg * y + c * cy * z, c * cz * z];
}

export const volumeOf = (cell: Cell): number => {
  const [ca, cb, cg] = [cos(cell.alpha), cos(cell.beta), cos(cell.gamma)];
  return cell.a * cell.b * cell.c * Math.sqrt(1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg);
};

/** Distance of the lattice planes (hkl), by the reciprocal metric (International Tables for Crystallography, vol. C, 1.1). */
export function spacingOf(cell: Cell, [h, k, l]: Vector): number {
  const [ca, cb, cg, sa, sb, sg] = [cos(cell.alpha), cos(cell.beta), cos(cell.gamma), sin(cell.alpha), sin(cell.beta), sin(cell.gamma)];
  const [p, q, r] = [h / cell.a, k / cell.b, l / cell.c];
  const sum = (p * sa) ** 2 + (q * sb) ** 2 + (r * sg) ** 2 + 2 * p * q * (ca * cb - cg) + 2 * q * r * (cb * cg - ca) + 2 * p * r * (cg * ca - cb);
  return Math.sqrt((1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg) / sum);
}

/** A symmetry operation: rows of the rotation, and the translation. */
export interface Operation { turn: [Vector, Vector, Vector]; shift: Vector }

/** Reads `-x+1/2, y, z-x`; `undefined` where it is no such triplet. */
export function operationOf(text: string): Operation | undefined {
  const rows = text.toLowerCase().replaceAll(/['"\s]/g, "").split(",").map(row);
  return rows.length === 3 && rows.every(one => one)
    ? { turn: rows.map(one => one!.turn) as Operation["turn"], shift: rows.map(one => one!.shift) as Vector }
    : undefined;
}

function row(text: string): { turn: Vector; shift: number } | undefined {
  const turn: Vector = [0, 0, 0];
  let shift = 0, read = 0;
  for (const [whole, sign, axis, number, under] of text.matchAll(/([+-]?)(?:([xyz])|(\d*\.?\d+)(?:\/(\d+))?)/g)) {
    read += whole.length;
    const way = sign === "-" ? -1 : 1;
    if (axis) turn["xyz".indexOf(axis)]! += way; else shift += way * Number(number) / Number(under ?? 1);
  }
  return read === text.length && read > 0 ? { turn, shift } : undefined;
}

const operationsOf = (crystal: Crystal): Operation[] => {
  const read = crystal.operations.flatMap(text => operationOf(text) ?? []);
  return read.length > 0 ? read : [{ turn: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], shift: [0, 0, 0] }];
};

const wrap = (value: number): number => { const rest = value - Math.floor(value); return rest > 0.9995 ? 0 : rest; };

export interface Atom { element: string; label: string; place: Vector }

/** All atoms of one cell; those on a face, edge or corner at each of their places. */
export function atomsOf(crystal: Crystal): Atom[] {
  const atoms: Atom[] = [];
  for (const { element, label, x, y, z } of crystal.sites) {
    const known = new Set<string>();
    for (const { turn, shift } of operationsOf(crystal)) {
      const place = turn.map((one, i) => wrap(one[0] * x + one[1] * y + one[2] * z + shift[i]!)) as Vector, key = place.map(value => value.toFixed(3)).join();
      if (known.has(key)) continue;
      known.add(key);
      for (const far of edges(place)) atoms.push({ element, label, place: far });
    }
  }
  return atoms;
}

function edges(place: Vector): Vector[] {
  let all: Vector[] = [place];
  place.forEach((value, axis) => {
    if (value < 5e-4) all = all.flatMap(at => [at, at.map((part, i) => i === axis ? part + 1 : part) as Vector]);
  });
  return all;
}

/** True where an operation (R, t) with hR = h and h·t not whole takes (hkl) out (International Tables for Crystallography, vol. A, 2.2.13). */
export function isAbsent(operations: readonly Operation[], hkl: Vector): boolean {
  return operations.some(({ turn, shift }) => {
    const same = [0, 1, 2].every(column => Math.abs(hkl[0] * turn[0][column]! + hkl[1] * turn[1][column]! + hkl[2] * turn[2][column]! - hkl[column]!) < 1e-6);
    const phase = hkl[0] * shift[0] + hkl[1] * shift[1] + hkl[2] * shift[2];
    return same && Math.abs(phase - Math.round(phase)) > 1e-3;
  });
}

export interface Reflection { hkl: Vector; d: number; count: number }

/** Lattice spacings from the largest, planes of equal spacing as one, named by the greatest of their indices; systematic absences left out. */
export function reflectionsOf(crystal: Crystal, least: number, most = 60): Reflection[] {
  const { cell } = crystal, operations = operationsOf(crystal), found: Reflection[] = [];
  const [h, k, l] = [cell.a, cell.b, cell.c].map(edge => Math.min(20, Math.ceil(edge / least))) as Vector;
  for (let i = -h; i <= h; i++) for (let j = -k; j <= k; j++) for (let m = -l; m <= l; m++) {
    if ((i === 0 && j === 0 && m === 0) || isAbsent(operations, [i, j, m])) continue;
    const d = spacingOf(cell, [i, j, m]);
    if (d >= least) found.push({ hkl: [i, j, m], d, count: 1 });
  }
  found.sort((a, b) => b.d - a.d || b.hkl[0] - a.hkl[0] || b.hkl[1] - a.hkl[1] || b.hkl[2] - a.hkl[2]);
  const joined: Reflection[] = [];
  for (const one of found) {
    const last = joined.at(-1);
    if (last && Math.abs(last.d - one.d) < 1e-6 * one.d) { last.count++; last.hkl = nicer(last.hkl, one.hkl); } else joined.push({ ...one });
  }
  return joined.slice(0, most);
}

/** Fewer minus signs first, then the greater indices first. */
const nicer = (a: Vector, b: Vector): Vector => {
  const minus = (hkl: Vector): number => hkl.filter(index => index < 0).length;
  return minus(b) < minus(a) || (minus(b) === minus(a) && (b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]))) ? b : a;
};
