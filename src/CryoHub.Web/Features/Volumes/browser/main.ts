import "./volumes.css";
import type * as View from "./view.ts";

/**
 * `<cryohub-volume data-src="/api/results/{id}/items/{k}.zarr">`: three linked sections and the volume in three dimensions.
 * Every page loads this; few need the rest.
 */
class VolumeElement extends HTMLElement {
  private view: View.VolumeView | undefined;

  connectedCallback(): void { void this.open(); }

  disconnectedCallback(): void { this.view?.close(); }

  private async open(): Promise<void> {
    const { VolumeView } = await import(new URL("volumes-view.js", import.meta.url).href) as typeof View;
    if (!this.isConnected) return;
    this.view = new VolumeView(this);
    await this.view.open(this.dataset["src"] ?? "");
  }
}

customElements.define("cryohub-volume", VolumeElement);
