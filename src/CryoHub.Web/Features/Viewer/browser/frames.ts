import type { Parts } from "./markup.ts";
import { icon } from "./icons.ts";
import { at, type Axis } from "./signal.ts";
import { number } from "./units.ts";

/** Steps through the slow axes as one list of frames; tilt angles and times as the file states them. */
export class Frames {
  flat: number;
  onChange: () => void = () => {};
  private timer = 0;
  private readonly count: number;
  private readonly slider: HTMLInputElement;

  constructor(private readonly parts: Parts, private readonly axes: readonly Axis[], start: number) {
    this.count = axes.reduce((product, axis) => product * axis.size, 1);
    this.flat = Math.min(this.count - 1, Math.max(0, Math.round(start)));
    this.slider = parts.field("frame");
    parts.part("frames").hidden = this.count < 2;
    this.slider.max = String(this.count - 1);
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.say();
  }

  get indices(): number[] {
    let rest = this.flat;
    return [...this.axes].reverse().map(axis => { const index = rest % axis.size; rest = Math.floor(rest / axis.size); return index; }).reverse();
  }

  step(by: number): void { this.go((this.flat + by + this.count) % this.count); }

  toggle(): void {
    if (this.timer) { clearInterval(this.timer); this.timer = 0; }
    else if (this.count > 1) this.timer = window.setInterval(() => this.step(1), matchMedia("(prefers-reduced-motion: reduce)").matches ? 1000 : 150);
    const button = this.parts.part("frames").querySelector("button")!;
    button.innerHTML = icon(this.timer ? "pause" : "play");
    button.setAttribute("aria-label", this.timer ? "Pause, key space" : "Play, key space");
  }

  private go(frame: number): void {
    this.flat = Math.min(this.count - 1, Math.max(0, frame));
    this.say();
    this.onChange();
  }

  private say(): void {
    const words = this.axes.map((axis, i) => {
      const index = this.indices[i]!, plain = `${index + 1} of ${axis.size}`;
      if (!axis.unit) return axis.role.toLowerCase() === "frame" ? `frame ${plain}` : `${axis.name} ${plain}`;
      return `${axis.name} ${number(at(axis, index), 4)} ${axis.unit === "deg" ? "°" : axis.unit}, ${plain}`;
    }).join("; ");
    this.slider.value = String(this.flat);
    this.slider.setAttribute("aria-valuetext", words);
    this.parts.part("frames").querySelector("output")!.textContent = words;
  }
}
