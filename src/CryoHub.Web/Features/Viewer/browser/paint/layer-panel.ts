import { hue } from "./hue.ts";
import { PaintServer } from "./paint-server.ts";
import { listLabels } from "./panel.ts";
import { messageOf, sayAt, type Place } from "./place.ts";
import type { Label, Layer } from "./stroke.ts";

/** Which layers there are, which is open, and what its numbers stand for. */
export class LayerPanel {
  onOpen: (layer: Layer | undefined) => void = () => {};
  onRelabel: (layer: Layer) => void = () => {};
  layer: Layer | undefined;
  label = 1;
  readonly hidden = new Set<number>();
  private layers: Layer[] = [];

  constructor(private readonly place: Place) {
    const { host, parts } = place, pick = parts.field<HTMLSelectElement>("paint-layer"), acts: Record<string, () => void> = {
      "paint-new": () => void this.make(), "paint-delete": () => void this.remove(), "paint-label": () => void this.another(),
      "paint-keep": () => void this.keep(), "paint-truth": () => void this.mark(),
    };
    host.addEventListener("click", event => acts[(event.target as Element).closest<HTMLElement>("[data-act]")?.dataset["act"] ?? ""]?.());
    pick.addEventListener("change", () => this.open(this.layers.find(({ id }) => id === pick.value)));
  }

  /** Asks what there is; opens the wanted layer, the one that is open or the first. */
  async list(wanted?: string): Promise<void> {
    const { dataset, signal, parts } = this.place;
    try { this.layers = await PaintServer.layers(dataset, signal); } catch (error) { return this.say(messageOf(error)); }
    const pick = parts.field<HTMLSelectElement>("paint-layer");
    pick.replaceChildren(...this.layers.map(layer => new Option(layer.name, layer.id)));
    const layer = this.layers.find(({ id }) => id === (wanted ?? this.layer?.id)) ?? this.layers[0];
    if (layer) pick.value = layer.id;
    parts.part("no-paint").hidden = layer !== undefined;
    parts.part("paint-pick").hidden = this.layers.length < 2;
    if (layer && layer.id === this.layer?.id) this.relabel(layer); else this.open(layer);
  }

  pick(value: number): void {
    this.label = value;
    if (this.layer) this.relabel(this.layer);
  }

  colour(value: number): string { return this.layer?.labels.find(label => label.value === value)?.colour ?? ""; }
  nameOf(value: number): string { return this.layer?.labels.find(label => label.value === value)?.name ?? `Label ${value}`; }

  private open(layer: Layer | undefined): void {
    const { parts, state, host } = this.place, act = (name: string): HTMLElement => host.querySelector<HTMLElement>(`[data-act=${name}]`)!;
    this.layer = layer;
    parts.part("paint-labels-box").hidden = !layer;
    parts.part("paint-kept").hidden = true;
    act("paint-new").hidden = !state.canDraw;
    if (!layer) for (const hidden of [act("paint-truth"), parts.part("paint-truth-words")]) hidden.hidden = true;
    for (const name of ["paint-delete", "paint-keep"]) act(name).hidden = !layer || !state.canDraw;
    for (const [name, file] of [["paint-zarr", "labels.zarr/zarr.json"], ["paint-tiff", "labels.ome.tif"]] as const) {
      const link = parts.part<HTMLAnchorElement>(name);
      link.hidden = !layer;
      link.href = `/api/paint/${layer?.id ?? ""}/${file}`;
    }
    parts.part("paint-size").textContent = layer ? `${layer.width} × ${layer.height}${layer.depth > 1 ? ` × ${layer.depth}` : ""} px` : "";
    this.say("");
    this.onOpen(layer);
    if (layer) this.pick(layer.labels.find(({ value }) => value === this.label)?.value ?? layer.labels[0]?.value ?? 1);
  }

  private relabel(layer: Layer): void {
    this.layer = layer;
    const { parts, state, host } = this.place, only = parts.field<HTMLSelectElement>("brush-only"), was = only.value;
    const labels = layer.labels.map(({ name, value }) => new Option(name, String(value)));
    only.replaceChildren(new Option("Everything", ""), new Option("Nothing painted", "0"), ...labels);
    only.value = [...only.options].some(option => option.value === was) ? was : "";
    listLabels(parts.part("paint-labels"), layer.labels, { current: this.label, hidden: this.hidden, canPaint: state.canDraw }, {
      choose: value => this.pick(value), show: value => this.show(value), lock: label => void this.change({ ...label, isLocked: !label.isLocked }),
    });
    this.tellTruth(layer);
    parts.part("ball-box").hidden = layer.depth < 2;
    host.querySelector<HTMLElement>("[data-act=paint-between]")!.hidden = layer.depth < 2 || !state.canDraw;
    this.onRelabel(layer);
  }

  private tellTruth({ truth, canJudge }: Layer): void {
    const { host, parts } = this.place, mark = host.querySelector<HTMLElement>("[data-act=paint-truth]")!, words = parts.part("paint-truth-words");
    mark.hidden = !canJudge;
    mark.textContent = truth ? "No longer ground truth" : "Call it ground truth";
    words.hidden = !truth;
    words.textContent = truth ? `Ground truth, marked by ${truth.by} on ${new Date(truth.at).toLocaleDateString()}. The layer stays as it is.` : "";
  }

  private async mark(): Promise<void> {
    if (!this.layer) return;
    try { await new PaintServer(this.layer.id).mark(!this.layer.truth); await this.list(); } catch (error) { this.say(messageOf(error)); }
  }

  private show(value: number): void {
    if (!this.hidden.delete(value)) this.hidden.add(value);
    if (this.layer) this.relabel(this.layer);
  }

  private async change(label: Label): Promise<void> {
    if (!this.layer) return;
    try { await new PaintServer(this.layer.id).label(label); await this.list(); } catch (error) { this.say(messageOf(error)); }
  }

  private async make(): Promise<void> {
    const { dataset, signal } = this.place;
    try {
      await this.list(await PaintServer.make(dataset, signal, this.layers.length ? `Labels ${this.layers.length + 1}` : "Labels"));
    } catch (error) { this.say(messageOf(error)); }
  }

  /** The next number, in the class of the chosen label: the second crystallite, the third. */
  private async another(): Promise<void> {
    const layer = this.layer, like = layer?.labels.find(({ value }) => value === this.label);
    if (!layer) return;
    const value = Math.max(0, ...layer.labels.map(label => label.value)) + 1, name = `${(like?.name ?? "Label").replace(/ \d+$/, "")} ${value}`;
    await this.change({ value, name, classKey: like?.classKey ?? "", colour: hue(value), isLocked: false });
    this.pick(value);
  }

  private async remove(): Promise<void> {
    const layer = this.layer;
    if (!layer) return;
    try { await new PaintServer(layer.id).remove(); await this.list(); } catch (error) { return this.say(messageOf(error)); }
    const back = Object.assign(document.createElement("button"), { className: "btn sm", textContent: "Bring it back" });
    back.addEventListener("click", () => void this.restore(layer.id));
    this.tell(`“${layer.name}” is deleted for everybody. `, back);
  }

  private async restore(id: string): Promise<void> {
    try { await new PaintServer(id).restore(); await this.list(id); } catch (error) { this.say(messageOf(error)); }
  }

  private async keep(): Promise<void> {
    if (!this.layer) return;
    const id = crypto.randomUUID();
    try { await new PaintServer(this.layer.id).keep(id); } catch (error) { return this.say(messageOf(error)); }
    const link = Object.assign(document.createElement("a"), { href: `/datasets/${id}`, textContent: "data set" });
    this.tell("Saved as a ", link, "; what is painted later is not in it.");
  }

  private tell(...words: (string | Node)[]): void {
    const kept = this.place.parts.part("paint-kept");
    kept.replaceChildren(...words);
    kept.hidden = false;
  }

  private say(words: string): void { sayAt(this.place, words); }
}
