import { seriesColours } from "../../../Plots/browser/plot.ts";
import type { Parts } from "../markup.ts";
import type { Signal } from "../signal.ts";
import type { StrictStore } from "../strict-store.ts";
import { columnLike, loadColumns, type Columns } from "./columns.ts";
import { openScene } from "./space.ts";
import { section, stage } from "./stage.ts";
import { TableView } from "./table.ts";

/** Contours in space where the columns are places, and the table of all numbers; transforms and angles are a table alone. */
export async function showModel(host: HTMLElement, parts: Parts, signal: Signal, store: StrictStore): Promise<void> {
  const loaded = await loadColumns(signal, store), { columns, data } = loaded, { body, controls } = stage(host, parts, "Model");
  const say = (words: string): void => { parts.part("position").textContent = words; };
  const places = ["x", "y", "z"].map(axis => columnLike(columns, new RegExp(`^${axis}([\\s_/([].*)?$`, "i")));
  if (places.some(index => index < 0)) { new TableView(body, loaded, say); return; }

  const space = document.createElement("div"), table = document.createElement("div");
  space.className = "space";
  body.classList.add("split");
  body.replaceChildren(space, table);
  new TableView(table, loaded, say);
  const object = columnIndex(loaded, /object/i), contour = columnIndex(loaded, /contour/i), lines = linesOf(data[object], data[contour], loaded.rows);
  const objects = [...new Set(lines.map(line => line.object))], colours = seriesColours(host);
  const facts = document.createElement("p");
  facts.className = "faint";
  const count = `${objects.length} object${objects.length === 1 ? "" : "s"}`;
  facts.textContent = `${count}, ${lines.length.toLocaleString("en")} contours, ${loaded.rows.toLocaleString("en")} points`;
  controls.append(section("Model", facts));
  const scene = await openScene(space, "Contours");
  if (!scene) return;
  const at = new Float32Array(3 * loaded.rows);
  for (let row = 0; row < loaded.rows; row++) at.set(places.map(index => data[index]![row]!), 3 * row);
  for (const [i, which] of objects.entries()) {
    const hex = colours[i % 8]!, colour = [1, 3, 5].map(start => parseInt(hex.slice(start, start + 2), 16)) as [number, number, number];
    const mine = lines.filter(line => line.object === which), points = mine.flatMap(line => line.rows), chosen = new Float32Array(3 * points.length);
    points.forEach((row, to) => chosen.set(at.subarray(3 * row, 3 * row + 3), 3 * to));
    scene.points(chosen, Uint8Array.from({ length: 3 * points.length }, (_, part) => colour[part % 3]!), 4);
    scene.lines(at, mine.filter(line => line.rows.length > 1).map(line => line.rows), colour, 2);
  }
  scene.reset();
}

const columnIndex = ({ columns }: Columns, name: RegExp): number => columnLike(columns, name);

export interface Line { object: number; rows: number[] }

/** Rows in the order of the file, cut where the object or the contour changes. */
export function linesOf(object: Float64Array | undefined, contour: Float64Array | undefined, rows: number): Line[] {
  const lines: Line[] = [];
  for (let row = 0; row < rows; row++) {
    const same = row > 0 && object?.[row] === object?.[row - 1] && contour?.[row] === contour?.[row - 1];
    if (same) lines.at(-1)!.rows.push(row); else lines.push({ object: object?.[row] ?? 1, rows: [row] });
  }
  return lines;
}
