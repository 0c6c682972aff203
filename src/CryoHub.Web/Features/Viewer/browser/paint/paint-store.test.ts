import { describe, expect, it } from "vitest";
import { palette } from "./blocks";
import { hue } from "./hue";
import type { Answer, PaintLine } from "./paint-server";
import { PaintStore } from "./paint-store";
import type { Act, Stroke } from "./stroke";

const dot = (x: number): Stroke => ({ kind: "brush", label: 1, points: [x, 1], slice: 0, radius: 3 });

/** The rules of the server: acts are numbered as they come, what is sent twice happens once, an undo names a number. */
class Line implements PaintLine {
  readonly acts: Act[] = [];
  isCut = false;
  losesAnswer = false;
  refuses = "";

  async send(act: Act): Promise<Answer> {
    await Promise.resolve();
    if (this.isCut) return { is: "offline" };
    if (this.refuses) return { is: "refused", reason: this.refuses };
    if (!this.acts.some(one => one.id === act.id)) this.acts.push(structuredClone(act));
    if (this.losesAnswer) { this.losesAnswer = false; return { is: "offline" }; }
    return { is: "done", sequence: this.acts.findIndex(one => one.id === act.id) + 1 };
  }
}

/** Long enough for everything that can be sent. */
const settled = async (store: PaintStore): Promise<void> => { for (let i = 0; i < 20; i++) await store.sync(); };

describe("painting", () => {
  it("reaches the server in order, once each, also after a lost answer and a cut line", async () => {
    const line = new Line(), store = new PaintStore(line);
    line.losesAnswer = true;
    store.paint(dot(1));
    await settled(store);
    line.isCut = true;
    store.paint(dot(2));
    store.paint(dot(3));
    await settled(store);
    expect([store.isOffline, store.pending.length]).toEqual([true, 3]);
    line.isCut = false;
    await settled(store);
    expect(line.acts.map(act => act.act === "paint" && act.stroke.points[0])).toEqual([1, 2, 3]);
    expect(store.unsent).toHaveLength(0);
  });

  it("keeps what waits over a reload, with undo of what had no number yet", async () => {
    const line = new Line();
    let stored = "[]";
    const before = new PaintStore(line, [], unsent => { stored = JSON.stringify(unsent); });
    line.isCut = true;
    before.paint(dot(1));
    before.paint(dot(2));
    before.undo();
    await settled(before);
    line.isCut = false;
    const after = new PaintStore(line, JSON.parse(stored) as Act[], unsent => { stored = JSON.stringify(unsent); });
    expect(after.pending.map(stroke => stroke.points[0])).toEqual([1]);
    await settled(after);
    expect(line.acts.map(act => act.act === "undo" ? act.target : act.act)).toEqual(["paint", "paint", 2]);
    expect(stored).toBe("[]");
  });

  it("shows a stroke until the blocks do", async () => {
    const store = new PaintStore(new Line());
    store.paint(dot(1));
    await settled(store);
    expect(store.pending).toHaveLength(1);
    store.shown(0);
    expect(store.pending).toHaveLength(1);
    store.shown(1);
    expect(store.pending).toHaveLength(0);
  });

  it("undoes and redoes by number, the newest first", async () => {
    const line = new Line(), store = new PaintStore(line);
    for (const x of [1, 2]) store.paint(dot(x));
    await settled(store);
    store.undo();
    store.undo();
    store.redo();
    await settled(store);
    expect(line.acts.slice(2).map(act => act.act === "undo" || act.act === "redo" ? `${act.act} ${act.target}` : "")).toEqual(["undo 2", "undo 1", "redo 1"]);
    expect([store.canUndo, store.canRedo]).toEqual([true, true]);
  });

  it("says a refusal, drops what followed from it and goes on", async () => {
    const line = new Line(), store = new PaintStore(line), said: string[] = [];
    store.onSay = words => said.push(words);
    line.isCut = true;
    store.paint(dot(1));
    store.undo();
    await settled(store);
    line.isCut = false;
    line.refuses = "Ada has locked this layer.";
    await settled(store);
    line.refuses = "";
    store.paint(dot(5));
    await settled(store);
    expect([said, line.acts.length, store.canRedo]).toEqual([["Ada has locked this layer."], 1, false]);
  });

  it("has colours in the order of a pixel's bytes, and none for what is hidden", () => {
    const label = (value: number, colour: string) => ({ value, colour, name: "", classKey: "", isLocked: false });
    expect([...palette([label(1, "#102030"), label(2, "#FFFFFF")], new Set([2]))]).toEqual([[1n, 0xff302010]]);
    expect(hue(3)).toMatch(/^#[0-9a-f]{6}$/);
    expect(new Set(Array.from({ length: 20 }, (_, i) => hue(i))).size).toBe(20);
  });
});
