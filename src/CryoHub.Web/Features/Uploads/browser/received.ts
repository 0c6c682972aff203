import { getJson, Refusal } from "../../Viewer/browser/api.ts";
import type { Completed } from "./protocol.ts";
import type { News } from "./uploader.ts";

type Status = "receiving" | "received" | "ready" | "unreadable" | "quarantined" | "gone";
interface Row { name: string; status: Status; problem?: string; line: HTMLLIElement }

const said: Record<Status, string> = {
  receiving: "waiting for the files that belong to it",
  received: "received, being read",
  ready: "ready",
  unreadable: "received, but unreadable",
  quarantined: "arrived with another checksum than it was sent with; kept apart",
  gone: "deleted meanwhile",
};
const unfinished = (row: Row): boolean => row.status === "receiving" || row.status === "received";
const lookEvery = 3000, looksAtOnce = 10;

/** The data sets that came out of this page's uploads, each with its state and a link, and the files that were refused. */
export class Received implements News {
  readonly element = document.createElement("section");
  private readonly list = document.createElement("ul");
  private readonly rows = new Map<string, Row>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const title = document.createElement("h2");
    title.textContent = "Sent from here";
    this.element.className = "uploads-received";
    this.element.hidden = true;
    this.list.setAttribute("aria-live", "polite");
    this.element.append(title, this.list);
  }

  received(name: string, { datasetId, jobId }: Completed): void {
    const row = this.rows.get(datasetId) ?? { name, status: "receiving", line: this.line() };
    if (jobId) row.status = "received";
    this.rows.set(datasetId, row);
    this.show(datasetId, row);
    this.timer ??= setTimeout(() => void this.look(), lookEvery);
  }

  refused(name: string, words: string): void {
    const line = this.line("bad"), title = document.createElement("b");
    title.textContent = name;
    line.setAttribute("role", "alert");
    line.append(title, ` ${words}`);
  }

  halfSent(names: string[]): void {
    this.line("half").textContent =
      `${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}: partly sent. ` +
      `Choose the same ${names.length > 1 ? "files" : "file"} again; only what is missing will be sent.`;
  }

  private line(kind = ""): HTMLLIElement {
    const line = document.createElement("li");
    line.className = kind;
    this.list.prepend(line);
    this.element.hidden = false;
    return line;
  }

  private show(id: string, row: Row): void {
    // A data set that is not whole has no page yet.
    const link = document.createElement(row.status === "receiving" || row.status === "gone" ? "b" : "a"), state = document.createElement("span");
    if (link instanceof HTMLAnchorElement) link.href = `/datasets/${id}`;
    link.textContent = row.name;
    state.textContent = row.problem ? `${said[row.status]}: ${row.problem}` : said[row.status];
    row.line.className = row.status;
    row.line.replaceChildren(link, " ", state);
  }

  /** A few rows a round: a drop of 1,000 files must not become 1,000 requests. */
  private async look(): Promise<void> {
    const waiting = [...this.rows].filter(([, row]) => unfinished(row)).slice(0, looksAtOnce);
    await Promise.all(waiting.map(async ([id, row]) => {
      Object.assign(row, await stateOf(id, row.status));
      this.rows.delete(id);
      this.rows.set(id, row);   // to the end: the next round asks about others
      this.show(id, row);
    }));
    this.timer = [...this.rows.values()].some(unfinished) ? setTimeout(() => void this.look(), lookEvery) : undefined;
  }
}

async function stateOf(id: string, before: Status): Promise<Partial<Row>> {
  try {
    const { name, status, problem } = await getJson<{ name: string; status: Status; problem?: string }>(`/api/datasets/${id}`);
    return { name, status, ...(problem ? { problem } : {}) };
  } catch (error) {
    return before === "received" && error instanceof Refusal && error.status === 404 ? { status: "gone" } : {};
  }
}
