import "@uppy/core/css/style.min.css";
import "@uppy/dashboard/css/style.min.css";
import { uploader } from "./uploader.ts";

/** `<cryohub-uploads data-project="..." data-sample="...">`: drop zone, progress, pause and resume. */
class UploadsElement extends HTMLElement {
  private stop: (() => void) | undefined;

  connectedCallback(): void {
    const uppy = uploader(this, this.dataset["project"] ?? "", this.dataset["sample"] || undefined);
    this.stop = () => uppy.destroy();
  }

  disconnectedCallback(): void { this.stop?.(); }
}

customElements.define("cryohub-uploads", UploadsElement);
