import { HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import { getJson, refusal, Refusal, sendJson } from "../api.ts";
import type { Brushed } from "../paint/stroke.ts";
import type { Answer, FileStep, Op, Server } from "./layer-store.ts";
import type { Kind, ShapeRow } from "./shape.ts";

export interface Person { id: string; name: string }
export interface Pointed { userId: string; name: string; x: number; y: number; doing: string }
export interface LayerState { id: string; sequence: number; lockedBy: string; canDraw: boolean; byView: boolean; unit: string; me: string }

/** What a file of shapes would do. */
export interface ImportPlan {
  format: string; found: number; new: number; there: number; kinds: { kind: Kind; count: number }[]; leftOut: number; reasons: string[]; warnings: string[];
  classes: { named: string; key: string; name: string; colour: string; isNew: boolean; count: number }[]; mayMakeClasses: boolean;
}
export interface ImportDone extends FileStep { classes: string[] }

/** The API and the hub of one layer. */
export class LayerServer implements Server {
  onNews: () => void = () => {};
  onHere: (people: Person[]) => void = () => {};
  onPointed: (pointed: Pointed) => void = () => {};
  onPaint: (paintId: string) => void = () => {};
  onBrushed: (brushed: Brushed) => void = () => {};
  private layerId = "";
  private readonly hub: HubConnection;

  constructor(private readonly dataset: string, private readonly signal: number) {
    this.hub = new HubConnectionBuilder().withUrl("/hubs/annotations").configureLogging(LogLevel.None)
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => Math.min(5000, 250 * 2 ** previousRetryCount) }).build();
    this.hub.on("annotationChanged", () => this.onNews());
    this.hub.on("here", (people: Person[]) => this.onHere(people));
    this.hub.on("pointed", (pointed: Pointed) => this.onPointed(pointed));
    this.hub.on("paintChanged", ({ paintId }: { paintId: string }) => this.onPaint(paintId));
    this.hub.on("brushed", (brushed: Brushed) => this.onBrushed(brushed));
    this.hub.onreconnected(() => void this.watch());
  }

  get path(): string { return `/api/datasets/${this.dataset}/signals/${this.signal}/layer`; }

  layer(): Promise<LayerState> { return getJson<LayerState>(this.path); }

  /** Goes on trying until the hub answers: without it everything works, but only after one's own next act. */
  async listen(): Promise<void> {
    try {
      await this.hub.start();
      await this.watch();
    } catch { setTimeout(() => void this.listen(), 5000); }
  }

  point(x: number, y: number, doing: string): void {
    if (this.layerId && this.hub.state === "Connected") void this.hub.send("Point", this.layerId, x, y, doing).catch(() => undefined);
  }

  brush(paintId: string, trail: Brushed["trail"]): void {
    if (this.layerId && this.hub.state === "Connected") void this.hub.send("Brush", this.layerId, paintId, trail).catch(() => undefined);
  }

  async changes(since: number): Promise<ShapeRow[] | undefined> {
    try { return await getJson<ShapeRow[]>(`${this.path}/changes?since=${since}`); }
    catch (error) {
      if (error instanceof Refusal && error.status < 500) throw error;
      return undefined;
    }
  }

  /** Undefined where it cannot be seen, and without a network. */
  find(id: string): Promise<ShapeRow | undefined> { return getJson<ShapeRow>(`/api/shapes/${id}`).catch(() => undefined); }
  newest(): Promise<number | undefined> { return this.layer().then(layer => layer.sequence, () => undefined); }

  /** How many shapes each class has, in the whole layer. */
  classes(): Promise<{ classKey: string; shapes: number }[]> { return getJson(`${this.path}/classes`); }

  /** The first shapes of a view. */
  async inView(view: string, take: number): Promise<ShapeRow[]> {
    return (await getJson<{ items: ShapeRow[] }>(`${this.path}/shapes?${view}&take=${take}`)).items;
  }

  async send(op: Op): Promise<Answer> {
    const shape = `/api/shapes/${op.id}`;
    const [method, url, body] = op.act === "draw" ? ["POST", `${this.path}/shapes`, [{ ...op.text, id: op.id }]] as const
      : op.act === "edit" ? ["PUT", shape, op.text] as const
      : op.act === "remove" ? ["DELETE", shape, undefined] as const
      : ["POST", `${shape}/versions/${op.to}/restore`, undefined] as const;
    try {
      const response = await fetch(url, {
        method, credentials: "same-origin",
        headers: { "content-type": "application/json", accept: "application/json", ...(op.act === "draw" ? {} : { "if-match": `"${op.revision}"` }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = await response.json().catch(() => null) as { detail?: string; current?: ShapeRow } | ShapeRow | null;
      if (response.ok) return op.act === "draw" ? { is: "done" } : { is: "done", row: answer as ShapeRow };
      if (response.status >= 500) return { is: "offline" };
      const problem = answer as { detail?: string; current?: ShapeRow } | null;
      return problem?.current ? { is: "conflict", current: problem.current }
        : { is: "refused", reason: problem?.detail ?? `The server answered ${response.status}.` };
    } catch { return { is: "offline" }; }
  }

  /** The shape with the pixel values under it. */
  measured(id: string): Promise<ShapeRow> { return getJson(`/api/shapes/${id}?intensity=true`); }

  plan(file: File): Promise<ImportPlan> { return this.sendFile("POST", `import-plan?name=${encodeURIComponent(file.name)}`, file); }

  drawFile(id: string, file: File, makeClasses: boolean, leaveOut: boolean): Promise<ImportDone> {
    return this.sendFile("PUT", `imports/${id}?name=${encodeURIComponent(file.name)}&makeClasses=${makeClasses}&leaveOut=${leaveOut}`, file);
  }

  takeBack(id: string): Promise<ImportDone> { return sendJson("DELETE", `${this.path}/imports/${id}`); }
  bringBack(id: string): Promise<ImportDone> { return sendJson("POST", `${this.path}/imports/${id}/restore`); }

  private async sendFile<T>(method: string, to: string, file: File): Promise<T> {
    const headers = { "content-type": "application/octet-stream", accept: "application/json" };
    const response = await fetch(`${this.path}/${to}`, { method, credentials: "same-origin", headers, body: file });
    if (!response.ok) throw await refusal(response);
    return await response.json() as T;
  }

  private async watch(): Promise<void> {
    this.layerId = await this.hub.invoke<string>("Watch", this.dataset, this.signal);
    this.onNews();
    this.onPaint("");
  }
}
