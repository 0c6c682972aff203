import type uPlot from "uplot";
import { axisLabel, toCsv, type Curve } from "./curve.ts";
import { plot, seriesColours } from "./plot.ts";
import { toSvg } from "./svg.ts";

const tool = (name: string, words: string, more = ""): string => `<button type="button" class="btn sm quiet" data-do="${name}"${more}>${words}</button>`;
const switched = ' aria-pressed="false"';
const tools = [tool("log", "Log", switched), tool("table", "Table", switched), ...["csv", "png", "svg"].map(name => tool(name, name.toUpperCase()))];

/** `<cryohub-plot data-src="..." data-x="Energy loss (eV)" data-y="Counts" data-name="...">`; the curves come from `data-curves` (JSON) or from `data-src`. */
export class PlotElement extends HTMLElement {
  static readonly observedAttributes = ["data-curves", "data-src", "data-log-y"];
  private curves: Curve[] = [];
  private drawn: uPlot | undefined;

  connectedCallback(): void {
    this.innerHTML = `<div class="tools">${tools.join("")}</div><div class="legend"></div><div class="box" role="img"></div><div class="twin" hidden></div>`;
    this.addEventListener("click", event => this.act((event.target as Element).closest<HTMLElement>("[data-do]")));
    void this.load();
  }

  disconnectedCallback(): void { this.drawn?.destroy(); this.drawn = undefined; }

  attributeChangedCallback(): void { if (this.isConnected && this.firstElementChild) void this.load(); }

  private get box(): HTMLElement { return this.querySelector<HTMLElement>(".box")!; }
  private get log(): boolean { return this.querySelector("[data-do=log]")?.getAttribute("aria-pressed") === "true"; }
  private get labels(): [string, string] {
    const first = this.curves[0];
    return [
      this.dataset["x"] ?? axisLabel(first?.xUnit ?? "", "x"),
      this.dataset["y"] ?? (first?.yUnit ? `${first.name} (${first.yUnit})` : (first?.name ?? "y")),
    ];
  }

  private async load(): Promise<void> {
    try {
      const read = this.dataset["curves"]
        ? (JSON.parse(this.dataset["curves"]) as Curve | Curve[])
        : this.dataset["src"]
          ? ((await (await fetch(this.dataset["src"], { credentials: "same-origin" })).json()) as Curve | Curve[])
          : [];
      this.curves = Array.isArray(read) ? read : [read];
      this.draw();
    } catch { this.box.textContent = "The curve could not be read."; }
  }

  private draw(): void {
    this.drawn?.destroy();
    this.box.replaceChildren();
    if (this.curves.length === 0) return;
    const [xLabel, yLabel] = this.labels, colours = seriesColours(this);
    this.drawn = plot(this.box, this.curves, { xLabel, yLabel, logY: this.log, height: 240 });
    this.box.setAttribute(
      "aria-label",
      `${this.curves.map(curve => curve.name).join(", ")}: ${yLabel} over ${xLabel}, ${this.curves[0]!.x.length} points; the table holds the numbers`,
    );
    this.querySelector(".legend")!.replaceChildren(...(this.curves.length < 2 ? [] : this.curves.map((curve, i) => {
      const entry = document.createElement("span"), line = document.createElement("i");
      line.style.background = colours[i % 8]!;
      entry.append(line, curve.name);
      return entry;
    })));
  }

  private act(button: HTMLElement | null): void {
    const name = button?.dataset["do"];
    if (!button || !name) return;
    if (name === "log") { button.setAttribute("aria-pressed", String(!this.log)); this.draw(); }
    if (name === "table") {
      const shown = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(shown));
      this.table(shown);
    }
    if (name === "csv") this.save(new Blob([toCsv(this.curves)], { type: "text/csv" }), "csv");
    if (name === "svg") this.save(new Blob([toSvg(this.curves, seriesColours(this), ...this.labels, this.log)], { type: "image/svg+xml" }), "svg");
    if (name === "png") this.drawn?.ctx.canvas.toBlob(blob => { if (blob) this.save(blob, "png"); });
  }

  private table(shown: boolean): void {
    const twin = this.querySelector<HTMLElement>(".twin")!, [head, ...rows] = toCsv(this.curves).trimEnd().split("\r\n").map(line => line.split(","));
    twin.hidden = !shown;
    if (!shown || twin.firstChild) return;
    const table = document.createElement("table"), top = table.createTHead().insertRow(), body = table.createTBody();
    for (const name of head!) top.append(Object.assign(document.createElement("th"), { textContent: name, className: "num", scope: "col" }));
    for (const row of rows) {
      const line = body.insertRow();
      for (const value of row) Object.assign(line.insertCell(), { textContent: value.replace("-", "\u2212"), className: "num" });
    }
    twin.append(table);
  }

  private save(blob: Blob, ending: string): void {
    const link = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(blob),
      download: `${this.dataset["name"] ?? this.curves[0]?.name ?? "plot"}.${ending}`,
    });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}
