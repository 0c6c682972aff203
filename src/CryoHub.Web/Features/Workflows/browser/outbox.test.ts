import { expect, test } from "vitest";
import { flush, send, timedId, type Entry, type Outbox } from "./outbox.ts";

function box(...entries: Entry[]): Outbox & { kept: Map<string, Entry> } {
  const kept = new Map(entries.map(entry => [entry.id, entry]));
  return { kept, all: async () => [...kept.values()], put: async entry => void kept.set(entry.id, entry), remove: async id => void kept.delete(id) };
}

const entry = (id: string): Entry => ({ id, run: "r", step: 2, body: { values: { oxygen: "0.3 ppm" } } });
const answering = (status: number, body: unknown = {}): typeof fetch => async () => new Response(JSON.stringify(body), { status });
const offline: typeof fetch = async () => { throw new TypeError("no network"); };

test("what is sent leaves the outbox, under the id it was typed with", async () => {
  const outbox = box(entry("a"));
  const bodies: string[] = [];
  const state = await send(entry("a"), outbox, async (_, init) => { bodies.push(String(init?.body)); return new Response("{}", { status: 201 }); });
  expect(state).toEqual({ state: "sent" });
  expect(JSON.parse(bodies[0]!)).toMatchObject({ id: "a", values: { oxygen: "0.3 ppm" } });
  expect(outbox.kept.size).toBe(0);
});

test("without a connection it waits and is not lost", async () => {
  const outbox = box(entry("a"), entry("b"));
  expect(await flush(outbox, offline)).toEqual({ waiting: 2, refused: [] });
  expect(outbox.kept.size).toBe(2);
});

test("a refusal is kept with its reason and not sent again by itself", async () => {
  const outbox = box(entry("a"));
  expect(await send(entry("a"), outbox, answering(400, { detail: "Oxygen is required." }))).toEqual({ state: "refused", reason: "Oxygen is required." });
  let asked = 0;
  await flush(outbox, async () => { asked++; return new Response("{}"); });
  expect(asked).toBe(0);
});

test.each([401, 429, 500, 503])("an answer %i means later", async status => {
  const outbox = box(entry("a"));
  expect(await send(entry("a"), outbox, answering(status))).toEqual({ state: "waiting" });
  expect(outbox.kept.size).toBe(1);
});

test("ids are UUIDs of version 7 in the order of time", () => {
  const [early, late] = [timedId(1_700_000_000_000), timedId(1_700_000_000_001)];
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early < late).toBe(true);
});
