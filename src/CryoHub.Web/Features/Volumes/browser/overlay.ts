import * as zarr from "zarrita";
import { getJson } from "../../Viewer/browser/api.ts";
import { Pyramid } from "../../Viewer/browser/pyramid.ts";
import type { Axis } from "../../Viewer/browser/signal.ts";
import { StrictStore } from "../../Viewer/browser/strict-store.ts";
import { levelFor, load, type Volume } from "./volume.ts";

export interface LabelClass { value: number; name: string; colour: string }

/** A volume in the store before its voxels are read. */
export interface Source { pyramid: Pyramid; axes: Axis[]; labels: LabelClass[] | undefined; isWhole: boolean }

/** Voxels that are names of things, over grey ones; `colour` gives red, green, blue from 0 to 255. */
export interface Overlay { volume: Volume; classes: readonly LabelClass[]; colour(value: number): [number, number, number] }

export async function openSource(url: string): Promise<Source> {
  const store = new StrictStore(url), pyramid = await Pyramid.open(store), group = await zarr.open.v3(zarr.root(store), { kind: "group" });
  const about = group.attrs["cryohub"] as { axes: Axis[]; labels?: LabelClass[]; pixelType?: string };
  if (about.axes.length < 3) throw new Error(`A volume has three axes; this signal has ${about.axes.length}.`);
  return { pyramid, axes: about.axes, labels: about.labels, isWhole: /^u?int/i.test(about.pixelType ?? "") };
}

export const read = ({ pyramid, axes }: Source, most: number): Promise<Volume> => load(pyramid, axes, levelFor(pyramid.levels.map(({ shape }) => shape), most));

/** Classes have their own colours; numbered objects get hues a golden angle apart, so that neighbours in number differ. */
export function overlayOf(volume: Volume, classes: readonly LabelClass[] | undefined): Overlay {
  const known = new Map((classes ?? []).map(({ value, colour }) => [value, channels(colour)]));
  const spread = (value: number): [number, number, number] => {
    const at = (value * 137.508) % 360, wave = (shift: number): number => Math.round(255 * (0.62 + 0.38 * Math.cos((at + shift) * Math.PI / 180)));
    return [wave(0), wave(-120), wave(120)];
  };
  return { volume, classes: classes ?? [], colour: value => known.get(value) ?? spread(value) };
}

const channels = (hex: string): [number, number, number] => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) || 0) as [number, number, number];

export interface Companion { key: string; name: string; url: string }
interface Result {
  items: { index: number; kind: string; name: string }[];
  provenance: { inputs: { role: string; datasetId?: string | null; datasetName?: string | null; signal?: number | null }[] };
}

/** Other volumes that may lie in the same place: those of the same result, and what it was made from. */
export async function companions(url: string): Promise<Companion[]> {
  const [, result, own] = /^\/api\/results\/([^/]+)\/items\/(\d+)\.zarr$/.exec(url) ?? [];
  if (!result) return [];
  const { items, provenance } = await getJson<Result>(`/api/results/${result}`);
  const beside = items.filter(({ kind, index }) => kind.toLowerCase() === "volume" && index !== Number(own))
    .map(({ index, name }) => ({ key: String(index), name, url: `/api/results/${result}/items/${index}.zarr` }));
  const before = provenance.inputs.filter(({ datasetId }) => datasetId)
    .map(({ datasetId, datasetName, role, signal }) => ({
      key: role, name: datasetName ?? role,
      url: `/api/datasets/${datasetId}/signals/${signal ?? 0}.zarr`,
    }));
  return [...beside, ...before];
}

/** Whether two volumes cover the same box to half a coarse voxel. */
export function coincide(a: Volume, b: Volume): boolean {
  return [0, 1, 2].every(i => {
    const size = ({ axes, shape }: Volume): number => shape[i]! * (Math.abs(axes[i]!.step) || 1);
    return Math.abs(size(a) - size(b)) <= Math.max(...[a, b].map(({ axes }) => Math.abs(axes[i]!.step) || 1)) * 1.01;
  });
}
