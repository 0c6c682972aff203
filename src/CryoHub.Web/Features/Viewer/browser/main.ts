import "ol/ol.css";
import "uplot/dist/uPlot.min.css";
import "../../Metadata/browser/metadata.css";
import "./viewer.css";
import { Viewer } from "./viewer.ts";

/** `<cryohub-viewer data-dataset="..." data-signal="0">`: the whole workbench of one data set. */
class ViewerElement extends HTMLElement {
  connectedCallback(): void { void Viewer.open(this, this.dataset["dataset"] ?? "", Number(this.dataset["signal"] ?? 0)); }
}

customElements.define("cryohub-viewer", ViewerElement);
