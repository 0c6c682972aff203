import { share, type Contrast } from "./contrast.ts";
import type { Statistics } from "./signal.ts";
import { number } from "./units.ts";

const width = 272, height = 84, floor = 72;

/** Histogram with two limits to drag; each limit is a slider for the keyboard too. */
export class Histogram {
  private readonly low: number;
  private readonly high: number;
  private readonly handles: readonly [SVGGElement, SVGGElement];
  private readonly curve: SVGPathElement;
  private contrast: Contrast | undefined;

  constructor(
    private readonly svg: SVGSVGElement,
    statistics: Statistics,
    private readonly bendScale: number,
    private readonly changed: (low: number, high: number) => void,
  ) {
    const bins = statistics.histogram;
    this.low = bins?.low ?? statistics.min;
    this.high = bins && bins.high > bins.low ? bins.high : this.low + 1;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren(this.draw("path", "bars", { d: barsPath(bins?.counts ?? []) }), this.draw("path", "base", { d: `M0 ${floor}H${width}` }));
    this.curve = this.draw("path", "curve", {}) as SVGPathElement;
    svg.append(this.curve);
    this.handles = [this.handle("Lower limit", 0), this.handle("Upper limit", 1)];
    svg.append(...this.handles);
  }

  show(contrast: Contrast): void {
    this.contrast = contrast;
    const points = Array.from(
      { length: 69 },
      (_, i) => `${i * 4} ${(floor - share(this.value(i * 4), contrast, this.bendScale) * (floor - 4)).toFixed(1)}`,
    );
    this.curve.setAttribute("d", `M${points.join("L")}`);
    [contrast.low, contrast.high].forEach((limit, index) => {
      const handle = this.handles[index]!;
      handle.setAttribute("transform", `translate(${Math.min(width, Math.max(0, this.place(limit))).toFixed(1)} 0)`);
      handle.setAttribute("aria-valuenow", String(limit));
      handle.setAttribute("aria-valuetext", number(limit));
    });
  }

  private value(x: number): number {
    return this.low + (x / width) * (this.high - this.low);
  }
  private place(value: number): number {
    return ((value - this.low) / (this.high - this.low)) * width;
  }

  private handle(label: string, index: 0 | 1): SVGGElement {
    const group = this.draw("g", "limit", {
      tabindex: "0",
      role: "slider",
      "aria-label": label,
      "aria-valuemin": String(this.low),
      "aria-valuemax": String(this.high),
    }) as SVGGElement;
    group.append(
      this.draw("rect", "grip", { x: "-12", y: "0", width: "24", height: String(height) }),
      this.draw("path", "", { d: `M0 2V${floor + 4}` }),
      this.draw("circle", "", { cy: String(floor + 5), r: "5" }),
    );
    group.addEventListener("pointerdown", event => {
      group.setPointerCapture(event.pointerId);
      group.focus();
      event.preventDefault();
    });
    group.addEventListener("pointermove", event => {
      if (!group.hasPointerCapture(event.pointerId)) return;
      const box = this.svg.getBoundingClientRect();
      this.move(index, this.value(((event.clientX - box.left) / box.width) * width));
    });
    group.addEventListener("keydown", event => {
      const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (!direction || !this.contrast) return;
      event.preventDefault();
      event.stopPropagation();
      const limit = index === 0 ? this.contrast.low : this.contrast.high;
      this.move(index, limit + (direction * (this.high - this.low)) / (event.shiftKey ? 20 : 200));
    });
    return group;
  }

  private move(index: 0 | 1, value: number): void {
    if (!this.contrast) return;
    const { low, high } = this.contrast;
    if (index === 0) this.changed(Math.min(value, high), high);
    else this.changed(low, Math.max(value, low));
  }

  private draw(name: string, kind: string, attributes: Record<string, string>): SVGElement {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    if (kind) element.setAttribute("class", kind);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }
}

/** Root scale: rare values stay visible beside the peak. */
export function barsPath(counts: readonly number[]): string {
  if (counts.length === 0) return "";
  const peak = Math.sqrt(Math.max(...counts, 1)), step = width / counts.length;
  const points = counts.map(
    (count, i) => `L${(i * step).toFixed(1)} ${(floor - (Math.sqrt(count) / peak) * (floor - 4)).toFixed(1)}H${((i + 1) * step).toFixed(1)}`,
  );
  return `M0 ${floor}${points.join("")}V${floor}Z`;
}
