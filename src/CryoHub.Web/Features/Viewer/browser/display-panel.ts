import { css, type MapName } from "./colour-maps.ts";
import { bendScaleOf, limitsAt, type Contrast } from "./contrast.ts";
import { Histogram } from "./histogram.ts";
import type { Parts } from "./markup.ts";
import { isDiffraction, type Signal } from "./signal.ts";
import { number } from "./units.ts";
import type { Transfer, ViewState } from "./view-state.ts";

/** The contrast and its controls: histogram, typed limits, percentiles, curve, map. */
export class DisplayPanel {
  contrast: Contrast;
  bendScale: number;
  onChange: () => void = () => {};
  private histogram: Histogram | undefined;

  constructor(private readonly parts: Parts, private signal: Signal, state: ViewState) {
    const statistics = signal.statistics, [low, almost] = limitsAt(statistics, 1);
    const high = isDiffraction(signal) ? limitsAt(statistics, 0)[1] : almost;   // a spot is a thousandth of the pixels, and the point of the picture
    this.bendScale = bendScaleOf(statistics, signal.pixelType);
    this.contrast = {
      low: state.low ?? low, high: state.high ?? high, gamma: state.gamma ?? 1, map: state.map ?? "grey", invert: state.invert ?? false,
      scale: state.scale ?? (isDiffraction(signal) ? "log" : "linear"),
    };
    this.drawHistogram();
    for (const name of ["low", "high", "gamma"] as const) {
      parts.field(name).addEventListener("change", event => {
        const value = Number((event.target as HTMLInputElement).value.replace("\u2212", "-").replaceAll(",", ""));
        this.set(
          Number.isFinite(value) && (name !== "gamma" || value > 0)
            ? { [name]: value, ...(name === "gamma" ? { scale: "gamma" as Transfer } : {}) }
            : {},
        );
      });
    }
    for (const button of parts.all("limits")) button.addEventListener("click", () => this.percentiles(Number(button.dataset["limits"])));
    for (const button of parts.all("scale"))
      button.addEventListener("click", () =>
        this.set({
          scale: button.dataset["scale"] as Transfer,
          ...(button.dataset["scale"] === "gamma" && this.contrast.gamma === 1 ? { gamma: 0.6 } : {}),
        }),
      );
    for (const button of parts.all("map")) button.addEventListener("click", () => this.set({ map: button.dataset["map"] as MapName }));
  }

  /** Another quantity of the same pixels: new limits, the rest stays as it was chosen. */
  use(signal: Signal, change: Partial<Contrast>): void {
    const [low, high] = limitsAt(signal.statistics, 1);
    this.signal = signal;
    this.bendScale = bendScaleOf(signal.statistics, signal.pixelType);
    this.contrast = { ...this.contrast, low, high, ...change };
    this.drawHistogram();
    this.refresh();
  }

  percentiles(percent: number): void {
    const [low, high] = limitsAt(this.signal.statistics, percent);
    this.set({ low, high });
  }

  set(change: Partial<Contrast>): void {
    this.contrast = { ...this.contrast, ...change };
    this.refresh();
    this.onChange();
  }

  private drawHistogram(): void {
    const svg = this.parts.part<SVGSVGElement>("histogram"), { statistics } = this.signal;
    this.histogram = statistics ? new Histogram(svg, statistics, this.bendScale, (low, high) => this.set({ low, high })) : undefined;
  }

  refresh(): void {
    const { contrast, parts } = this;
    this.histogram?.show(contrast);
    parts.part("limits").textContent = `${number(contrast.low, 3)} to ${number(contrast.high, 3)}`;
    parts.part("lut").style.background = css(contrast.map, contrast.invert);
    for (const name of ["low", "high", "gamma"] as const) {
      const input = parts.field(name);
      if (document.activeElement !== input) input.value = String(Number(contrast[name].toPrecision(6)));
    }
    for (const button of parts.all("scale")) button.setAttribute("aria-pressed", String(button.dataset["scale"] === contrast.scale));
    for (const button of parts.all("map")) {
      const on = button.dataset["map"] === contrast.map;
      button.classList.toggle("on", on);
      button.setAttribute("aria-pressed", String(on));
    }
    const invert = parts.all("act").find(button => button.dataset["act"] === "invert");
    invert?.classList.toggle("on", contrast.invert);
    invert?.setAttribute("aria-pressed", String(contrast.invert));
  }
}
