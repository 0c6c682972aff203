import "./exports.css";
import { ExportElement } from "./export-element.ts";

customElements.define("cryohub-export", ExportElement);
