/** A recorded step on its way: its id makes sending it twice harmless. */
export interface Entry { id: string; run: string; step: number; body: Record<string, unknown>; photos?: string[]; refusal?: string }

/** A photo of a step, kept until the step is sent; the picture itself only until the server has it. */
export interface Photo { id: string; run: string; step: number; name: string; picture?: Blob }

interface Shelf<T> { all(): Promise<T[]>; put(item: T): Promise<void>; remove(id: string): Promise<void> }

/** Where entries and their photos wait. */
export interface Outbox extends Shelf<Entry> { photos: Shelf<Photo> }

export type Sent = { state: "sent" } | { state: "waiting" } | { state: "refused"; reason: string };

const asPromise = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** The outbox of this browser: survives closing the page and restarting the phone. */
export async function openOutbox(name = "cryohub-bench"): Promise<Outbox> {
  const opening = indexedDB.open(name, 2);
  opening.onupgradeneeded = () => {
    for (const kind of ["entries", "photos"].filter(kind => !opening.result.objectStoreNames.contains(kind))) {
      opening.result.createObjectStore(kind, { keyPath: "id" });
    }
  };
  const database = await asPromise(opening);
  database.onversionchange = () => database.close();   // a newer page of the bench wants to change it
  const shelf = <T>(kind: string): Shelf<T> => {
    const store = (mode: IDBTransactionMode): IDBObjectStore => database.transaction(kind, mode).objectStore(kind);
    return {
      all: () => asPromise<T[]>(store("readonly").getAll()),
      put: async item => { await asPromise(store("readwrite").put(item)); },
      remove: async id => { await asPromise(store("readwrite").delete(id)); },
    };
  };
  return { ...shelf<Entry>("entries"), photos: shelf<Photo>("photos") };
}

/** Photos taken for a step that is not on its way yet. */
export async function photosOf(outbox: Outbox, run: string, step: number): Promise<Photo[]> {
  const leaving = new Set((await outbox.all()).filter(entry => !entry.refusal).flatMap(entry => entry.photos ?? []));
  return (await outbox.photos.all()).filter(photo => photo.run === run && photo.step === step && !leaving.has(photo.id));
}

async function ask(address: string, body: BodyInit, type: string, fetcher: typeof fetch): Promise<Sent> {
  let answer: Response;
  try {
    answer = await fetcher(address, { method: "POST", headers: { "Content-Type": type }, body });
  } catch {
    return { state: "waiting" };
  }
  if (answer.ok) return { state: "sent" };
  if (answer.status === 401 || answer.status === 429 || answer.status >= 500) return { state: "waiting" };   // sign in again, or try later
  const reason = ((await answer.json().catch(() => ({}))) as { detail?: string }).detail ?? `The server answered ${answer.status}.`;
  return { state: "refused", reason };
}

/** Photos first, each under its own id and only until the server has it; then the step, which names them. */
async function deliver(entry: Entry, outbox: Outbox, fetcher: typeof fetch): Promise<Sent> {
  for (const photo of (await outbox.photos.all()).filter(photo => entry.photos?.includes(photo.id) && photo.picture)) {
    const sent = await ask(`/api/runs/${entry.run}/photos/${photo.id}?name=${encodeURIComponent(photo.name)}`, photo.picture!, photo.picture!.type, fetcher);
    if (sent.state !== "sent") return sent.state === "refused" ? { ...sent, reason: `${photo.name}: ${sent.reason}` } : sent;
    const { picture: _, ...named } = photo;
    await outbox.photos.put(named);
  }
  const body = { ...entry.body, id: entry.id, datasets: entry.photos ?? [] };
  return ask(`/api/runs/${entry.run}/steps/${entry.step}`, JSON.stringify(body), "application/json", fetcher);
}

/** Sends one entry; what the server does not take stays with its reason, what did not reach it waits. */
export async function send(entry: Entry, outbox: Outbox, fetcher: typeof fetch = fetch): Promise<Sent> {
  const sent = await deliver(entry, outbox, fetcher);
  if (sent.state === "sent") {
    await Promise.all([outbox.remove(entry.id), ...(entry.photos ?? []).map(id => outbox.photos.remove(id))]);
  } else if (sent.state === "refused") {
    await outbox.put({ ...entry, refusal: sent.reason });
  }
  return sent;
}

/** Sends everything that waits, oldest first (ids are in the order of time), and says how it ended. */
export async function flush(outbox: Outbox, fetcher: typeof fetch = fetch): Promise<{ waiting: number; refused: Entry[] }> {
  let waiting = 0;
  for (const entry of (await outbox.all()).filter(entry => !entry.refusal)) {
    if ((await send(entry, outbox, fetcher)).state === "waiting") waiting++;
  }
  return { waiting, refused: (await outbox.all()).filter(entry => entry.refusal) };
}

/** A UUID of version 7: the server's ids are in the order of time, so are the outbox's. */
export function timedId(now = Date.now(), random = crypto.getRandomValues(new Uint8Array(10))): string {
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes.set(random, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
