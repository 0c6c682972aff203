import * as zarr from "zarrita";
import { pieces, wordsOf } from "../../../Metadata/browser/rows.ts";
import type { Parts } from "../markup.ts";
import { present } from "../present.ts";
import type { Signal } from "../signal.ts";
import type { StrictStore } from "../strict-store.ts";
import { section, stage } from "./stage.ts";

/** Bytes and lines that are shown; a longer text is told to be cut. */
const mostBytes = 4_000_000, mostLines = 60_000;

/** Text as it stands, with its line numbers and a search: Enter goes to the next line found, Shift and Enter to the one before. */
export async function showDocument(host: HTMLElement, parts: Parts, signal: Signal, store: StrictStore): Promise<void> {
  const array = present(await zarr.open.v3(zarr.root(store).resolve("0"), { kind: "array" })), size = array.shape[0]!;
  const { data } = await zarr.get(array, [zarr.slice(0, Math.min(size, mostBytes))]) as { data: Uint8Array };
  const all = new TextDecoder().decode(data).split(/\r\n|\n|\r/), { body, controls } = stage(host, parts, "Text");
  new DocumentView(body, controls, all.slice(0, mostLines), words => { parts.part("position").textContent = words; });
  const cut = size > mostBytes || all.length > mostLines;
  if (cut) controls.append(section("Cut", "Only the beginning is shown here; the original can be downloaded from the data set's page."));
  parts.part("value").textContent = `${signal.shape[0]!.toLocaleString("en")} bytes`;
}

/** Numbers of the lines that hold all the words. */
export function linesWith(lines: readonly string[], filter: string): number[] {
  const words = wordsOf(filter);
  if (words.length === 0) return [];
  return lines.flatMap((line, i) => words.every(word => line.toLowerCase().includes(word)) ? [i] : []);
}

class DocumentView {
  private readonly drawn: HTMLElement[];
  private readonly says = Object.assign(document.createElement("p"), { className: "faint" });
  private readonly find = document.createElement("input");
  private found: number[] = [];
  private at = -1;
  private pending = 0;

  constructor(body: HTMLElement, controls: HTMLElement, private readonly lines: readonly string[], say: (words: string) => void) {
    const text = document.createElement("ol");
    text.className = "text";
    this.drawn = lines.map(line => Object.assign(document.createElement("li"), { textContent: line }));
    text.append(...this.drawn);
    body.classList.add("rows");
    body.tabIndex = 0;
    body.setAttribute("role", "region");
    body.setAttribute("aria-label", "Text");
    body.replaceChildren(text);
    Object.assign(this.find, { type: "search", placeholder: "Find", autocomplete: "off" });
    this.find.setAttribute("aria-label", "Find in the text");
    this.says.setAttribute("role", "status");
    controls.append(section("Find", this.find, this.says));
    this.find.addEventListener("input", () => { clearTimeout(this.pending); this.pending = window.setTimeout(() => this.search(), 120); });
    this.find.addEventListener("keydown", event => {
      if (event.key !== "Enter" || this.found.length === 0) return;
      event.preventDefault();
      this.go((this.at + (event.shiftKey ? -1 : 1) + this.found.length) % this.found.length);
    });
    say(`${lines.length.toLocaleString("en")} lines`);
  }

  private search(): void {
    for (const line of this.found) this.drawn[line]!.textContent = this.lines[line]!;
    this.drawn[this.found[this.at] ?? -1]?.classList.remove("on");
    const filter = this.find.value, words = wordsOf(filter);
    this.found = linesWith(this.lines, filter);
    for (const line of this.found) {
      this.drawn[line]!.replaceChildren(...pieces(this.lines[line]!, words).map((piece, i) => {
        if (i % 2 === 0) return piece;
        return Object.assign(document.createElement("mark"), { textContent: piece });
      }));
    }
    this.says.textContent = words.length > 0 ? `In ${this.found.length.toLocaleString("en")} lines` : "";
    this.at = -1;
    if (this.found.length > 0) this.go(0);
  }

  private go(index: number): void {
    this.drawn[this.found[this.at] ?? -1]?.classList.remove("on");
    this.at = index;
    const line = this.drawn[this.found[index]!]!;
    line.classList.add("on");
    line.scrollIntoView({ block: "center" });
    this.says.textContent = `${index + 1} of ${this.found.length.toLocaleString("en")} lines`;
  }
}
