import { expect, test } from "vitest";
import { flush, photosOf, send, timedId, type Entry, type Outbox, type Photo } from "./outbox.ts";

function box(...entries: Entry[]): Outbox & { kept: Map<string, Entry>; pictures: Map<string, Photo> } {
  const shelf = <T extends { id: string }>(kept: Map<string, T>) =>
    ({ all: async () => [...kept.values()], put: async (item: T) => void kept.set(item.id, item), remove: async (id: string) => void kept.delete(id) });
  const [kept, pictures] = [new Map(entries.map(entry => [entry.id, entry])), new Map<string, Photo>()];
  return { kept, pictures, ...shelf(kept), photos: shelf(pictures) };
}

/** An entry with two photos in its outbox. */
function withPhotos(): { outbox: ReturnType<typeof box>; entry: Entry } {
  const entry = { id: "a", run: "r", step: 2, body: {}, photos: ["p", "q"] };
  const outbox = box(entry);
  for (const id of entry.photos) outbox.pictures.set(id, { id, run: "r", step: 2, name: `${id}.jpg`, picture: new Blob([id], { type: "image/jpeg" }) });
  return { outbox, entry };
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

test("photos go before the step that names them, and nothing is left on the device", async () => {
  const { outbox, entry } = withPhotos();
  const asked: string[] = [];
  let body = "";
  const taking: typeof fetch = async (url, init) => { asked.push(String(url)); body = String(init?.body); return new Response("{}", { status: 201 }); };
  expect(await send(entry, outbox, taking)).toEqual({ state: "sent" });
  expect(asked).toEqual(["/api/runs/r/photos/p?name=p.jpg", "/api/runs/r/photos/q?name=q.jpg", "/api/runs/r/steps/2"]);
  expect(JSON.parse(body).datasets).toEqual(["p", "q"]);
  expect([outbox.kept.size, outbox.pictures.size]).toEqual([0, 0]);
});

test("a photo that the server has is not sent again when the connection breaks after it", async () => {
  const { outbox, entry } = withPhotos();
  const asked: string[] = [];
  const breaking: typeof fetch = async url => {
    asked.push(String(url));
    if (String(url).includes("/q")) throw new TypeError("no network");
    return new Response("{}");
  };
  expect(await send(entry, outbox, breaking)).toEqual({ state: "waiting" });
  expect(outbox.pictures.get("q")?.picture).toBeDefined();
  expect(await flush(outbox, async url => { asked.push(String(url)); return new Response("{}"); })).toEqual({ waiting: 0, refused: [] });
  expect(asked.filter(url => url.includes("/photos/p"))).toHaveLength(1);
  expect(asked.filter(url => url.includes("/photos/q"))).toHaveLength(2);
});

test("photos of a refused step stay with it and are named again when it is put right", async () => {
  const { outbox, entry } = withPhotos();
  const refusal = JSON.stringify({ detail: "Oxygen is required." });
  await send(entry, outbox, async url => String(url).includes("/steps/") ? new Response(refusal, { status: 400 }) : new Response("{}"));
  expect((await photosOf(outbox, "r", 2)).map(photo => photo.id)).toEqual(["p", "q"]);
});

test("photos of a step on its way belong to no other recording of it", async () => {
  const { outbox } = withPhotos();
  expect(await photosOf(outbox, "r", 2)).toEqual([]);
});

test("ids are UUIDs of version 7 in the order of time", () => {
  const [early, late] = [timedId(1_700_000_000_000), timedId(1_700_000_000_001)];
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early < late).toBe(true);
});
