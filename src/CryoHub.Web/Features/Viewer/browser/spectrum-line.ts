import { section, stage } from "./kinds/stage.ts";
import { drawMap } from "./map-picture.ts";
import type { Parts } from "./markup.ts";
import type { Dataset, Signal } from "./signal.ts";
import { Spectra } from "./spectra.ts";
import { SpectrumPanel, type Selection } from "./spectrum-panel.ts";
import type { StrictStore } from "./strict-store.ts";
import type { Box } from "./tools.ts";

/** Spectra along a line: position downwards, energy across; a click or the arrows choose a position. */
export async function showLine(host: HTMLElement, parts: Parts, dataset: Dataset, signal: Signal, store: StrictStore): Promise<void> {
  const spectra = await Spectra.open(store), rows = spectra.columns, width = signal.axes.at(-1)!.size, place = parts.part("canvas");
  const values = Float32Array.from(await spectra.read({ x: 0, y: 0, width: rows, height: 1 }));
  const picture = document.createElement("canvas"), mark = Object.assign(document.createElement("i"), { className: "row" });
  drawMap(picture, { name: signal.name, unit: "counts", width, height: rows, values });
  const { controls } = stage(host, parts, "Spectra along a line");
  controls.append(section("Line", `${rows} spectra, position downwards, energy across. A click, or the arrows up and down, choose one.`));
  Object.assign(place, { tabIndex: 0 });
  place.setAttribute("role", "application");
  place.replaceChildren(picture, mark);
  place.setAttribute("aria-label", `${rows} spectra, position downwards, energy across; up and down choose one`);
  host.classList.add("line");

  let chosen: Box = { x: 0, y: 0, width: 1, height: 1 };
  const selection: Selection = {
    onRegion: () => {},
    select: box => {
      chosen = box;
      Object.assign(mark.style, { top: `${100 * box.x / rows}%`, height: `${100 * box.width / rows}%` });
      parts.part("position").textContent = `Position ${box.x + 1} of ${rows}`;
      selection.onRegion(box);
    },
  };
  const choose = (row: number): void => selection.select({ x: Math.min(rows - 1, Math.max(0, row)), y: 0, width: 1, height: 1 });
  place.addEventListener("click", event => {
    const { top, height } = place.getBoundingClientRect();
    choose(Math.floor((event.clientY - top) / height * rows));
  });
  place.addEventListener("keydown", event => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    choose(chosen.x + (event.key === "ArrowDown" ? 1 : -1));
  });
  await SpectrumPanel.open(host, parts, dataset, signal, spectra, selection);
}
