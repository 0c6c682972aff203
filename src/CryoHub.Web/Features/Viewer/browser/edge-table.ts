import { getJson } from "./api.ts";

/** An ionisation edge as the server's table has it. */
export interface Edge { element: string; z: number; shell: string; onsetEv: number; isMajor: boolean; name: string }

export interface Label { text: string; energy: number; isMajor: boolean }

let asked: Promise<Edge[]> | undefined;

/** The table, asked for once a page. */
export const edgeTable = (): Promise<Edge[]> => asked ??= getJson<Edge[]>("/api/edges").catch((error: unknown) => { asked = undefined; throw error; });

/** Edges of the chosen elements between two energies, the whole table moved by `shift`. */
export const labelsOf = (table: readonly Edge[], elements: ReadonlySet<string>, from: number, to: number, shift = 0): Label[] =>
  table.filter(({ element }) => elements.has(element))
    .map(({ name, onsetEv, isMajor }) => ({ text: name, energy: onsetEv + shift, isMajor }))
    .filter(({ energy }) => energy >= from && energy <= to)
    .sort((a, b) => a.energy - b.energy);

/** Row of each label, from the top: the first whose last text ends before this one begins; `undefined` where all are taken. */
export function rowsOf(labels: readonly { left: number; width: number }[], rows: number, gap = 4): (number | undefined)[] {
  const ends = new Array<number>(rows).fill(-Infinity);
  return labels.map(({ left, width }) => {
    const row = ends.findIndex(end => left >= end + gap);
    if (row < 0) return undefined;
    ends[row] = left + width;
    return row;
  });
}
