import { messageOf } from "../api.ts";
import { textOf, type ShapeRow, type ShapeText } from "./shape.ts";

/** A change on its way to the server. The revision is the one it was made on; the server counts up by one a change, so later ones know theirs. */
export type Op =
  | { act: "draw"; id: string; text: ShapeText }
  | { act: "edit"; id: string; text: ShapeText; revision: number }
  | { act: "remove"; id: string; revision: number }
  | { act: "restore"; id: string; to: number; revision: number };

/** What the server says to a change. */
export type Answer = { is: "done"; row?: ShapeRow } | { is: "conflict"; current: ShapeRow } | { is: "refused"; reason: string } | { is: "offline" };

export interface Server {
  send(op: Op): Promise<Answer>;
  takeBack(importId: string): Promise<FileStep>;
  bringBack(importId: string): Promise<FileStep>;
  changes(since: number): Promise<ShapeRow[] | undefined>;
  /** One shape as it is now, also one that was taken away; undefined where it cannot be had. */
  find(id: string): Promise<ShapeRow | undefined>;
  /** Number of the layer's last change; undefined without a network. */
  newest(): Promise<number | undefined>;
}

/** Shapes of one answer, and how many of a layer are held as a whole; both are the server's. */
const page = 1000, mostWhole = 2000;

/** What became of the shapes of a file: changed, or kept because somebody else has changed them since. */
export interface FileStep { shapes: number; kept: number }

export interface Conflict { id: string; mine: ShapeText | undefined; theirs: ShapeRow }

/** An own change, or a whole file of shapes, which is one act. */
type Step = OwnStep | { file: string };
interface OwnStep { id: string; before: ShapeText | undefined; after: ShapeText | undefined }

/**
 * The shapes as this person sees them: what the server has told, with own changes on top until they are answered. Changes are sent in order, one at a time;
 * without a network they wait. Undo changes only shapes that nobody else has changed since.
 * Of a layer with very many shapes only those are held that changed while it was open, or were taken in hand: the others are drawn from tiles.
 */
export class LayerStore {
  readonly rows = new Map<string, ShapeRow>();
  onChange: () => void = () => {};
  onConflict: (conflict: Conflict) => void = () => {};
  onSay: (words: string) => void = () => {};
  /** So much has changed at once that it is read by view again; what is held is held no longer. */
  onFlood: () => void = () => {};
  isOffline = false;
  private readonly confirmed = new Map<string, ShapeRow>();
  private readonly mine = new Map<string, number>();
  private readonly done: Step[] = [];
  private readonly undone: Step[] = [];
  private sequence = 0;
  private isSending = false;
  private fetching: Promise<void> | undefined;

  constructor(private readonly server: Server, private readonly me: { id: string; name: string }, readonly unsent: Op[] = [],
    private readonly save: (unsent: readonly Op[]) => void = () => {}, private since?: number) {
    this.sequence = since ?? 0;
  }

  get byView(): boolean { return this.since !== undefined; }

  get shown(): ShapeRow[] { return [...this.rows.values()].filter(row => !row.isDeleted); }
  get canUndo(): boolean { return this.done.length > 0; }
  get canRedo(): boolean { return this.undone.length > 0; }

  draw(id: string, text: ShapeText): void { this.act({ act: "draw", id, text }); }

  edit(id: string, text: ShapeText): void {
    const row = this.rows.get(id);
    if (row && !row.isDeleted) this.act({ act: "edit", id, text, revision: row.revision });
  }

  remove(id: string): void {
    const row = this.rows.get(id);
    if (row && !row.isDeleted) this.act({ act: "remove", id, revision: row.revision });
  }

  /** A file was imported; undo takes all its shapes back at once. */
  imported(file: string): void {
    this.done.push({ file });
    this.undone.length = 0;
    void this.sync();
  }

  undo(): void { this.step(this.done, this.undone, step => step.before); }
  redo(): void { this.step(this.undone, this.done, step => step.after); }

  /** Takes a shape in hand that was only in a tile. */
  async recall(id: string): Promise<ShapeRow | undefined> {
    const found = this.rows.get(id) ?? await this.server.find(id);
    if (found && !this.rows.has(id)) {
      this.confirm(found);
      if (found.changedById === this.me.id) this.mine.set(id, found.revision);
      this.onChange();
    }
    return this.rows.get(id);
  }

  /** Sends what waits, then asks for what is new. */
  async sync(): Promise<void> {
    await this.drain();
    if (!this.isOffline || this.unsent.length === 0) await this.refresh();   // the question itself tells whether the line is back
  }

  /** The answer to a conflict: the own state once more on top of the other's, or nothing. */
  settle({ id, mine }: Conflict, keep: "mine" | "theirs" | "both", newId: string): void {
    if (keep === "both" && mine) this.draw(newId, mine);
    if (keep !== "mine") return;
    if (mine && this.rows.get(id)?.isDeleted) this.push({ act: "restore", id, to: this.rows.get(id)!.revision - 1, revision: this.rows.get(id)!.revision });
    if (mine) this.edit(id, mine);
    else this.remove(id);
  }

  private act(op: Op): void {
    const row = this.rows.get(op.id), before = row && !row.isDeleted ? textOf(row) : undefined;
    this.push(op);
    const now = this.rows.get(op.id)!;
    this.done.push({ id: op.id, before, after: now.isDeleted ? undefined : textOf(now) });
    this.undone.length = 0;
    this.onChange();
  }

  private step(from: Step[], to: Step[], target: (step: OwnStep) => ShapeText | undefined): void {
    const step = from.pop();
    if (step && "file" in step) { void this.stepFile(step, from, to); return; }
    const row = step && this.rows.get(step.id);
    if (step && !row && this.byView) { void this.recall(step.id).then(found => { if (found) { from.push(step); this.step(from, to, target); } }); return; }
    if (!step || !row) return;
    if (row.revision !== this.mine.get(step.id)) {
      this.onSay(`${row.changedBy} has changed this since; nothing was undone.`);
      this.onChange();
      return;
    }
    const text = target(step);
    if (!text) this.push({ act: "remove", id: step.id, revision: row.revision });
    else if (row.isDeleted) this.push({ act: "restore", id: step.id, to: row.revision - 1, revision: row.revision });
    else this.push({ act: "edit", id: step.id, text, revision: row.revision });
    to.push(step);
    this.onChange();
  }

  /** The server takes a file back; that needs the network, so a failure leaves the step where it was. */
  private async stepFile(step: { file: string }, from: Step[], to: Step[]): Promise<void> {
    await this.drain();
    try {
      const { shapes, kept } = await (from === this.done ? this.server.takeBack(step.file) : this.server.bringBack(step.file));
      this.onSay(`${shapes} imported shape${shapes === 1 ? "" : "s"} ${from === this.done ? "taken" : "brought"} back${
        kept ? `; ${kept} stayed, as somebody else has changed them since` : ""}.`);
      to.push(step);
    } catch (error) {
      from.push(step);
      this.onSay(messageOf(error));
    }
    await this.sync();
    // What came back is mine in its new revision, so later changes of it can be redone. Ids of one file differ in the last eight digits.
    for (const row of this.rows.values())
      if (row.id.startsWith(step.file.slice(0, -8)) && row.changedById === this.me.id) this.mine.set(row.id, row.revision);
  }

  private push(op: Op): void {
    this.unsent.push(op);
    this.save(this.unsent);
    this.apply(op);
    void this.sync();
  }

  private apply(op: Op): void {
    const old = this.rows.get(op.id), stamp = { changedById: this.me.id, changedBy: this.me.name, changedAt: "" };
    const revision = op.act === "draw" ? 1 : op.revision + 1;
    const text = op.act === "draw" || op.act === "edit" ? op.text : old ? textOf(old) : undefined;
    if (!text) return;
    this.rows.set(op.id, { ...text, id: op.id, revision, sequence: old?.sequence ?? 0, ...stamp, isDeleted: op.act === "remove" });
    this.mine.set(op.id, revision);
  }

  private async drain(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let op = this.unsent[0]; op; op = this.unsent[0]) {
        const answer = await this.server.send(op);
        this.isOffline = answer.is === "offline";
        if (answer.is === "offline") break;
        this.unsent.shift();
        if (answer.is === "done" && answer.row) this.confirm(answer.row);
        if (answer.is === "refused") this.giveUp(op.id, answer.reason);
        if (answer.is === "conflict") this.clash(op.id, answer.current);
        this.save(this.unsent);
      }
    } finally {
      this.isSending = false;
      this.onChange();
    }
  }

  /** Everything unsent about the shape is one wish: its last state. */
  private clash(id: string, theirs: ShapeRow): void {
    const row = this.rows.get(id), mine = row && !row.isDeleted ? textOf(row) : undefined;
    this.drop(id);
    this.confirm(theirs);
    this.onConflict({ id, mine, theirs });
  }

  private giveUp(id: string, reason: string): void {
    this.drop(id);
    const known = this.confirmed.get(id);
    if (known) this.rows.set(id, known); else this.rows.delete(id);
    this.onSay(reason);
  }

  private drop(id: string): void {
    for (let i = this.unsent.length - 1; i >= 0; i--) if (this.unsent[i]!.id === id) this.unsent.splice(i, 1);
    this.mine.delete(id);
  }

  private confirm(row: ShapeRow): void {
    if ((this.confirmed.get(row.id)?.revision ?? 0) > row.revision) return;
    this.confirmed.set(row.id, row);
    if (!this.unsent.some(op => op.id === row.id)) this.rows.set(row.id, row);
  }

  /** One fetch at a time; a second wish during it asks once more after it. */
  private async refresh(): Promise<void> {
    while (this.fetching) await this.fetching;
    this.fetching = this.fetch();
    try { await this.fetching; } finally { this.fetching = undefined; }
  }

  private async fetch(): Promise<void> {
    for (let pages = 1; ; pages++) {
      const rows = await this.server.changes(this.sequence);
      this.isOffline = rows === undefined;
      for (const row of rows ?? []) {
        this.confirm(row);
        this.sequence = row.sequence;
      }
      if (rows?.length !== page) break;
      if (this.byView ? pages >= 2 : this.rows.size > mostWhole) { await this.leap(); break; }
    }
    this.onChange();
  }

  /** Holds only what is unsent, and goes on from the newest change. */
  private async leap(): Promise<void> {
    const newest = await this.server.newest();
    this.isOffline = newest === undefined;
    if (newest === undefined) return;
    this.sequence = this.since = newest;
    for (const held of [this.rows, this.confirmed])
      for (const id of held.keys()) if (!this.unsent.some(op => op.id === id)) held.delete(id);
    this.onFlood();
  }

  /** After a reload: what was not sent then goes on top of what the server says now. */
  replay(): void { for (const op of this.unsent) this.apply(op); }
}
