import type { Parts } from "../markup.ts";
import type { Column, Signal } from "../signal.ts";
import type { StrictStore } from "../strict-store.ts";
import { loadColumns, type Columns } from "./columns.ts";
import { section, stage } from "./stage.ts";

const rowHeight = 28, spare = 12;

/** Any table: units in the headings, a click on a heading sorts, and only the rows in sight are drawn. */
export async function showTable(host: HTMLElement, parts: Parts, signal: Signal, store: StrictStore): Promise<void> {
  const loaded = await loadColumns(signal, store), { body, controls } = stage(host, parts, "Table");
  controls.append(summary(loaded));
  new TableView(body, loaded, words => { parts.part("position").textContent = words; });
}

function summary({ columns, rows, total }: Columns): HTMLElement {
  const words = document.createElement("p");
  words.className = "faint";
  const count = `${total.toLocaleString("en")} rows of ${columns.length} columns.`;
  words.textContent = rows < total ? `${count} Here are the first ${rows.toLocaleString("en")}; the export has all.` : count;
  return section("Table", words);
}

/** The text of a cell: a word, the number to nine digits, or an en dash where there is none. */
export function cellText(column: Column, value: number): string {
  if (Number.isNaN(value)) return "–";
  return column.words ? column.words[value] ?? "–" : String(Number(value.toPrecision(9))).replaceAll("-", "\u2212");
}

/** Row numbers in the order of a column: empty cells last either way, equal values in the order of the file. */
export function orderBy(column: Column, values: Float64Array, falling: boolean): Uint32Array {
  const sign = falling ? -1 : 1, order = Uint32Array.from(values, (_, i) => i), rank = column.words && ranks(column.words);
  const value = (row: number): number => rank ? rank[values[row]!] ?? NaN : values[row]!;
  return order.sort((a, b) => {
    const x = value(a), y = value(b);
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    return sign * (x < y ? -1 : x > y ? 1 : 0) || a - b;
  });
}

function ranks(words: readonly string[]): number[] {
  const sorted = words.map((word, i) => ({ word, i })).sort((a, b) => a.word.localeCompare(b.word, "en", { numeric: true }));
  const out = new Array<number>(words.length);
  sorted.forEach(({ i }, place) => { out[i] = place; });
  return out;
}

/** The rows in sight, between two empty rows as high as those above and below. */
export class TableView {
  private order: Uint32Array | undefined;
  private sorted = -1;
  private falling = false;
  private readonly table = document.createElement("table");
  private readonly rows = document.createElement("tbody");

  constructor(private readonly body: HTMLElement, private readonly loaded: Columns, private readonly say: (words: string) => void) {
    body.classList.add("rows");
    body.tabIndex = 0;
    body.setAttribute("role", "region");
    body.setAttribute("aria-label", "Rows of the table");
    this.table.setAttribute("aria-rowcount", String(loaded.rows + 1));
    this.table.append(this.head(), this.rows);
    body.replaceChildren(this.table);
    body.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(body);
    this.draw();
  }

  private head(): HTMLElement {
    const head = document.createElement("thead"), row = head.insertRow();
    this.loaded.columns.forEach((column, index) => {
      const cell = document.createElement("th"), button = document.createElement("button"), unit = document.createElement("span");
      Object.assign(cell, { scope: "col", className: column.words ? "" : "num" });
      Object.assign(unit, { className: "u", textContent: column.unit ? ` ${column.unit}` : "" });
      button.append(column.name, unit);
      button.addEventListener("click", () => this.sort(index));
      cell.append(button);
      row.append(cell);
    });
    return head;
  }

  private sort(index: number): void {
    this.falling = this.sorted === index && !this.falling;
    this.sorted = index;
    this.order = orderBy(this.loaded.columns[index]!, this.loaded.data[index]!, this.falling);
    [...this.table.querySelectorAll("th")].forEach((cell, i) => {
      if (i === index) cell.setAttribute("aria-sort", this.falling ? "descending" : "ascending"); else cell.removeAttribute("aria-sort");
    });
    this.draw();
  }

  private draw(): void {
    const { loaded, body } = this, first = Math.max(0, Math.floor(body.scrollTop / rowHeight) - spare);
    const last = Math.min(loaded.rows, Math.ceil((body.scrollTop + body.clientHeight) / rowHeight) + spare);
    const lines = Array.from({ length: Math.max(0, last - first) }, (_, i) => this.line(first + i));
    this.rows.replaceChildren(gap(first * rowHeight), ...lines, gap((loaded.rows - last) * rowHeight));
    const top = Math.min(loaded.rows, Math.floor(body.scrollTop / rowHeight) + 1), shown = Math.floor((body.clientHeight - rowHeight) / rowHeight);
    this.say(`Rows ${top.toLocaleString("en")} to ${Math.min(loaded.rows, top + shown).toLocaleString("en")} of ${loaded.rows.toLocaleString("en")}`);
  }

  private line(place: number): HTMLElement {
    const line = document.createElement("tr"), row = this.order?.[place] ?? place;
    line.setAttribute("aria-rowindex", String(place + 2));
    this.loaded.columns.forEach((column, i) => {
      const cell = line.insertCell();
      cell.textContent = cellText(column, this.loaded.data[i]![row]!);
      if (!column.words) cell.className = "num";
    });
    return line;
  }
}

/** A table's row cannot be higher than a browser draws (some 17 million pixels), so tall gaps are cut into pieces. */
function gap(height: number): DocumentFragment {
  const piece = 8_000_000, fragment = document.createDocumentFragment();
  for (let left = height; left > 0; left -= piece) {
    const row = document.createElement("tr");
    row.setAttribute("aria-hidden", "true");
    row.style.height = `${Math.min(piece, left)}px`;
    fragment.append(row);
  }
  return fragment;
}
