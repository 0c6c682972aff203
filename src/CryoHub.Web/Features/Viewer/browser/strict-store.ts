import type { AbsolutePath, AsyncReadable, GetOptions, RangeQuery } from "zarrita";

const attempts = 3;

/** Options that come back from a read saying whether pixels were asked for, not only the index of a shard. */
export interface Trace extends GetOptions { fetched?: boolean }

/**
 * A zarr store over HTTP for which absence is an error: zarr reads a missing chunk as the fill value, and a black tile would pass for a measurement.
 * 5xx and network failures are tried again, 404 is not.
 */
export class StrictStore implements AsyncReadable {
  constructor(private readonly root: string, private readonly pause: (ms: number) => Promise<void> = ms => new Promise(done => setTimeout(done, ms))) {}

  get(key: AbsolutePath, options?: Trace): Promise<Uint8Array | undefined> {
    if (options) options.fetched = true;
    return this.fetch(key, {}, options?.signal);
  }

  getRange(key: AbsolutePath, range: RangeQuery, options?: Trace): Promise<Uint8Array | undefined> {
    if (options && !("suffixLength" in range)) options.fetched = true;
    const bytes = "suffixLength" in range ? `bytes=-${range.suffixLength}` : `bytes=${range.offset}-${range.offset + range.length - 1}`;
    return this.fetch(key, { range: bytes }, options?.signal);
  }

  private async fetch(key: AbsolutePath, headers: Record<string, string>, signal?: AbortSignal): Promise<Uint8Array> {
    let reason = "";
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (attempt > 0) await this.pause(250 * 2 ** attempt);
      let response: Response;
      try {
        response = await fetch(this.root + key, { headers, credentials: "same-origin", signal: signal ?? null });
      } catch (error) {
        if (signal?.aborted) throw error;
        reason = "no connection";
        continue;
      }
      if (response.ok) return await body(response, headers);
      reason = response.status === 404 ? "missing in the store (404)" : `the server answered ${response.status}`;
      if (response.status < 500) break;
    }
    throw new Error(`${key.slice(1)}: ${reason}`);
  }
}

/** A server may answer a range with the whole object; then the range is cut here. */
async function body(response: Response, headers: Record<string, string>): Promise<Uint8Array> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const range = headers["range"];
  if (!range || response.status === 206) return bytes;
  const [, from, to] = /^bytes=(\d*)-(\d+)$/.exec(range)!;
  return from === "" ? bytes.subarray(bytes.length - Number(to)) : bytes.subarray(Number(from), Number(to) + 1);
}
