import * as zarr from "zarrita";
import { axisLabel } from "../../Plots/browser/curve.ts";
import { plot } from "../../Plots/browser/plot.ts";
import type { Parts } from "./markup.ts";
import { toNumber } from "./pixels.ts";
import { present } from "./present.ts";
import { at, type Signal } from "./signal.ts";
import type { StrictStore } from "./strict-store.ts";

/** A single spectrum: the plot takes the whole canvas. */
export async function showSpectrum(host: HTMLElement, parts: Parts, signal: Signal, store: StrictStore): Promise<void> {
  const data = await zarr.get(present(await zarr.open.v3(zarr.root(store).resolve("0"), { kind: "array" })));
  const axis = signal.axes[0]!, canvas = parts.part("canvas"), y = Array.from(data.data as ArrayLike<number | bigint>, toNumber);
  host.classList.add("alone");
  const curve = { name: signal.name, x: y.map((_, i) => at(axis, i)), y, xUnit: axis.unit, yUnit: "counts" };
  plot(canvas, [curve], { xLabel: axisLabel(axis.unit, axis.name || "Channel"), yLabel: "Counts", height: canvas.clientHeight });
  host.dataset["ready"] = "true";
}
