import { getJson, sendJson } from "../../Viewer/browser/api.ts";

export interface NewUpload { projectId: string; sampleId?: string; dropId: string; path: string; size: number; siblings: string[] }
export interface Started { id: string; partSize: number; partCount: number; datasetId: string }
export interface OpenUpload extends Started { dropId: string; path: string; size: number }
export interface UploadState extends Started { status: string; parts: { number: number; size: number; etag: string }[] }
export interface PartAddress { url: string; headers: Record<string, string>; expiresAt: string }
export interface Completed { datasetId: string; jobId: string | null }

const pageSize = 200;

/** The site's upload protocol, one function a route. */
export const protocol = {
  begin: (upload: NewUpload) => sendJson<Started>("POST", "/api/uploads", upload),
  state: (id: string, signal?: AbortSignal) => getJson<UploadState>(`/api/uploads/${id}`, signal),
  partRoute: (id: string, part: number) => `/api/uploads/${id}/parts/${part}`,
  sign: (partRoute: string, size: number, sha256: string, signal?: AbortSignal) => sendJson<PartAddress>("POST", partRoute, { size, sha256 }, signal),
  complete: (id: string, sha256: string, parts: { number: number; etag: string }[], signal?: AbortSignal) =>
    sendJson<Completed>("POST", `/api/uploads/${id}/complete`, { sha256, parts }, signal),
  giveUp: (id: string) => sendJson<void>("DELETE", `/api/uploads/${id}`),

  /** Every open upload of mine in the project. */
  async open(projectId: string): Promise<OpenUpload[]> {
    const all: OpenUpload[] = [];
    for (;;) {
      const page = await getJson<{ items: OpenUpload[]; total: number }>(`/api/uploads?projectId=${projectId}&skip=${all.length}&take=${pageSize}`);
      all.push(...page.items);
      if (all.length >= page.total || page.items.length === 0) return all;
    }
  },
};
