import "./volumes.css";
import type * as View from "./view.ts";

/**
 * `<cryohub-volume data-src="/api/results/{id}/items/{k}.zarr">`: three linked sections and the volume in three dimensions.
 * Every page loads this; few need the rest.
 */
class VolumeElement extends HTMLElement {
  private view: View.VolumeView | undefined;

  /** Shows an object of a table: the cross at its middle, its voxels as a body. */
  point(place: [number, number, number], object: number): void { this.view?.point(place, object); }

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

// An object of a table is shown in the volume of the table's own name, whose voxels are the objects' numbers, or else in the first.
document.addEventListener("click", event => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-place]") : null;
  const place = button?.dataset["place"]?.split(" ").map(Number), table = button?.closest("section")?.querySelector("h2")?.textContent;
  if (!button || place?.length !== 3 || !place.every(Number.isFinite)) return;
  const volumes = [...document.querySelectorAll<VolumeElement>("cryohub-volume")];
  const shown = volumes.find(volume => volume.getAttribute("aria-label") === table) ?? volumes[0];
  shown?.point(place as [number, number, number], Number(button.dataset["object"]));
});
