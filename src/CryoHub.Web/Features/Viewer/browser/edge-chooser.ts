import { sendJson } from "./api.ts";
import { EdgeLabels } from "./edge-labels.ts";
import { edgeTable, labelsOf } from "./edge-table.ts";
import type { Energies } from "./energy.ts";
import { PeriodicTable } from "./periodic-table.ts";
import type { Box } from "./tools.ts";

const widest = 5000;   // eV; beyond it is an X-ray spectrum, whose lines are another matter

interface Table { name: string; columns: { name: string; values: (string | number | null)[] }[] }
interface Answer { numbers: { name: string; value: number | null }[]; tables: Table[] }

/** Whether the spectrum counts energy losses: calibrated, and no wider than any spectrometer. */
export const isEnergyLoss = ({ unit, values }: Energies): boolean => unit === "eV" && values.length > 1 && values.at(-1)! - values[0]! <= widest;

/** Elements and shift of the scale in an answer of `eels-edges`. */
export function foundIn({ numbers, tables }: Answer): { elements: string[]; shift: number } {
  const column = tables.find(({ name }) => name === "Edges")?.columns.find(({ name }) => name === "Element");
  return { elements: (column?.values ?? []).map(String), shift: numbers.find(({ name }) => name === "Energy scale too high by")?.value ?? 0 };
}

/** Edge labels of one plot: the elements that `eels-edges` finds, or those of the file where it finds none, until a person chooses others. */
export class EdgeChooser {
  readonly labels = new EdgeLabels();

  /** Fills `host`; leaves it empty where the spectrum has no edges of the table. */
  async show(host: HTMLElement, energies: Energies, ask: { dataset: string; signal: number; region?: Box }, ofFile: readonly string[]): Promise<void> {
    const from = energies.values[0]!, to = energies.values.at(-1)!;
    let shift = 0;
    const table = await edgeTable();
    const possible = new Set(table.filter(({ onsetEv }) => onsetEv >= from && onsetEv <= to).map(({ element }) => element));
    if (possible.size === 0) return;
    const picker = new PeriodicTable(possible, elements => this.labels.set(labelsOf(table, elements, from, to, shift)));
    host.replaceChildren(picker.node);
    picker.choose(ofFile);
    const question = {
      analysis: "eels-edges",
      inputs: [{ role: "signal", datasetId: ask.dataset, signal: ask.signal }],
      parameters: ask.region ? { region: ask.region } : {},
    };
    const found = foundIn(await sendJson<Answer>("POST", "/api/previews", question));
    if (found.elements.length === 0 || picker.touched) return;
    ({ shift } = found);
    picker.choose(found.elements);
  }
}
