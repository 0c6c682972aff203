import { messageOf } from "../api.ts";
import type { ImportPlan, LayerServer } from "./layer-server.ts";

const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What the file would do, a line a fact. */
export function factsOf(plan: ImportPlan): string[] {
  const kinds = plan.kinds.map(({ kind, count }) => plural(count, kind)).join(", ");
  return [
    `${plan.format}, ${plural(plan.found, "shape")} found.`,
    plan.new ? `${plural(plan.new, "new shape")} to draw: ${kinds}.` : "Nothing new to draw.",
    ...plan.there ? [`${plural(plan.there, "shape is", "shapes are")} on this layer already and will not be doubled.`] : [],
    ...plan.warnings,
  ];
}

export const newClassesOf = (plan: ImportPlan): string[] => plan.classes.filter(one => one.isNew).map(one => one.name);

/** Asks for a file, shows what would be drawn, and draws it once that was said. Resolves with the number of shapes, or undefined where nothing was done. */
export class ImportDialog {
  private readonly dialog = document.createElement("dialog");
  private file: File | undefined;
  private plan: ImportPlan | undefined;
  private asked = 0;

  constructor(host: HTMLElement, private readonly server: LayerServer, private readonly done: (importId: string, words: string) => void) {
    this.dialog.className = "clash import";
    this.dialog.setAttribute("aria-labelledby", "import-says");
    this.dialog.innerHTML = `<form method="dialog"><h2 id="import-says">Import shapes</h2>
      <label class="typed">File<input type="file" data-import="file"></label>
      <p class="faint">GeoJSON in pixels (CryoHub, QuPath), ImageJ selections (.roi, RoiSet.zip),
        COCO (.json), IMOD models (.mod), or points with x and y (CSV).</p>
      <div data-import="facts" role="status"></div>
      <label class="choice" hidden><input type="checkbox" data-import="make"><span></span></label>
      <label class="choice" hidden><input type="checkbox" data-import="leave"><span></span></label>
      <div class="ctl"><button class="btn sm primary" type="button" data-import="go" disabled>Import</button>
        <button class="btn sm">Cancel</button></div></form>`;
    this.input("file").addEventListener("change", () => void this.look());
    this.input("leave").addEventListener("change", () => this.allow());
    this.find("go").addEventListener("click", () => void this.draw());
    this.dialog.addEventListener("close", () => this.dialog.remove());
    host.append(this.dialog);
    this.dialog.showModal();
  }

  private find(name: string): HTMLElement { return this.dialog.querySelector<HTMLElement>(`[data-import=${name}]`)!; }
  private input(name: string): HTMLInputElement { return this.find(name) as HTMLInputElement; }

  private async look(): Promise<void> {
    const asked = ++this.asked;
    this.file = this.input("file").files?.[0];
    this.plan = undefined;
    this.tell(this.file ? ["Reading …"] : []);
    this.offer();
    if (!this.file) return;
    try {
      const plan = await this.server.plan(this.file);
      if (asked !== this.asked) return; // another file was chosen meanwhile
      this.plan = plan;
      this.tell(factsOf(plan), plan.reasons);
      this.classes(plan);
      this.offer();
    } catch (error) { if (asked === this.asked) this.tell([messageOf(error)]); }
  }

  private tell(facts: readonly string[], reasons: readonly string[] = []): void {
    const line = (words: string, tag: "p" | "li"): HTMLElement => Object.assign(document.createElement(tag), { textContent: words });
    const list = document.createElement("ul");
    list.append(...reasons.map(words => line(words, "li")));
    this.find("facts").replaceChildren(...facts.map(words => line(words, "p")), ...reasons.length ? [list] : []);
  }

  private classes(plan: ImportPlan): void {
    if (!plan.classes.some(one => one.named)) return;
    const list = document.createElement("ul");
    list.className = "made";
    list.append(...plan.classes.map(one => {
      const item = document.createElement("li"), swatch = document.createElement("i");
      swatch.style.background = one.colour || "#E8EDF1";
      const name = !one.named ? "No class" : one.isNew ? `${one.name} (new)` : one.name === one.named ? one.name : `${one.named} as ${one.name}`;
      item.append(swatch, Object.assign(document.createElement("span"), { textContent: `${name}, ${one.count.toLocaleString("en")}` }));
      return item;
    }));
    this.find("facts").append(list);
  }

  private offer(): void {
    const made = this.plan ? newClassesOf(this.plan) : [], bad = this.plan?.leftOut ?? 0;
    const show = (name: string, is: boolean, words: string): void => {
      const label = this.find(name).closest("label")!;
      label.hidden = !is;
      label.querySelector("span")!.textContent = words;
    };
    const makes = made.length > 0 && this.plan!.mayMakeClasses;
    show("make", makes, `Make ${plural(made.length, "new class", "new classes")}; otherwise the shapes come without one`);
    this.input("make").checked = makes;
    show("leave", bad > 0, `Leave out ${plural(bad, "shape")} that cannot be drawn`);
    this.input("leave").checked = false;
    this.allow();
  }

  private allow(): void {
    const plan = this.plan;
    (this.find("go") as HTMLButtonElement).disabled = !plan || plan.new === 0 || (plan.leftOut > 0 && !this.input("leave").checked);
    this.find("go").textContent = plan?.new ? `Import ${plural(plan.new, "shape")}` : "Import";
  }

  private async draw(): Promise<void> {
    const id = crypto.randomUUID(), go = this.find("go") as HTMLButtonElement;
    go.disabled = true;
    try {
      const done = await this.server.drawFile(id, this.file!, this.input("make").checked, this.input("leave").checked);
      this.dialog.close();
      this.done(id, `${plural(done.shapes, "shape")} imported${done.classes.length ? `, ${plural(done.classes.length, "class", "classes")} made` : ""}.`);
    } catch (error) {
      this.tell([messageOf(error)]);
      this.allow();
    }
  }
}
