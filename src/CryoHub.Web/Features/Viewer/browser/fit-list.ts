import type { Answer } from "./preview.ts";
import { number } from "./units.ts";

/** The numbers of a fit beside the spectrum; warnings in amber. */
export function listFit(host: HTMLElement, { numbers, warnings }: Pick<Answer, "numbers" | "warnings">): void {
  const list = Object.assign(document.createElement("dl"), { className: "kv" });
  for (const { name, value, unit, uncertainty } of numbers) {
    const words = value === null ? "none" : `${number(value, 4)}${uncertainty ? ` ± ${number(uncertainty, 2)}` : ""} ${unit}`.trim();
    const term = Object.assign(document.createElement("dt"), { textContent: name.split(": ").at(-1)! });
    list.append(term, Object.assign(document.createElement("dd"), { textContent: words }));
  }
  host.replaceChildren(list, ...warnings.map(warning => Object.assign(document.createElement("p"), { className: "poor", textContent: warning })));
}
