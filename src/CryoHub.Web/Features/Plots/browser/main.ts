import "uplot/dist/uPlot.min.css";
import "./plots.css";
import { PlotElement } from "./plot-element.ts";

customElements.define("cryohub-plot", PlotElement);
