import "./metadata.css";
import { getJson } from "../../Viewer/browser/api.ts";
import { Tree } from "./tree.ts";

/** `<cryohub-tree data-src="/api/datasets/{id}/signals/{n}">`: what the file says about a signal, under its own names. */
class TreeElement extends HTMLElement {
  connectedCallback(): void { void this.open(); }

  private async open(): Promise<void> {
    try {
      const { original } = await getJson<{ original?: unknown }>(this.dataset["src"] ?? "");
      if (this.isConnected) new Tree(this, original ?? {});
    } catch (error) {
      this.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}

customElements.define("cryohub-tree", TreeElement);
