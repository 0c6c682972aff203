/** What the API says of an export's job, as far as the menu needs it. */
export interface ExportJob { job: { id: string; status: string; fraction: number; problem: string; resultId?: string | null } }

export interface Next { words: string; file?: string; isOver: boolean; isBad: boolean }

/** What to tell a person, and whether to ask again. */
export function nextOf({ job }: ExportJob, format: string): Next {
  const percent = Math.round(100 * job.fraction);
  switch (job.status) {
    case "succeeded":
      return job.resultId
        ? { words: `${format} is ready`, file: `/api/results/${job.resultId}/items/0/file`, isOver: true, isBad: false }
        : { words: "The file is no longer kept; export it again.", isOver: true, isBad: true };
    case "failed": return { words: job.problem || "The export failed.", isOver: true, isBad: true };
    case "cancelled": return { words: "The export was cancelled.", isOver: true, isBad: true };
    case "running": return { words: percent > 0 ? `Writing ${format}, ${percent} %` : `Writing ${format}`, isOver: false, isBad: false };
    default: return { words: `${format} waits for a worker`, isOver: false, isBad: false };
  }
}
