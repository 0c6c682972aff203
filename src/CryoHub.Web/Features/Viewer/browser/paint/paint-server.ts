import { getJson, Refusal, sendJson } from "../api.ts";
import type { Act, Block, Label, Layer } from "./stroke.ts";

export type Answer = { is: "done"; sequence: number } | { is: "refused"; reason: string } | { is: "offline" };

export interface PaintLine {
  send(act: Act): Promise<Answer>;
}

/** The API of one painted layer. */
export class PaintServer implements PaintLine {
  private readonly path: string;

  constructor(id: string) { this.path = `/api/paint/${id}`; }

  static layers(dataset: string, signal: number): Promise<Layer[]> { return getJson<Layer[]>(`/api/datasets/${dataset}/signals/${signal}/paint`); }

  static async make(dataset: string, signal: number, name: string): Promise<string> {
    return (await sendJson<{ id: string }>("POST", `/api/datasets/${dataset}/signals/${signal}/paint`, { name })).id;
  }

  layer(): Promise<Layer> { return getJson<Layer>(this.path); }

  remove(): Promise<void> { return sendJson("DELETE", this.path); }

  restore(): Promise<void> { return sendJson("POST", `${this.path}/restore`); }

  /** Ground truth, or not any more. */
  mark(isTruth: boolean): Promise<void> { return sendJson(isTruth ? "POST" : "DELETE", `${this.path}/truth`); }

  /** The labels as they are now become a data set of this id. */
  async keep(id: string): Promise<void> { await sendJson("POST", `${this.path}/dataset/${id}`); }

  label({ value, ...text }: Label): Promise<void> { return sendJson("PUT", `${this.path}/labels/${value}`, text); }

  changes(since: number, slice: number): Promise<{ sequence: number; blocks: Block[] }> {
    return getJson(`${this.path}/changes?since=${since}&slice=${slice}`);
  }

  /** Labels of a block that somebody has painted in, rows one after the other. One that is absent is an error, never emptiness. */
  async chunk({ z, y, x }: Block): Promise<BigUint64Array> {
    const response = await fetch(`${this.path}/labels.zarr/0/c/${z}/${y}/${x}`, { credentials: "same-origin" });
    if (!response.ok || !response.body) throw new Refusal(response.status, `Painted labels could not be read: the server answered ${response.status}.`);
    return new BigUint64Array(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  }

  async send(act: Act): Promise<Answer> {
    try {
      const { sequence } = act.act === "region" ? await sendJson<{ sequence: number }>("POST", `${this.path}/regions`, { id: act.id, ...act.region })
        : act.act === "between" ? await sendJson<{ sequence: number }>("POST", `${this.path}/between`, { id: act.id, slice: act.slice, label: act.label })
        : await sendJson<{ sequence: number }>("POST", `${this.path}/acts`,
          act.act === "paint" ? { id: act.id, act: "paint", stroke: act.stroke } : { id: act.id, act: act.act, target: act.target });
      return { is: "done", sequence };
    } catch (error) {
      return error instanceof Refusal && error.status < 500 ? { is: "refused", reason: error.message } : { is: "offline" };
    }
  }
}
