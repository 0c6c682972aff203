import { getJson, sendJson } from "../../Viewer/browser/api.ts";
import { nextOf, type ExportJob } from "./steps.ts";

interface Format { extension: string; writes: string; refusal: string | null }

const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));

/**
 * `<cryohub-export data-dataset="..." data-signal="0">`: a menu of the formats, those that cannot hold the signal with the reason;
 * the chosen file is written by a job, then fetched.
 */
export class ExportElement extends HTMLElement {
  private busy = false;

  connectedCallback(): void {
    this.innerHTML = `<details><summary class="btn">Export</summary>
      <div class="sheet"><p class="faint">Looking what can hold it</p><ul></ul><p role="status"></p></div></details>`;
    this.details.addEventListener("toggle", () => { if (this.details.open && this.list.childElementCount === 0) void this.fill(); });
    this.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !this.details.open) return;
      event.stopPropagation();
      this.details.open = false;
      this.querySelector("summary")!.focus();
    });
  }

  private get details(): HTMLDetailsElement { return this.querySelector("details")!; }
  private get list(): HTMLElement { return this.querySelector("ul")!; }
  private get url(): string {
    const signal = new URLSearchParams(location.search).get("signal") ?? this.dataset["signal"] ?? "0";
    return `/api/datasets/${this.dataset["dataset"]}/signals/${signal}/exports`;
  }

  private async fill(): Promise<void> {
    const words = this.querySelector(".faint")!;
    try {
      const formats = await getJson<Format[]>(this.url);
      words.textContent = formats.some(format => format.refusal === null)
        ? "Written from the data as they were read; the original stays as it is."
        : "No format here can hold this signal.";
      this.list.replaceChildren(...formats.map(format => this.choice(format)));
    } catch (error) {
      words.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  private choice({ extension, writes, refusal }: Format): HTMLElement {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.append(
      Object.assign(document.createElement("b"), { textContent: extension }),
      Object.assign(document.createElement("span"), { textContent: refusal ?? writes }),
    );
    button.disabled = refusal !== null;
    button.addEventListener("click", () => void this.export(extension));
    item.append(button);
    return item;
  }

  private async export(format: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      let told = await sendJson<ExportJob>("POST", this.url, { format });
      for (let wait = 150; ; wait = Math.min(2000, wait * 1.5)) {
        const next = nextOf(told, format);
        this.say(next.words, next.isBad);
        if (next.file) Object.assign(document.createElement("a"), { href: next.file, download: "" }).click();
        if (next.isOver || !this.isConnected) break;
        await pause(wait);
        told = await getJson<ExportJob>(`/api/jobs/${told.job.id}`);
      }
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error), true);
    }
    this.busy = false;
  }

  private say(words: string, isBad: boolean): void {
    const says = this.querySelector("[role=status]")!;
    says.textContent = words;
    says.classList.toggle("bad", isBad);
  }
}
