import { expect, test } from "vitest";
import { foundIn, isEnergyLoss } from "./edge-chooser.ts";
import { labelsOf, rowsOf, type Edge } from "./edge-table.ts";
import { cells } from "./periodic-table.ts";

const edge = (element: string, shell: string, onsetEv: number, isMajor = true): Edge =>
  ({ element, z: 1, shell, onsetEv, isMajor, name: `${element} ${shell}` });
const table = [edge("Ti", "L1", 564, false), edge("Ti", "L3", 456), edge("O", "K", 532), edge("C", "K", 284)];

test("labels are the chosen elements' edges inside the spectrum, by energy", () => {
  expect(labelsOf(table, new Set(["Ti", "C"]), 300, 600).map(({ text }) => text)).toEqual(["Ti L3", "Ti L1"]);
  expect(labelsOf(table, new Set(["O"]), 300, 600, -5)).toEqual([{ text: "O K", energy: 527, isMajor: true }]);
});

test("names that would overlap step down, and the last is left out", () => {
  const labels = [0, 10, 20, 30, 60].map(left => ({ left, width: 40 }));
  expect(rowsOf(labels, 3)).toEqual([0, 1, 2, undefined, 0]);
});

test("every element has a place of its own, where one looks for it", () => {
  const places = new Set(cells.map(({ row, column }) => `${row}/${column}`)), names = new Set(cells.map(({ element }) => element));
  expect(places.size).toBe(cells.length);
  expect(names.size).toBe(cells.length);
  const at = (element: string): [number, number] => { const { row, column } = cells.find(cell => cell.element === element)!; return [row, column]; };
  expect([at("Li"), at("F"), at("Ti"), at("Zn"), at("I"), at("La"), at("Bi")]).toEqual([[2, 1], [2, 17], [4, 4], [4, 12], [5, 17], [7, 3], [6, 15]]);
  expect(cells.every(({ column }) => column >= 1 && column <= 18)).toBe(true);
});

test("an answer of the edge finder gives elements and shift; one without tables gives none", () => {
  const tables = [{ name: "Edges", columns: [{ name: "Edge", values: ["Ti L3", "O K"] }, { name: "Element", values: ["Ti", "O"] }] }];
  expect(foundIn({ numbers: [{ name: "Energy scale too high by", value: -4 }], tables })).toEqual({ elements: ["Ti", "O"], shift: -4 });
  expect(foundIn({ numbers: [], tables: [] })).toEqual({ elements: [], shift: 0 });
});

test("energy losses are told from X-rays and from channels", () => {
  expect(isEnergyLoss({ unit: "eV", values: [300, 2300] })).toBe(true);
  expect(isEnergyLoss({ unit: "eV", values: [-200, 20000] })).toBe(false);
  expect(isEnergyLoss({ unit: "channels", values: [0, 100] })).toBe(false);
});
