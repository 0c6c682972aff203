import type uPlot from "uplot";
import * as zarr from "zarrita";
import { axisLabel } from "../../Plots/browser/curve.ts";
import { plot } from "../../Plots/browser/plot.ts";
import { EdgeChooser, isEnergyLoss } from "./edge-chooser.ts";
import { energiesOf } from "./energy.ts";
import { choice, section, stage } from "./kinds/stage.ts";
import type { Parts } from "./markup.ts";
import { toNumber } from "./pixels.ts";
import { present } from "./present.ts";
import { chooseReference, type Reference } from "./reference-chooser.ts";
import { below } from "./reference-curve.ts";
import { at, hasEnergy, type Dataset, type Signal } from "./signal.ts";
import type { StrictStore } from "./strict-store.ts";
import { number } from "./units.ts";

/** A single spectrum: the plot takes the whole canvas, the point under the cursor is told below. */
export async function showSpectrum(host: HTMLElement, parts: Parts, dataset: Dataset, signal: Signal, store: StrictStore): Promise<void> {
  const data = await zarr.get(present(await zarr.open.v3(zarr.root(store).resolve("0"), { kind: "array" })));
  const { body, controls } = stage(host, parts, "Spectrum"), axis = signal.axes[0]!, y = Array.from(data.data as ArrayLike<number | bigint>, toNumber);
  const curve = { name: signal.name, x: y.map((_, i) => at(axis, i)), y, xUnit: axis.unit, yUnit: signal.valueUnit || "counts" };
  const xLabel = axisLabel(axis.unit, axis.name || "Channel"), yLabel = signal.valueUnit ? `Intensity (${signal.valueUnit})` : "Counts";
  const tell = (chart: uPlot): void => {
    const index = chart.cursor.idx;
    if (index === null || index === undefined) return;
    parts.part("position").textContent = `${number(chart.data[0][index]!, 6)} ${axis.unit || "ch"}`;
    parts.part("value").textContent = `value ${String(chart.data[1]![index] ?? "none")}`;
  };
  let drawn: uPlot | undefined, reference: Reference | undefined, shown = "linear";
  const edges = new EdgeChooser(), energies = energiesOf(axis), inEv = hasEnergy(signal) && axis.unit === "eV" && isEnergyLoss(energies);
  const draw = (scale: string): void => {
    drawn?.destroy();
    shown = scale;
    const y = reference && below({ energies: energies.values, counts: curve.y }, reference);
    const curves = y ? [curve, { ...curve, name: `Reference ${reference!.name}`, y }] : [curve];
    drawn = plot(body, curves, { xLabel, yLabel, logY: scale === "log", height: body.clientHeight, hooks: { setCursor: [tell], ...edges.labels.hooks } });
  };
  controls.append(section("Scale", choice("Counts", [["linear", "Linear"], ["log", "Logarithmic"]], "linear", draw)));
  draw("linear");
  if (hasEnergy(signal) && axis.unit === "eV") {
    const list = await chooseReference(dataset.id, signal.index, chosen => { reference = chosen; draw(shown); });
    if (list) controls.append(section("Reference", list));
  }
  if (!inEv) return;
  const names = document.createElement("div"), elements = signal.metadata?.["elements"];
  controls.append(section("Edges", names));
  await edges.show(names, energies, { dataset: dataset.id, signal: signal.index }, Array.isArray(elements) ? elements.map(String) : [])
    .catch((error: unknown) => { names.textContent = error instanceof Error ? error.message : String(error); });
}
