/** The periods by rows of 18 groups; the lanthanides and actinides stand below, as they are printed. */
const periods = [
  "H . . . . . . . . . . . . . . . . He",
  "Li Be . . . . . . . . . . B C N O F Ne",
  "Na Mg . . . . . . . . . . Al Si P S Cl Ar",
  "K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr",
  "Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe",
  "Cs Ba . Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn",
  ". . La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu .",
  ". . Ac Th Pa U . . . . . . . . . . . .",
];

export interface Cell { element: string; row: number; column: number }

/** Row and column, from 1, of each element. */
export const cells: readonly Cell[] = periods.flatMap((period, row) =>
  period.split(" ").flatMap((element, column) => element === "." ? [] : [{ element, row: row + 1, column: column + 1 }]));

let count = 0;

/** A button that opens a periodic table to choose elements from; those without an edge in the spectrum cannot be chosen. */
export class PeriodicTable {
  readonly node = document.createElement("div");
  private readonly open = Object.assign(document.createElement("button"), { className: "btn sm", type: "button" });
  private readonly grid = document.createElement("div");
  private chosen = new Set<string>();
  /** Whether a person has chosen; nothing is chosen for them from then on. */
  touched = false;

  constructor(private readonly possible: ReadonlySet<string>, private readonly changed: (elements: ReadonlySet<string>) => void) {
    this.grid.className = "ptable";
    this.grid.id = `ptable-${++count}`;
    this.grid.popover = "auto";
    this.grid.setAttribute("role", "group");
    this.grid.setAttribute("aria-label", "Elements whose edges are labelled");
    this.open.setAttribute("popovertarget", this.grid.id);
    for (const { element, row, column } of cells) {
      const cell = Object.assign(document.createElement("button"), { type: "button", textContent: element, disabled: !possible.has(element) });
      Object.assign(cell.style, { gridRow: String(row), gridColumn: String(column) });
      cell.dataset["element"] = element;
      cell.addEventListener("click", () => this.toggle(element));
      this.grid.append(cell);
    }
    this.node.append(this.open, this.grid);
    this.choose([]);
  }

  /** Replaces the choice; elements without an edge here are left out. */
  choose(elements: Iterable<string>): void {
    this.chosen = new Set([...elements].filter(element => this.possible.has(element)));
    this.show();
  }

  private toggle(element: string): void {
    this.touched = true;
    if (!this.chosen.delete(element)) this.chosen.add(element);
    this.show();
  }

  private show(): void {
    for (const cell of this.grid.querySelectorAll<HTMLButtonElement>("button"))
      cell.setAttribute("aria-pressed", String(this.chosen.has(cell.dataset["element"]!)));
    this.open.textContent = this.chosen.size > 0 ? `Edges: ${[...this.chosen].join(", ")}` : "Label edges";
    this.changed(this.chosen);
  }
}
