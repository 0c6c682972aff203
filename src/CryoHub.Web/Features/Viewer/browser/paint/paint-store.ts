import type { PaintLine } from "./paint-server.ts";
import type { Act, Region, Stroke } from "./stroke.ts";

/**
 * What this person has done to a layer and the server has not answered yet. Acts are sent in order, one at a time, each with an id of its own,
 * so one that is sent twice happens once; without a network they wait, also over a reload. Undo goes through one's own acts, the newest first.
 */
export class PaintStore {
  onChange: () => void = () => {};
  onSay: (words: string) => void = () => {};
  /** An act has its place in the order. */
  onDone: (sequence: number) => void = () => {};
  isOffline = false;
  private readonly done: string[] = [];
  private readonly undone: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly landed: { stroke: Stroke; id: string; sequence: number }[] = [];
  private isSending = false;

  constructor(private readonly line: PaintLine, readonly unsent: Act[] = [], private readonly save: (unsent: readonly Act[]) => void = () => {},
    private readonly newId: () => string = () => crypto.randomUUID()) {}

  get canUndo(): boolean { return this.done.length > 0; }
  get canRedo(): boolean { return this.undone.length > 0; }

  /** Strokes that the blocks do not show yet, in order. */
  get pending(): Stroke[] {
    const gone = new Set(this.unsent.flatMap(act => act.act === "undo" ? [act.of] : []));
    return [...this.landed, ...this.unsent.flatMap(act => act.act === "paint" ? [act] : [])].filter(({ id }) => !gone.has(id)).map(({ stroke }) => stroke);
  }

  paint(stroke: Stroke): void { this.begin({ act: "paint", id: this.newId(), stroke }); }
  region(region: Region): void { this.begin({ act: "region", id: this.newId(), region }); }
  between(slice: number, label: number): void { this.begin({ act: "between", id: this.newId(), slice, label }); }
  undo(): void { this.turn("undo", this.done, this.undone); }
  redo(): void { this.turn("redo", this.undone, this.done); }

  /** The blocks show everything up to this number. */
  shown(sequence: number): void {
    const before = this.landed.length;
    for (let i = this.landed.length - 1; i >= 0; i--) if (this.landed[i]!.sequence <= sequence) this.landed.splice(i, 1);
    if (this.landed.length < before) this.onChange();
  }

  async sync(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let act = this.unsent[0]; act; act = this.unsent[0]) {
        const answer = await this.line.send(act);
        this.isOffline = answer.is === "offline";
        if (answer.is === "offline") break;
        this.unsent.shift();
        if (answer.is === "done") this.landedAs(act, answer.sequence); else this.giveUp(act, answer.reason);
        this.save(this.unsent);
        this.onChange();
      }
    } finally {
      this.isSending = false;
      this.onChange();
    }
  }

  private begin(act: Act): void {
    this.done.push(act.id);
    this.undone.length = 0;
    this.push(act);
  }

  private turn(act: "undo" | "redo", from: string[], to: string[]): void {
    const of = from.pop();
    if (!of) return;
    to.push(of);
    const target = this.numbers.get(of);
    this.push({ act, id: this.newId(), of, ...(target === undefined ? {} : { target }) });
  }

  private push(act: Act): void {
    this.unsent.push(act);
    this.save(this.unsent);
    this.onChange();
    void this.sync();
  }

  private landedAs(act: Act, sequence: number): void {
    if (act.act === "paint") this.landed.push({ id: act.id, stroke: act.stroke, sequence });
    if (act.act === "undo") for (let i = this.landed.length - 1; i >= 0; i--) if (this.landed[i]!.id === act.of) this.landed.splice(i, 1);
    this.numbers.set(act.id, sequence);
    for (const waiting of this.unsent) if ((waiting.act === "undo" || waiting.act === "redo") && waiting.of === act.id) waiting.target = sequence;
    this.onDone(sequence);
  }

  /** What the server refuses is said and not tried again; what would undo it goes with it. */
  private giveUp(act: Act, reason: string): void {
    const id = act.act === "undo" || act.act === "redo" ? act.of : act.id;
    for (const list of [this.done, this.undone]) { const i = list.indexOf(id); if (i >= 0) list.splice(i, 1); }
    for (let i = this.unsent.length - 1; i >= 0; i--) { const waiting = this.unsent[i]!; if ("of" in waiting && waiting.of === id) this.unsent.splice(i, 1); }
    this.onSay(reason);
  }
}
