import { expect, test } from "vitest";
import { classesOf, cornerOf, labelsOf, questionFor } from "./slice-answer.ts";

const question = JSON.stringify({ analysis: "volume-segment", inputs: [], parameters: { steps: [], box: { x: 4, y: 9, z: 2 }, slice: null } });

test("a question asks for one slice and leaves the rest alone", () => {
  expect(questionFor(question, 7, "p", 3)).toEqual({
    analysis: "volume-segment", inputs: [], pageId: "p", turn: 3, parameters: { steps: [], box: { x: 4, y: 9, z: 2 }, slice: 7 },
  });
});

test("labels of a box lie where the box lies", () => {
  expect(cornerOf(question)).toEqual({ x: 4, y: 9 });
  expect(cornerOf(JSON.stringify({ parameters: { box: null } }))).toEqual({ x: 0, y: 0 });
});

test("an answer is labels and what they are called", () => {
  const values = Float32Array.from([0, 1, 2, 1, 0, 0]), data = btoa(String.fromCharCode(...new Uint8Array(values.buffer)));
  const columns = [["Label", [0, 1]], ["Name", ["pore", "NMC"]], ["Colour", ["#000000", "#4c78a8"]], ["Fraction", [0.25, 0.75]]] as const;
  const answer = {
    images: [{ name: "Labels, slice 7", shape: [2, 3] as [number, number], data }], numbers: [], warnings: [],
    tables: [{ name: "Classes", columns: columns.map(([name, cells]) => ({ name, values: [...cells] })) }],
  };
  expect(labelsOf(answer)).toEqual({ width: 3, height: 2, values });
  expect(classesOf(answer)[1]).toEqual({ label: 1, name: "NMC", colour: "#4c78a8", fraction: 0.75 });
  expect(labelsOf({ ...answer, images: [] })).toBeUndefined();
});
