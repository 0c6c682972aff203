import { Refusal } from "../../Viewer/browser/api.ts";

const waits = [500, 1000, 2000, 5000, 10_000, 30_000];
const tooMany = 429, timedOut = 408, refusalsOfBytes = 4;

/** Status of a failed request: 0 where no answer came, `undefined` where the failure was none of the network's. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof Refusal) return error.status;
  const source = (error as { source?: { status?: number } }).source;
  if (source) return source.status ?? 0;
  return error instanceof TypeError ? 0 : undefined;   // what fetch throws without a connection
}

/** The server's sentence about bytes it refused, where it gave one. */
function words(error: unknown): Error {
  const answer = (error as { source?: XMLHttpRequest }).source;
  if (!answer) return error as Error;
  let detail: string | undefined;
  try { detail = (JSON.parse(answer.responseText) as { detail?: string }).detail; } catch { /* an object store answers XML meant for programs */ }
  return new Refusal(answer.status, detail ?? `The store refused a part (${answer.status}).`);
}

/**
 * Repeats `act` while no connection or a busy server is the reason, for as long as that lasts: only a person gives up an upload. A refusal by the API is final;
 * bytes refused by the store (an address that ran out, a checksum spoilt on the way) are announced and sent again a few times.
 */
export async function patiently<T>(act: () => Promise<T>, signal: AbortSignal | undefined, onWait: () => void): Promise<T> {
  for (let attempt = 0, refused = 0; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      const status = statusOf(error), passing = status === 0 || status === tooMany || status === timedOut || (status ?? 0) >= 500;
      const ofBytes = !(error instanceof Refusal) && status !== undefined;
      if (signal?.aborted || !(passing || (ofBytes && ++refused < refusalsOfBytes))) throw words(error);
      if (attempt > 0) onWait();
      await pause(waits[Math.min(attempt, waits.length - 1)]!, signal);
    }
  }
}

/** Ends early when the connection comes back. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => { clearTimeout(timer); removeEventListener("online", go); signal?.removeEventListener("abort", stop); };
    const go = (): void => { end(); resolve(); };
    const stop = (): void => { end(); reject(signal!.reason as Error); };
    const timer = setTimeout(go, milliseconds);
    addEventListener("online", go);
    signal?.addEventListener("abort", stop);
  });
}
