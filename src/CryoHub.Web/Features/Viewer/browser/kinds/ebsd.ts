import { seriesColours } from "../../../Plots/browser/plot.ts";
import type { Facet } from "../facets.ts";
import type { Axis, Signal } from "../signal.ts";
import { statisticsOf } from "../statistics.ts";
import type { StrictStore } from "../strict-store.ts";
import { number } from "../units.ts";
import { columnLike, heading, loadColumns, type Columns } from "./columns.ts";
import type { Vector } from "./crystal.ts";
import { MemorySource } from "./memory-source.ts";
import { colourIn, inCrystal, isInside, laueGroups, phasesOf, type Laue, type Phase } from "./orientation.ts";

/** Where each row of the list stands in the map; in hexagonal grids every second row is half a step to the right. */
export interface Grid { columns: number; rows: number; places: Int32Array; x: Axis; y: Axis }

/** Lays a list of places out as a grid: steps are the least distances that occur. */
export function gridOf(x: Float64Array, y: Float64Array, units: readonly [string, string]): Grid {
  const rows = distinct(y), dy = step(rows), first = distinct(x.filter((_, i) => Math.abs(y[i]! - rows[0]!) < dy / 2)), dx = step(first);
  let least = Infinity, most = -Infinity;
  for (const value of x) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const columns = Math.floor((most - least) / dx + 0.25) + 1, height = Math.round((rows.at(-1)! - rows[0]!) / dy) + 1;
  const places = Int32Array.from(
    x,
    (value, i) => Math.round((y[i]! - rows[0]!) / dy) * columns + Math.min(columns - 1, Math.floor((value - least) / dx + 0.25)),
  );
  const axis = (name: string, size: number, unit: string, step: number, origin: number): Axis => ({ name, size, unit, role: "space", step, origin });
  return { columns, rows: height, places, x: axis("x", columns, units[0], dx, least), y: axis("y", height, units[1], dy, rows[0]!) };
}

/** Values that differ by more than rounding, rising. */
function distinct(values: Float64Array): number[] {
  const sorted = values.filter(Number.isFinite).sort(), span = sorted.at(-1)! - sorted[0]!;
  return [...sorted].filter((value, i) => i === 0 || value - sorted[i - 1]! > span * 1e-7);
}

function step(values: readonly number[]): number {
  const least = values.slice(1).reduce((least, value, i) => Math.min(least, value - values[i]!), Infinity);
  return least < Infinity ? least : 1;
}

/** The map's quantities: orientation colours for three directions of the sample, phases, and every other column (quality). */
export async function ebsdFacets(signal: Signal, store: StrictStore): Promise<{ signal: Signal; facets: Facet[] } | undefined> {
  const loaded = await loadColumns(signal, store), { columns, data } = loaded, x = columnLike(columns, /^x\b/i), y = columnLike(columns, /^y\b/i);
  if (x < 0 || y < 0 || loaded.rows < loaded.total) return undefined;
  const grid = gridOf(data[x]!, data[y]!, [columns[x]!.unit, columns[y]!.unit]);
  const drawn: Signal = { ...signal, shape: [grid.rows, grid.columns], axes: [grid.y, grid.x], pixelType: "float64", statistics: null, columns: null };
  const euler = [[/^(phi1|euler ?1|φ1)/i], [/^(phi|euler ?2|φ)($|[^12])/i], [/^(phi2|euler ?3|φ2)/i]].map(([name]) => columnLike(columns, name!));
  const phase = columnLike(columns, /^phase/i), facets: Facet[] = [];
  if (euler.every(index => index >= 0)) facets.push(...orientationFacets(signal, drawn, loaded, grid, euler, phase));
  if (phase >= 0) facets.push(phaseFacet(signal, drawn, data[phase]!, grid));
  for (const [index, column] of columns.entries()) {
    if ([x, y, ...euler, phase].includes(index) || column.words) continue;
    const values = new Float64Array(grid.columns * grid.rows).fill(NaN);
    grid.places.forEach((place, row) => { values[place] = data[index]![row]!; });
    facets.push({
      key: `column-${index}`, name: heading(column), source: new MemorySource(values, grid.columns, grid.rows),
      about: () => Promise.resolve({ ...drawn, statistics: statisticsOf(values) }),
    });
  }
  return facets.length > 0 ? { signal: drawn, facets } : undefined;
}

const asTheyAre = { low: 0, high: 255, scale: "linear", map: "grey", invert: false } as const;

function orientationFacets(signal: Signal, drawn: Signal, { columns, data, rows }: Columns, grid: Grid, euler: readonly number[], phase: number): Facet[] {
  const angles = euler.map(index => data[index]!), unit = columns[euler[0]!]!.unit;
  const inDegrees = unit === "" ? angles.some(list => list.some(angle => angle > 6.4)) : /deg|°/i.test(unit);
  const turn = inDegrees ? Math.PI / 180 : 1, phases = phasesOf(signal.original), isIndexed = indexed(columns, data, phase);
  const laueAt = (row: number): Laue | undefined => laueGroups[(phases.length > 1 ? phases[phaseIndex(data[phase]![row]!, phases)] : phases[0])?.laue ?? 0];
  const groups = [...new Set(phases.flatMap(({ laue }) => laueGroups[laue] ?? []))];
  if (groups.length === 0) return [];
  const triples = new Float64Array(3 * grid.columns * grid.rows).fill(NaN);
  grid.places.forEach((place, row) => angles.forEach((list, i) => { triples[3 * place + i] = list[row]! * turn * 180 / Math.PI; }));
  const own = new MemorySource(triples, grid.columns, grid.rows, 3);
  const native = {
    channels: 3,
    read: own.read.bind(own),
    words: (values: readonly (number | bigint | boolean | undefined)[]) =>
      values.map((value, i) => `${["φ1", "Φ", "φ2"][i]} ${number(Number(value), 4)}°`).join(", "),
  };
  const directions: [string, Vector][] = [["Z", [0, 0, 1]], ["X", [1, 0, 0]], ["Y", [0, 1, 0]]];
  return directions.map(([name, direction]) => {
    const colours = new Float64Array(3 * grid.columns * grid.rows).fill(NaN);
    for (let row = 0; row < rows; row++) {
      const laue = isIndexed(row) ? laueAt(row) : undefined;
      if (!laue) continue;
      const v = inCrystal(angles[0]![row]! * turn, angles[1]![row]! * turn, angles[2]![row]! * turn, direction);
      colours.set(colourIn(laue, v), 3 * grid.places[row]!);
    }
    return {
      key: `ipf-${name.toLowerCase()}`, name: `Orientation, ${name} of the sample`, source: new MemorySource(colours, grid.columns, grid.rows, 3, native),
      about: () => Promise.resolve(drawn), look: asTheyAre, legend: () => key(groups),
    };
  });
}

/** Channel 5 counts phases from 1 and marks a point without a solution by 0; TSL counts from 0 where there is one phase and marks it by confidence. */
function indexed(columns: Columns["columns"], data: Columns["data"], phase: number): (row: number) => boolean {
  const isChannel5 = columns.some(({ name }) => /^mad$/i.test(name)), confidence = columnLike(columns, /^(ci|confidence)/i);
  return row => (!isChannel5 || phase < 0 || data[phase]![row]! > 0) && (confidence < 0 || data[confidence]![row]! >= 0);
}

const phaseIndex = (value: number, phases: readonly Phase[]): number => Math.min(phases.length - 1, Math.max(0, value - 1));

function phaseFacet(signal: Signal, drawn: Signal, values: Float64Array, grid: Grid): Facet {
  const numbers = [...new Set(values)].filter(Number.isFinite).sort((a, b) => a - b), phases = phasesOf(signal.original);
  const hex = seriesColours(document.querySelector("cryohub-viewer")!), colourOf = (value: number): number[] =>
    [1, 3, 5].map(at => parseInt(hex[numbers.indexOf(value) % 8]!.slice(at, at + 2), 16));
  const colours = new Float64Array(3 * grid.columns * grid.rows).fill(NaN), plain = new Float64Array(grid.columns * grid.rows).fill(NaN);
  grid.places.forEach((place, row) => { colours.set(colourOf(values[row]!), 3 * place); plain[place] = values[row]!; });
  const name = (value: number): string => (phases.length === 1 && numbers.length === 1 ? phases[0] : phases[value - 1])?.name || `Phase ${value}`;
  const own = new MemorySource(plain, grid.columns, grid.rows);
  const native = { channels: 1, read: own.read.bind(own), words: ([value]: readonly (number | bigint | boolean | undefined)[]) => name(Number(value)) };
  const share = (value: number): string => `${number(100 * values.filter(other => other === value).length / values.length, 3)} %`;
  return {
    key: "phase", name: "Phase", source: new MemorySource(colours, grid.columns, grid.rows, 3, native), about: () => Promise.resolve(drawn), look: asTheyAre,
    legend: () => {
      const list = document.createElement("ul");
      list.className = "keys";
      list.append(...numbers.map(value => {
        const item = document.createElement("li"), swatch = document.createElement("i");
        swatch.style.background = `rgb(${colourOf(value).join(" ")})`;
        item.append(swatch, name(value), Object.assign(document.createElement("span"), { textContent: share(value) }));
        return item;
      }));
      return list;
    },
  };
}

/** The triangle of each symmetry in stereographic projection, its corners named. */
function key(groups: readonly Laue[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "ipf";
  for (const laue of groups) {
    const figure = document.createElement("figure"), canvas = document.createElement("canvas"), caption = document.createElement("figcaption");
    drawKey(canvas, laue);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Colour key of ${laue.name}: red ${laue.labels[0]}, green ${laue.labels[1]}, blue ${laue.labels[2]}`);
    caption.append(laue.name, ...laue.labels.map((label, i) => {
      const corner = document.createElement("span"), swatch = document.createElement("i");
      swatch.style.background = ["#f00", "#0f0", "#00f"][i]!;
      corner.append(swatch, label);
      return corner;
    }));
    figure.append(canvas, caption);
    box.append(figure);
  }
  return box;
}

function drawKey(canvas: HTMLCanvasElement, laue: Laue): void {
  const flat = laue.corners.map(([x, y, z]) => [x / (1 + z), y / (1 + z)] as const), size = 150;
  const [left, right] = [Math.min(0, ...flat.map(([x]) => x)), Math.max(...flat.map(([x]) => x), laue.corners.every(([, , z]) => z > 0.1) ? 0 : 1)];
  const [low, high] = [Math.min(0, ...flat.map(([, y]) => y)), Math.max(...flat.map(([, y]) => y))], scale = size / Math.max(right - left, high - low);
  canvas.width = Math.ceil((right - left) * scale) + 1;
  canvas.height = Math.ceil((high - low) * scale) + 1;
  const pen = canvas.getContext("2d")!, picture = pen.createImageData(canvas.width, canvas.height);
  for (let row = 0; row < canvas.height; row++) {
    for (let column = 0; column < canvas.width; column++) {
      const x = left + column / scale, y = high - row / scale, r = x * x + y * y, v: Vector = [2 * x / (1 + r), 2 * y / (1 + r), (1 - r) / (1 + r)];
      if (r > 1.0001 || !isInside(laue, v)) continue;
      picture.data.set([...colourIn(laue, v), 255], 4 * (row * canvas.width + column));
    }
  }
  pen.putImageData(picture, 0, 0);
}
