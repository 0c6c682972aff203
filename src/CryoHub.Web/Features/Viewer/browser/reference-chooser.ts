import * as zarr from "zarrita";
import { getJson } from "./api.ts";
import { energiesOf } from "./energy.ts";
import { toNumber } from "./pixels.ts";
import { present } from "./present.ts";
import type { Spectrum } from "./reference-curve.ts";
import type { Signal } from "./signal.ts";
import { StrictStore } from "./strict-store.ts";

interface Row { id: string; name: string; notes: string; datasetId: string; signal: number; datasetName: string; labName: string }

/** A spectrum of the library, with what its curve is called. */
export interface Reference extends Spectrum { name: string }

const most = 4e6;   // numbers that are fetched to be summed; an image of spectra beyond it is no curve

/** A list of the library's spectra; the chosen one is read and handed on, `undefined` for none. Empty where the library is. */
export async function chooseReference(dataset: string, signal: number, changed: (reference: Reference | undefined) => void): Promise<HTMLElement | undefined> {
  const { items } = await getJson<{ items: Row[] }>("/api/spectra?take=200");
  const rows = items.filter(row => row.datasetId !== dataset || row.signal !== signal);
  if (rows.length === 0) return undefined;
  const list = document.createElement("select");
  list.className = "input reference";
  list.setAttribute("aria-label", "Reference spectrum drawn below");
  list.append(new Option("No reference", ""), ...rows.map(row => new Option(row.name, row.id)));
  let turn = 0;
  list.addEventListener("change", () => {
    const row = rows.find(({ id }) => id === list.value), mine = ++turn;
    list.title = row ? `${row.datasetName}, ${row.labName}${row.notes ? `: ${row.notes}` : ""}` : "";
    if (!row) { changed(undefined); return; }
    read(row).then(
      reference => { if (mine === turn) changed(reference); },
      (error: unknown) => {
        if (mine !== turn) return;
        list.value = "";
        list.title = error instanceof Error ? error.message : String(error);
        changed(undefined);
      });
  });
  return list;
}

async function read(row: Row): Promise<Reference> {
  const path = `/api/datasets/${row.datasetId}/signals/${row.signal}`, signal = await getJson<Signal>(path), axis = signal.axes.at(-1)!;
  const { unit, values } = energiesOf(axis);
  if (unit !== "eV") throw new Error(`${row.name} has no energies.`);
  if (signal.shape.reduce((product, size) => product * size, 1) > most) {
    throw new Error(`${row.name} holds ${signal.shape.join(" × ")} numbers; too many to be summed here.`);
  }
  const { data } = await zarr.get(present(await zarr.open.v3(zarr.root(new StrictStore(`${path}.zarr`)).resolve("0"), { kind: "array" })));
  const counts = new Array<number>(axis.size).fill(0);
  Array.from(data as ArrayLike<number | bigint>, toNumber).forEach((value, i) => { counts[i % axis.size]! += value; });
  return { name: row.name, energies: values, counts };
}
