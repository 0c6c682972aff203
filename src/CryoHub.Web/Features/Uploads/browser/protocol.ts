import { getJson, sendJson } from "../../Viewer/browser/api.ts";

export interface OpenUpload { id: string; path: string; size: number; partSize: number; partCount: number }
export interface UploadState { id: string; status: string; partSize: number; partCount: number; parts: { number: number; size: number; etag: string }[] }
export interface PartAddress { url: string; headers?: Record<string, string> | null; expiresAt: string }
export interface NewUpload { projectId: string; sampleId?: string; dropId: string; path: string; size: number; siblings: string[] }

/** The site's upload protocol, one function a route. */
export const protocol = {
  begin: (upload: NewUpload) => sendJson<{ id: string; partSize: number; partCount: number; datasetId: string }>("POST", "/api/uploads", upload),
  state: (id: string, signal?: AbortSignal) => getJson<UploadState>(`/api/uploads/${id}`, signal),
  sign: (id: string, part: number, size: number, sha256: string, signal?: AbortSignal) => sendJson<PartAddress>("POST", `/api/uploads/${id}/parts/${part}`, { size, sha256 }, signal),
  complete: (id: string, sha256: string, parts: { number: number; etag: string }[]) => sendJson<{ datasetId: string; jobId?: string | null }>("POST", `/api/uploads/${id}/complete`, { sha256, parts }),
  abort: (id: string) => sendJson<void>("DELETE", `/api/uploads/${id}`),
  /** Every open upload of mine in the project; lists are paged. */
  async open(projectId: string): Promise<OpenUpload[]> {
    const answer = await getJson<OpenUpload[] | { items: OpenUpload[] }>(`/api/uploads?projectId=${projectId}`);
    return Array.isArray(answer) ? answer : answer.items;
  },
};
