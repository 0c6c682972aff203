/** A recorded step on its way: its id makes sending it twice harmless. */
export interface Entry { id: string; run: string; step: number; body: Record<string, unknown>; refusal?: string }

/** Where entries wait. */
export interface Outbox { all(): Promise<Entry[]>; put(entry: Entry): Promise<void>; remove(id: string): Promise<void> }

export type Sent = { state: "sent" } | { state: "waiting" } | { state: "refused"; reason: string };

const asPromise = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** The outbox of this browser: survives closing the page and restarting the phone. */
export async function openOutbox(name = "cryohub-bench"): Promise<Outbox> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("entries", { keyPath: "id" });
  const database = await asPromise(opening);
  const store = (mode: IDBTransactionMode): IDBObjectStore => database.transaction("entries", mode).objectStore("entries");
  return {
    all: () => asPromise<Entry[]>(store("readonly").getAll()),
    put: async entry => { await asPromise(store("readwrite").put(entry)); },
    remove: async id => { await asPromise(store("readwrite").delete(id)); },
  };
}

/** Sends one entry; what the server does not take stays with its reason, what did not reach it waits. */
export async function send(entry: Entry, outbox: Outbox, fetcher: typeof fetch = fetch): Promise<Sent> {
  let answer: Response;
  try {
    answer = await fetcher(`/api/runs/${entry.run}/steps/${entry.step}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...entry.body, id: entry.id }),
    });
  } catch {
    return { state: "waiting" };
  }
  if (answer.ok) {
    await outbox.remove(entry.id);
    return { state: "sent" };
  }
  if (answer.status === 401 || answer.status === 429 || answer.status >= 500) return { state: "waiting" };   // sign in again, or try later
  const reason = ((await answer.json().catch(() => ({}))) as { detail?: string }).detail ?? `The server answered ${answer.status}.`;
  await outbox.put({ ...entry, refusal: reason });
  return { state: "refused", reason };
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
