import "@uppy/core/css/style.min.css";
import "@uppy/dashboard/css/style.min.css";
import "./uploads.css";
import Dashboard from "@uppy/dashboard";
import { Received } from "./received.ts";
import { uploader, type Uploader } from "./uploader.ts";

/** Uploads go on while the person looks at other pages of the site; coming back shows them again. */
const running = new Map<string, { uppy: Uploader; received: Received }>();

function runningIn(project: string, sample: string | undefined): { uppy: Uploader; received: Received } {
  const known = running.get(`${project} ${sample}`);
  if (known) return known;
  const received = new Received();
  const uppy = uploader(project, sample, received);
  running.set(`${project} ${sample}`, { uppy, received });
  return { uppy, received };
}

/** `<cryohub-uploads data-project="..." data-sample="...">`: drop zone, progress, pause, resume, and what became of the files. */
class UploadsElement extends HTMLElement {
  private uppy: Uploader | undefined;

  connectedCallback(): void {
    const { uppy, received } = runningIn(this.dataset["project"] ?? "", this.dataset["sample"] || undefined);
    this.uppy = uppy;
    const board = document.createElement("div");
    this.replaceChildren(board, received.element);
    const dark = this.closest("[data-theme=dark]") !== null;
    uppy.use(Dashboard, {
      target: board,
      inline: true,
      width: "100%",
      height: 360,
      theme: dark ? "dark" : "light",
      fileManagerSelectionType: "both",
      proudlyDisplayPoweredByUppy: false,
      disableThumbnailGenerator: true,
      showRemoveButtonAfterComplete: true,
      doneButtonHandler: null as never,
      note: "Files or whole folders. A stack and its .mdoc or angle file, added together, stay together. A folder of zarr is one data set.",
    });
  }

  disconnectedCallback(): void {
    const board = this.uppy?.getPlugin("Dashboard");
    if (board) this.uppy!.removePlugin(board);
  }
}

customElements.define("cryohub-uploads", UploadsElement);
