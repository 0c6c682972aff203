import { number } from "../units.ts";
import type { ClassRow, Intensity, ShapeRow } from "./shape.ts";

/** Objects listed at once; more are counted, not hidden. */
const mostListed = 300;

export const markupOfPanel = `
  <section class="sec"><h2>Classes<span>key</span></h2><ul class="classes" data-part="classes"></ul></section>
  <section class="sec" data-part="chosen" hidden><h2>Selected<span data-part="chosen-size"></span></h2>
    <div class="pair"><label class="typed">Class<select data-field="shape-class"></select></label>
      <label class="typed">Label<input data-field="shape-label" maxlength="400"></label>
      <label class="typed">Confidence<select data-field="shape-confidence"><option value="">Not said</option><option value="0.9">Sure</option>
        <option value="0.6">Likely</option>
        <option value="0.3">Unsure</option></select></label>
      <label class="typed" data-part="chosen-frames">Frames<select data-field="shape-frames"><option value="this">This one</option>
        <option value="all">All</option></select></label></div>
    <dl class="kv" data-part="chosen-intensity"></dl>
    <div class="ctl"><button class="btn sm" data-act="shape-delete">Delete</button>
      <button class="btn sm" data-act="shape-next">Next object</button></div></section>
  <section class="sec"><h2><span data-part="object-count">Objects</span><span data-part="object-unit"></span></h2>
    <label class="typed">Filter<input data-field="shape-filter" autocomplete="off"></label>
    <p class="faint" data-part="no-objects">Nothing is drawn yet. Choose a tool at the left, such as the polygon (U).</p>
    <table class="objects" data-part="objects" hidden><thead><tr><th><button data-sort="name">Object</button></th><th class="num">
      <button data-sort="size">Size</button></th>
      <th><button data-sort="by">By</button></th></tr></thead><tbody></tbody></table>
    <div class="ctl"><a class="btn sm" data-part="shapes-csv" download>CSV</a>
      <a class="btn sm" data-part="shapes-intensities" download
        title="With mean, deviation, extremes and integral of the pixels under each shape">CSV, intensities</a>
      <a class="btn sm" data-part="shapes-geojson" download>GeoJSON</a>
      <a class="btn sm" data-shapes="RoiSet.zip" download>ImageJ</a>
      <a class="btn sm" data-shapes="coco.json" download title="Areas and points; COCO has no lines">COCO</a>
      <a class="btn sm" data-shapes="shapes.mod" download title="Contours and points, slices as z">IMOD</a>
      <button class="btn sm" data-act="shape-import">Import…</button></div></section>`;

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, textContent: string, className = ""): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(tag), { textContent, className });

export const nameOf = (row: ShapeRow, classes: ReadonlyMap<string, ClassRow>): string =>
  row.label || `${classes.get(row.classKey)?.name ?? "No class"}, ${row.kind}`;

/** The number that tells most of a shape: diameter of an area, length of a line, degrees of an angle. */
export function sizeOf({ measures }: ShapeRow): { value: number; text: string } {
  if (!measures) return { value: NaN, text: "…" };
  const { equivalentDiameter, length, angleDeg, unit } = measures;
  if (angleDeg !== undefined && angleDeg !== null) return { value: angleDeg, text: `${number(angleDeg, 4)}°` };
  if (equivalentDiameter !== undefined && equivalentDiameter !== null)
    return { value: equivalentDiameter, text: `⌀ ${number(equivalentDiameter, 4)} ${unit}` };
  return length === undefined || length === null ? { value: NaN, text: "–" } : { value: length, text: `${number(length, 4)} ${unit}` };
}

/** Pixel values under the chosen shape, names and values. */
export function intensityOf({ unit, pixels, mean, standardDeviation, min, max, integral }: Intensity): [string, string][] {
  const words = (value: number | null): string => value === null ? "no value" : `${number(value, 5)}${unit ? ` ${unit}` : ""}`;
  return [["Mean", words(mean)], ["Deviation", words(standardDeviation)], ["Minimum", words(min)], ["Maximum", words(max)], ["Integral", words(integral)],
    ["Pixels", pixels.toLocaleString("en")]];
}

export function listClasses(host: HTMLElement, classes: readonly ClassRow[], count: (key: string) => number, current: string,
  choose: (key: string) => void): void {
  host.replaceChildren(...classes.filter(row => !row.mergedInto).map(row => {
    const item = element("li", ""), button = element("button", "");
    button.title = row.definition;
    button.setAttribute("aria-pressed", String(row.key === current));
    const swatch = element("i", "");
    swatch.style.background = row.colour;
    button.append(swatch, element("span", row.name, "grow"), element("span", count(row.key).toLocaleString("en"), "faint"),
      element("kbd", row.shortcut));
    button.addEventListener("click", () => choose(row.key));
    item.append(button);
    return item;
  }));
}

export type Sort = "name" | "size" | "by";

export function listObjects(
  table: HTMLElement, rows: readonly ShapeRow[], classes: ReadonlyMap<string, ClassRow>,
    view: { sort: Sort; down: boolean; filter: string; selected: string; inView?: string }, go: (id: string) => void): string {
  const words = view.filter.trim().toLowerCase();
  const found = rows.filter(row => !words || `${nameOf(row, classes)} ${row.kind} ${row.changedBy}`.toLowerCase().includes(words));
  const collator = new Intl.Collator("en", { numeric: true }), size = (row: ShapeRow): number => sizeOf(row).value;
  const order = view.sort === "size" ? (a: ShapeRow, b: ShapeRow) => (Number.isNaN(size(a)) ? 1 : 0) - (Number.isNaN(size(b)) ? 1 : 0) || size(a) - size(b)
    : view.sort === "by" ? (a: ShapeRow, b: ShapeRow) => collator.compare(a.changedBy, b.changedBy)
    : (a: ShapeRow, b: ShapeRow) => collator.compare(nameOf(a, classes), nameOf(b, classes));
  found.sort(order);
  if (view.down) found.reverse();
  table.hidden = rows.length === 0;
  table.querySelector("tbody")!.replaceChildren(...found.slice(0, mostListed).map(row => {
    const line = element("tr", ""), cell = element("td", ""), button = element("button", nameOf(row, classes));
    button.addEventListener("click", () => go(row.id));
    line.dataset["shape"] = row.id;
    line.setAttribute("aria-selected", String(row.id === view.selected));
    cell.append(button);
    line.append(cell, element("td", sizeOf(row).text, "num"), element("td", initials(row.changedBy)));
    line.lastElementChild!.setAttribute("title", row.changedBy);
    return line;
  }));
  for (const head of table.querySelectorAll<HTMLElement>("[data-sort]"))
    head.closest("th")!.setAttribute("aria-sort", head.dataset["sort"] !== view.sort ? "none" : view.down ? "descending" : "ascending");
  const shown = Math.min(found.length, mostListed);
  if (view.inView !== undefined) return `Objects, ${shown} of ${view.inView} in view listed`;
  return found.length < rows.length || shown < found.length ? `Objects, ${shown} of ${rows.length} listed` : `Objects, ${rows.length}`;
}

export const initials = (name: string): string => name.split(/\s+/).map(word => word[0] ?? "").join("").slice(0, 2).toUpperCase() || "–";
