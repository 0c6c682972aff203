import { list } from "../details.ts";
import type { Parts } from "../markup.ts";
import type { Signal } from "../signal.ts";
import { number } from "../units.ts";
import { atomsOf, reflectionsOf, toCartesian, volumeOf, type Atom, type Vector } from "./crystal.ts";
import { elementColour, elementRadius } from "./elements.ts";
import { openScene } from "./space.ts";
import { section, stage, textTable } from "./stage.ts";

const leastSpacing = 0.8;   // angstrom

/** A crystal structure: the cell in space, its numbers, its sites and its lattice spacings. */
export async function showStructure(host: HTMLElement, parts: Parts, signal: Signal): Promise<void> {
  const crystal = signal.crystal;
  if (!crystal) throw new Error("The file states no unit cell for this structure.");
  const { body, controls } = stage(host, parts, "Crystal structure"),
    { cell } = crystal,
    space = document.createElement("div"),
    lists = document.createElement("div");
  space.className = "space";
  lists.className = "lists";
  lists.tabIndex = 0;
  lists.setAttribute("role", "region");
  lists.setAttribute("aria-label", "Sites and lattice spacings");
  body.classList.add("split");
  body.replaceChildren(space, lists);

  const facts = document.createElement("dl");
  facts.className = "kv";
  list(facts, [
    ["Space group", crystal.spaceGroup || "not stated"], ...(crystal.spaceGroupNumber ? [["Number", String(crystal.spaceGroupNumber)] as const] : []),
    ...(["a", "b", "c"] as const).map(edge => [edge, `${number(cell[edge], 6)} Å`] as const),
    ...([["α", cell.alpha], ["β", cell.beta], ["γ", cell.gamma]] as const).map(([name, angle]) => [name, `${number(angle, 5)}°`] as const),
    ["Volume", `${number(volumeOf(cell), 6)} Å³`], ["Operations", crystal.operations.length > 0 ? String(crystal.operations.length) : "none listed"],
  ]);
  const atoms = atomsOf(crystal), elements = [...new Set(atoms.map(atom => atom.element))];
  controls.append(section("Unit cell", facts), section("Elements", legend(elements)));

  const sites = crystal.sites.map(site => [site.label, site.element, site.x, site.y, site.z, site.occupancy]);
  lists.append(caption(`Sites (${sites.length})`), textTable(["Label", "Element", "x", "y", "z", "Occupancy"], sites, short));
  const planes = reflectionsOf(crystal, leastSpacing).map(({ hkl, d, count }) => [hkl.map(minus).join(" "), d, 1 / d, count]);
  const note = crystal.operations.length > 0 ? "systematic absences left out" : "the file lists no operations, so absent ones are among them";
  lists.append(
    caption(`Lattice spacings (${planes.length}; ${note})`),
    textTable(["h k l", "d (Å)", "1/d (1/Å)", "Planes"], planes, short),
  );
  await drawCell(space, signal, atoms, elements);
  parts.part("position").textContent = `${atoms.length} atoms drawn, those on faces and corners at each of their places`;
}

const short = (value: number): string => Number.isInteger(value) ? minus(value) : number(value, 5);
const minus = (index: number): string => String(index).replace("-", "\u2212");
const caption = (text: string): HTMLElement => Object.assign(document.createElement("h2"), { textContent: text });

function legend(elements: readonly string[]): HTMLElement {
  const names = document.createElement("ul");
  names.className = "keys";
  names.append(...elements.map(element => {
    const item = document.createElement("li"), swatch = document.createElement("i");
    swatch.style.background = `rgb(${elementColour(element).join(" ")})`;
    item.append(swatch, element);
    return item;
  }));
  return names;
}

async function drawCell(host: HTMLElement, signal: Signal, atoms: readonly Atom[], elements: readonly string[]): Promise<void> {
  const scene = await openScene(host, "Unit cell");
  if (!scene) return;
  const place = toCartesian(signal.crystal!.cell), middle = place([0.5, 0.5, 0.5]);
  const flat = (places: readonly Vector[]): Float32Array => Float32Array.from(places.flatMap(at => place(at).map((part, i) => part - middle[i]!)));
  const corners = Array.from({ length: 8 }, (_, i) => [i & 1, i >> 1 & 1, i >> 2] as Vector);
  const edges = corners.flatMap((_, i) => [1, 2, 4].flatMap(bit => i & bit ? [] : [[i, i | bit]]));
  scene.lines(flat(corners), edges, [169, 181, 192]);
  for (const element of elements) {
    scene.balls(flat(atoms.filter(atom => atom.element === element).map(atom => atom.place)), 0.4 * elementRadius(element), elementColour(element));
  }
  scene.reset();
}
