/** A refusal in the server's own words (problem details). */
export class Refusal extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}

export async function refusal(response: Response): Promise<Refusal> {
  const problem = await response.json().catch(() => null) as { detail?: string; title?: string; traceId?: string } | null;
  const words = problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`;
  return new Refusal(response.status, words);
}

export const messageOf = (error: unknown): string => error instanceof Error ? error.message : String(error);

export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(url, { headers: { accept: "application/json" }, credentials: "same-origin", signal: signal ?? null });
  if (!response.ok) throw await refusal(response);
  return await response.json() as T;
}

export async function sendJson<T>(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(url, {
    method, credentials: "same-origin", signal: signal ?? null,
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await refusal(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
