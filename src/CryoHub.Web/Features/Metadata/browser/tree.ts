import { pieces, rowsOf, wordsOf, type Row } from "./rows.ts";

let trees = 0;

/**
 * A searchable tree of names and values. Arrows walk and unfold, Home and End jump, Enter (or a click) copies the value of a line, with Shift its path.
 */
export class Tree {
  private readonly open = new Set<string>();
  private readonly find: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly says: HTMLElement;
  private readonly id = `tree-${++trees}`;
  private rows: Row[] = [];
  private at = 0;
  private pending = 0;

  constructor(host: HTMLElement, private readonly root: unknown) {
    host.classList.add("tree");
    host.innerHTML = `<input type="search" placeholder="Find a name or value" aria-label="Find in the metadata" autocomplete="off">
      <p class="says" role="status"></p><div role="tree" tabindex="0" aria-label="Original metadata"></div>`;
    this.find = host.querySelector("input")!;
    this.list = host.querySelector<HTMLElement>("[role=tree]")!;
    this.says = host.querySelector<HTMLElement>("p")!;
    this.find.addEventListener("input", () => { clearTimeout(this.pending); this.pending = window.setTimeout(() => this.draw(), 120); });
    this.find.addEventListener("keydown", event => {
      if (event.key !== "ArrowDown" || this.rows.length === 0) return;
      event.preventDefault();
      this.list.focus();
    });
    this.list.addEventListener("keydown", event => this.key(event));
    this.list.addEventListener("click", event => {
      const line = (event.target as Element).closest<HTMLElement>("[role=treeitem]");
      if (!line) return;
      this.go(Number(line.dataset["row"]));
      this.act(event.shiftKey);
    });
    const top = rowsOf(root, this.open, "").rows;
    if (top.length === 1 && top[0]!.branch) this.open.add(top[0]!.path);   // a single root says nothing folded
    this.draw();
  }

  private draw(): void {
    const filter = this.find.value, words = wordsOf(filter), { rows, left, found } = rowsOf(this.root, this.open, filter);
    this.rows = rows;
    this.list.replaceChildren(...rows.map((row, i) => this.line(row, i, words)));
    const all = rows.length === 0 ? "The file states nothing." : more(left).slice(2);
    this.says.textContent = words.length > 0 ? `${found.toLocaleString("en")} found${more(left)}` : all;
    this.go(Math.min(this.at, rows.length - 1), false);
  }

  private line(row: Row, index: number, words: readonly string[]): HTMLElement {
    const line = document.createElement("div");
    Object.assign(line, { id: `${this.id}-${index}`, title: row.path });
    line.setAttribute("role", "treeitem");
    line.setAttribute("aria-level", String(row.level));
    line.dataset["row"] = String(index);
    line.style.setProperty("--level", String(row.level - 1));
    if (row.branch) line.setAttribute("aria-expanded", String(row.open));
    line.append(marked("b", row.name, words), ...(row.branch ? [] : [" ", marked("span", row.text, words)]));
    return line;
  }

  private key(event: KeyboardEvent): void {
    const row = this.rows[this.at];
    const parent = row ? this.rows.findLastIndex((above, i) => i < this.at && above.level < row.level) : -1;
    const moves: Record<string, () => void> = {
      ArrowDown: () => this.go(this.at + 1), ArrowUp: () => this.go(this.at - 1), Home: () => this.go(0), End: () => this.go(this.rows.length - 1),
      ArrowRight: () => { if (row?.branch && !row.open) this.toggle(row); else if (row?.branch) this.go(this.at + 1); },
      ArrowLeft: () => { if (row?.branch && row.open && this.find.value === "") this.toggle(row); else if (parent >= 0) this.go(parent); },
      Enter: () => this.act(event.shiftKey), " ": () => this.act(event.shiftKey),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  private act(isPath: boolean): void {
    const row = this.rows[this.at];
    if (row?.branch && !isPath) this.toggle(row);
    else if (row) void this.copy(isPath ? row.path : row.text, isPath ? "path" : `value of ${row.path}`);
  }

  private toggle(row: Row): void {
    if (!this.open.delete(row.path)) this.open.add(row.path);
    this.draw();
  }

  private go(index: number, scroll = true): void {
    const lines = this.list.children;
    lines[this.at]?.removeAttribute("aria-selected");
    this.at = Math.max(0, Math.min(this.rows.length - 1, index));
    const line = lines[this.at];
    if (!line) { this.list.removeAttribute("aria-activedescendant"); return; }
    line.setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", line.id);
    if (scroll) line.scrollIntoView({ block: "nearest" });
  }

  private async copy(text: string, what: string): Promise<void> {
    try { await navigator.clipboard.writeText(text); this.says.textContent = `Copied the ${what}`; }
    catch { this.says.textContent = "The browser did not allow copying"; }
  }
}

const more = (left: number): string => left > 0 ? `; ${left.toLocaleString("en")} more lines: narrow the search` : "";

function marked(tag: string, text: string, words: readonly string[]): HTMLElement {
  const element = document.createElement(tag);
  element.append(...pieces(text, words).map((piece, i) => {
    if (i % 2 === 0) return piece;
    const mark = document.createElement("mark");
    mark.textContent = piece;
    return mark;
  }));
  return element;
}
