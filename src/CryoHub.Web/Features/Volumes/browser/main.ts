import "./volumes.css";
import { VolumeElement } from "./volume-element.ts";

customElements.define("cryohub-volume", VolumeElement);
