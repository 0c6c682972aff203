import { getJson, sendJson } from "../../Viewer/browser/api.ts";
import { Hasher } from "../../Uploads/browser/hasher.ts";
import { protocol } from "../../Uploads/browser/protocol.ts";

const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));

/** Uploads a small file as a data set of the project and waits until it has been read; the data set's id. */
export async function sendFile(projectId: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await new Hasher().hash(new Blob([bytes]));
  const { id } = await protocol.begin({ projectId, dropId: crypto.randomUUID(), path: name, size: bytes.length, siblings: [] });
  const { url, headers } = await protocol.sign(protocol.partRoute(id, 1), bytes.length, hash);
  const { host: _, ...allowed } = headers;
  const sent = await fetch(url, { method: "PUT", headers: allowed, body: bytes, credentials: "same-origin" });
  if (!sent.ok) throw new Error(`The store refused the markers (${sent.status}).`);
  const { datasetId } = await protocol.complete(id, hash, [{ number: 1, etag: sent.headers.get("etag") ?? "" }]);
  for (let wait = 100; ; wait = Math.min(2_000, 2 * wait)) {
    const { status } = await getJson<{ status: string }>(`/api/datasets/${datasetId}`);
    if (status.toLowerCase() === "ready") return datasetId;
    if (["unreadable", "quarantined"].includes(status.toLowerCase())) throw new Error(`The corrected markers could not be read (${status}).`);
    await pause(wait);
  }
}

export async function submit(job: object): Promise<string> {
  return (await sendJson<{ job: { id: string } }>("POST", "/api/jobs", job)).job.id;
}
