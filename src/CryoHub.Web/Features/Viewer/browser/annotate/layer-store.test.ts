import { describe, expect, it } from "vitest";
import { LayerStore, type Answer, type FileStep, type Op, type Server } from "./layer-store";
import { textOf, toGeometry, toRings, type ShapeRow, type ShapeText } from "./shape";

const text = (x: number, label = ""): ShapeText =>
  ({ kind: "point", rings: [[x, 1]], classKey: "", label, firstFrame: null, lastFrame: null, confidence: null });

/** The rules of the server: a change names the revision it saw; what is sent twice happens once. */
class Table {
  readonly rows = new Map<string, ShapeRow>();
  private readonly states = new Map<string, ShapeRow[]>();
  private sequence = 0;

  send(op: Op, who: string): Answer {
    const row = this.rows.get(op.id);
    if (op.act === "draw") { if (!row) this.put(op.id, op.text, 1, false, who); return { is: "done" }; }
    if (!row) return { is: "refused", reason: "It is not there." };
    if (row.revision !== op.revision) {
      const isThere = op.act === "remove" ? row.isDeleted : op.act === "edit" && JSON.stringify(textOf(row)) === JSON.stringify(op.text);
      return row.revision === op.revision + 1 && row.changedById === who && isThere ? { is: "done", row } : { is: "conflict", current: row };
    }
    const earlier = op.act === "restore" ? this.states.get(op.id)![op.to - 1]! : undefined;
    return { is: "done", row: this.put(op.id, op.act === "edit" ? op.text : textOf(earlier ?? row), row.revision + 1,
      op.act === "remove" || (earlier?.isDeleted ?? false), who) };
  }

  get newest(): number { return this.sequence; }

  /** At most 1,000, as the server answers. */
  changes(since: number): ShapeRow[] {
    return [...this.rows.values()].filter(row => row.sequence > since).sort((a, b) => a.sequence - b.sequence).slice(0, 1000);
  }

  crowd(count: number, from = 0): void {
    for (let i = 0; i < count; i++) this.send({ act: "draw", id: `crowd-${from + i}`, text: text(i) }, "import");
  }

  /** All shapes of a file at once, as the server counts them. */
  file(prefix: string, isThere: boolean, who: string): FileStep {
    const rows = [...this.rows.values()].filter(row => row.id.startsWith(prefix.slice(0, -8)) && row.isDeleted !== isThere);
    const mine = rows.filter(row => row.changedById === who);
    for (const row of mine) this.put(row.id, textOf(row), row.revision + 1, isThere, who);
    return { shapes: mine.length, kept: rows.length - mine.length };
  }

  private put(id: string, state: ShapeText, revision: number, isDeleted: boolean, who: string): ShapeRow {
    const row = { ...state, id, revision, sequence: ++this.sequence, changedById: who, changedBy: who, changedAt: "", isDeleted };
    this.rows.set(id, row);
    this.states.set(id, [...(this.states.get(id) ?? []), row]);
    return row;
  }
}

/** A line to the table that can be cut, also after the table has heard and before the answer is back. */
class Line implements Server {
  isCut = false;
  losesAnswer = false;
  constructor(private readonly table: Table, private readonly who: string) {}
  async send(op: Op): Promise<Answer> {
    await Promise.resolve();
    if (this.isCut) return { is: "offline" };
    const answer = this.table.send(op, this.who);
    if (this.losesAnswer) { this.losesAnswer = false; return { is: "offline" }; }
    return answer;
  }
  takeBack(id: string): Promise<FileStep> { return this.file(id, true); }
  bringBack(id: string): Promise<FileStep> { return this.file(id, false); }
  async changes(since: number): Promise<ShapeRow[] | undefined> { await Promise.resolve(); return this.isCut ? undefined : this.table.changes(since); }
  async find(id: string): Promise<ShapeRow | undefined> { await Promise.resolve(); return this.isCut ? undefined : this.table.rows.get(id); }
  async newest(): Promise<number | undefined> { await Promise.resolve(); return this.isCut ? undefined : this.table.newest; }
  private async file(id: string, isThere: boolean): Promise<FileStep> {
    await Promise.resolve();
    if (this.isCut) throw new TypeError("No line.");
    return this.table.file(id, isThere, this.who);
  }
}

const person = (table: Table, name: string) => {
  const line = new Line(table, name), store = new LayerStore(line, { id: name, name });
  return { line, store };
};
const settle = async (...stores: LayerStore[]): Promise<void> => { for (let round = 0; round < 4; round++) for (const store of stores) await store.sync(); };
const seen = (store: LayerStore): string => JSON.stringify(store.shown.map(row => [row.id, row.revision, row.rings, row.label]).sort());

describe("a layer", () => {
  it("takes a file back as one act, keeps what another has changed, and redoes own changes of it", async () => {
    const table = new Table(), ada = person(table, "ada"), bob = person(table, "bob"), file = "0198aaaa-bbbb-7ccc-8ddd-eeeeffffffff";
    const [one, two, three] = [0, 1, 2].map(i => `0198aaaa-bbbb-7ccc-8ddd-eeee0000000${i}`) as [string, string, string];
    for (const [i, id] of [one, two, three].entries()) table.send({ act: "draw", id, text: text(i) }, "ada");
    ada.store.imported(file);
    await settle(ada.store, bob.store);
    bob.store.edit(two, text(9, "bob's"));
    await settle(bob.store, ada.store);
    ada.store.edit(three, text(2, "mine"));
    await settle(ada.store);

    const said: string[] = [];
    ada.store.onSay = words => said.push(words);
    ada.store.undo();
    ada.store.undo();
    await settle(ada.store, bob.store);
    expect(ada.store.shown.map(row => row.label)).toEqual(["bob's"]);
    expect(said).toEqual(["2 imported shapes taken back; 1 stayed, as somebody else has changed them since."]);
    ada.store.redo();
    await settle(ada.store);
    ada.store.redo();
    await settle(ada.store, bob.store);
    expect(ada.store.shown.map(row => row.label).sort()).toEqual(["", "bob's", "mine"]);
    expect(seen(bob.store)).toBe(seen(ada.store));
  });

  it("keeps the step where it was if a file cannot be taken back without a network", async () => {
    const table = new Table(), ada = person(table, "ada"), file = "0198aaaa-bbbb-7ccc-8ddd-eeeeffffffff";
    table.send({ act: "draw", id: "0198aaaa-bbbb-7ccc-8ddd-eeee00000000", text: text(1) }, "ada");
    ada.store.imported(file);
    await settle(ada.store);
    ada.line.isCut = true;
    ada.store.undo();
    await settle(ada.store);
    expect(ada.store.canUndo).toBe(true);
    ada.line.isCut = false;
    ada.store.undo();
    await settle(ada.store);
    expect(ada.store.shown).toEqual([]);
  });

  it("is the same for two people, and the later writer is told", async () => {
    const table = new Table(), ada = person(table, "ada"), bob = person(table, "bob");
    ada.store.draw("a", text(1));
    await settle(ada.store, bob.store);
    const told: ShapeRow[] = [];
    bob.store.onConflict = conflict => { told.push(conflict.theirs); bob.store.settle(conflict, "both", "b"); };
    ada.store.edit("a", text(2));
    bob.store.edit("a", text(3));
    await settle(ada.store, bob.store);
    expect(told.map(row => row.rings[0]![0])).toEqual([2]);
    expect(bob.store.shown.map(row => [row.id, row.rings[0]![0]]).sort()).toEqual([["a", 2], ["b", 3]]);
    expect(seen(ada.store)).toBe(seen(bob.store));
  });

  it("is undone without limit by the one who drew, and redone", async () => {
    const table = new Table(), { store } = person(table, "ada");
    store.draw("a", text(1));
    for (let x = 2; x < 50; x++) store.edit("a", text(x));
    store.remove("a");
    for (let i = 0; i < 25; i++) store.undo();
    await settle(store);
    expect(table.rows.get("a")!.rings[0]![0]).toBe(25);
    while (store.canUndo) store.undo();
    await settle(store);
    expect(table.rows.get("a")!.isDeleted).toBe(true);
    while (store.canRedo) store.redo();
    await settle(store);
    expect(table.rows.get("a")).toMatchObject({ isDeleted: true, rings: [[49, 1]] });
  });

  it("is not undone over what somebody else has done since", async () => {
    const table = new Table(), ada = person(table, "ada"), bob = person(table, "bob"), said: string[] = [];
    ada.store.onSay = words => said.push(words);
    ada.store.draw("a", text(1));
    await settle(ada.store, bob.store);
    bob.store.edit("a", text(7));
    await settle(bob.store, ada.store);
    ada.store.undo();
    await settle(ada.store, bob.store);
    expect(table.rows.get("a")!.rings[0]![0]).toBe(7);
    expect(said).toEqual(["bob has changed this since; nothing was undone."]);
  });

  it("of very many shapes holds those that change and those that are taken in hand, which can be changed, undone and redone", async () => {
    const table = new Table(), line = new Line(table, "ada");
    table.crowd(5000);
    const store = new LayerStore(line, { id: "ada", name: "ada" }, [], undefined, table.newest);
    await settle(store);
    expect([store.byView, store.rows.size]).toEqual([true, 0]);
    table.send({ act: "draw", id: "b", text: text(1) }, "bob");
    await settle(store);
    expect([...store.rows.keys()]).toEqual(["b"]);
    expect((await store.recall("crowd-7"))!.rings).toEqual([[7, 1]]);
    store.edit("crowd-7", text(70));
    await settle(store);
    store.undo();
    await settle(store);
    expect([store.rows.size, table.rows.get("crowd-7")!.revision, table.rows.get("crowd-7")!.rings[0]![0]]).toEqual([2, 3, 7]);
    store.redo();
    await settle(store);
    expect(table.rows.get("crowd-7")!.rings[0]![0]).toBe(70);
    line.isCut = true;
    expect(await store.recall("crowd-8")).toBe(undefined);
  });

  it("lets go of what it holds when a flood comes, and still undoes own changes", async () => {
    const table = new Table(), line = new Line(table, "ada"), floods: number[] = [];
    const store = new LayerStore(line, { id: "ada", name: "ada" });
    store.onFlood = () => floods.push(store.rows.size);
    store.draw("a", text(1));
    await settle(store);
    table.crowd(1500);
    await settle(store);
    expect([store.byView, store.rows.size, floods]).toEqual([false, 1501, []]);
    table.crowd(6000, 1500);
    await settle(store);
    expect([store.byView, store.rows.size, floods]).toEqual([true, 0, [0]]);
    table.crowd(2500, 7500);   // more than two answers
    line.losesAnswer = true;
    store.draw("c", text(3));
    await settle(store);
    expect([store.rows.size, floods.length, table.rows.has("c")]).toEqual([1, 2, true]);
    store.undo();
    store.undo();
    await settle(store);
    await settle(store);
    expect([table.rows.get("c")!.isDeleted, table.rows.get("a")!.isDeleted]).toEqual([true, true]);
  });

  it("takes up what was not sent before a crash, once", async () => {
    const table = new Table(), line = new Line(table, "ada");
    let kept: Op[] = [];
    const before = new LayerStore(line, { id: "ada", name: "ada" }, [], unsent => { kept = JSON.parse(JSON.stringify(unsent)) as Op[]; });
    line.losesAnswer = true;
    before.draw("a", text(1));
    await settle();
    await Promise.resolve();
    line.isCut = true;
    before.edit("a", text(2));
    line.isCut = false;
    const after = new LayerStore(line, { id: "ada", name: "ada" }, kept);
    after.replay();
    await settle(after);
    expect([...table.rows.values()].map(row => [row.revision, row.rings[0]![0]])).toEqual([[2, 2]]);
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))("ends the same for all after any interleaving (seed %i)", async seed => {
    let state = seed;
    const random = (below: number): number => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * below); };
    const table = new Table(), people = ["ada", "bob", "cleo"].map(name => person(table, name));
    let ids = 0;
    for (const { store } of people) store.onConflict = conflict => store.settle(conflict, (["mine", "theirs", "both"] as const)[random(3)]!, `n${++ids}`);
    for (let i = 0; i < 120; i++) {
      const { line, store } = people[random(3)]!, rows = store.shown, row = rows[random(Math.max(1, rows.length))];
      const act = random(10);
      if (act < 3 || !row) store.draw(`n${++ids}`, text(random(100)));
      else if (act < 6) store.edit(row.id, text(random(100)));
      else if (act === 6) store.remove(row.id);
      else if (act === 7) store.undo();
      else if (act === 8) store.redo();
      else if (random(2)) line.isCut = !line.isCut;
      else line.losesAnswer = true;
      for (let turn = random(6); turn > 0; turn--) await Promise.resolve();
    }
    for (const { line } of people) [line.isCut, line.losesAnswer] = [false, false];
    for (let round = 0; round < 20; round++) await settle(...people.map(({ store }) => store));
    const truth = JSON.stringify([...table.rows.values()].filter(row => !row.isDeleted).map(row => [row.id, row.revision, row.rings, row.label]).sort());
    for (const { store } of people) { expect(store.unsent).toEqual([]); expect(seen(store)).toBe(truth); }
  });
});

describe("a shape", () => {
  it.each<[ShapeText["kind"], number[][]]>([
    ["point", [[3, 4]]], ["line", [[0, 0, 5, 6]]], ["angle", [[0, 0, 5, 6, 9, 9]]], ["polygon", [[0, 0, 9, 0, 9, 9], [2, 1, 5, 1, 5, 3]]],
  ])("goes to the picture and back (%s)", (kind, rings) => expect(toRings(kind, toGeometry({ ...text(0), kind, rings }))).toEqual(rings));

  it("is an ellipse in the box that was drawn", () => {
    const rings = toRings("ellipse", toGeometry({ ...text(0), kind: "rectangle", rings: [[10, 20, 30, 20, 30, 60, 10, 60]] }));
    expect(rings).toEqual([[20, 40, 30, 40, 20, 20]]);
    expect(toGeometry({ ...text(0), kind: "ellipse", rings }).getExtent().map(Math.round)).toEqual([10, -60, 30, -20]);
  });
});
