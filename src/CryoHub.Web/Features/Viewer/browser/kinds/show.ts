import type { Parts } from "../markup.ts";
import { hasEnergy, kindKey, type Dataset, type Signal } from "../signal.ts";
import { showSpectrum } from "../single-spectrum.ts";
import { showLine } from "../spectrum-line.ts";
import type { StrictStore } from "../strict-store.ts";
import { showDocument } from "./document.ts";
import { showModel } from "./model.ts";
import { showPointCloud } from "./point-cloud.ts";
import { showStructure } from "./structure.ts";
import { showTable } from "./table.ts";
import { showTrace } from "./trace.ts";
import { showVolume } from "./volume.ts";

/** The first view of what is no picture, by kind; false for pictures, which get the workbench. */
export async function showKind(host: HTMLElement, parts: Parts, dataset: Dataset, signal: Signal, store: StrictStore, source: string): Promise<boolean> {
  const kind = kindKey(signal.kind), rank = signal.shape.length, isSliced = new URLSearchParams(location.search).get("view") === "slices";
  if (kind === "structure") await showStructure(host, parts, signal);
  else if (kind === "document" && rank === 1) await showDocument(host, parts, signal, store);
  else if (kind === "point-cloud") await showPointCloud(host, parts, signal, store);
  else if (kind === "model") await showModel(host, parts, signal, store);
  else if (kind === "trace" && rank <= 2) await showTrace(host, parts, signal, store);
  else if (kind === "table" && rank <= 2) await showTable(host, parts, signal, store);
  else if (kind === "volume" && rank === 3 && !isSliced) showVolume(host, parts, source);
  else if (rank === 1) await showSpectrum(host, parts, dataset, signal, store);
  else if (rank === 2 && hasEnergy(signal)) await showLine(host, parts, dataset, signal, store);
  else return false;
  return true;
}
