import { floats } from "../../Viewer/browser/preview.ts";

/** What a preview of a segmented slice answers: labels as a picture, and a table of the classes in it. */
export interface SliceAnswer {
  images: { name: string; shape: [number, number]; data: string }[];
  tables: { name: string; columns: { name: string; values: (number | string | null)[] }[] }[];
  numbers: { name: string; value: number | null; unit: string }[];
  warnings: string[];
}

export interface ClassRow { label: number; name: string; colour: string; fraction: number }
export interface Labels { width: number; height: number; values: Float32Array }

/** The question for one slice; where parameters name a box, only its slices can be asked for. */
export function questionFor(question: string, slice: number, pageId: string, turn: number): object {
  const asked = JSON.parse(question) as { parameters: Record<string, unknown> };
  return { ...asked, pageId, turn, parameters: { ...asked.parameters, slice } };
}

/** Where the labels lie on the slice: a box leaves a margin. */
export function cornerOf(question: string): { x: number; y: number } {
  const box = (JSON.parse(question) as { parameters: { box?: { x?: number; y?: number } | null } }).parameters.box;
  return { x: box?.x ?? 0, y: box?.y ?? 0 };
}

export function labelsOf({ images }: SliceAnswer): Labels | undefined {
  const image = images[0];
  return image && { width: image.shape[1], height: image.shape[0], values: floats(image.data) };
}

export function classesOf({ tables }: SliceAnswer): ClassRow[] {
  const columns = tables[0]?.columns ?? [], of = (name: string): (number | string | null)[] => columns.find(column => column.name === name)?.values ?? [];
  const [labels, names, colours, fractions] = ["Label", "Name", "Colour", "Fraction"].map(of) as [unknown[], unknown[], unknown[], unknown[]];
  return labels.map((label, i) => ({ label: Number(label), name: String(names[i]), colour: String(colours[i]), fraction: Number(fractions[i]) }));
}
