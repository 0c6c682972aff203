import type { Box } from "./tools.ts";

const names = ["x", "y", "width", "height"] as const;

/** The region typed: the same act as drawing it. */
export class RegionFields {
  private readonly inputs: HTMLInputElement[];

  constructor(host: HTMLElement, private readonly columns: number, private readonly rows: number, changed: (box: Box) => void) {
    host.innerHTML = names
      .map(name => `<label class="typed">${name[0]!.toUpperCase()}${name.slice(1)}<input data-region="${name}" inputmode="numeric"></label>`)
      .join("");
    this.inputs = [...host.querySelectorAll("input")];
    for (const input of this.inputs) input.addEventListener("change", () => changed(this.box));
  }

  show(box: Box): void { names.forEach((name, i) => { this.inputs[i]!.value = String(box[name]); }); }

  /** What is typed, cut to the picture; nonsense counts as the least. */
  private get box(): Box {
    const [x, y, width, height] = this.inputs.map(input => Math.round(Number(input.value)) || 0) as [number, number, number, number];
    const between = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
    const left = between(x, 0, this.columns - 1), top = between(y, 0, this.rows - 1);
    return { x: left, y: top, width: between(width, 1, this.columns - left), height: between(height, 1, this.rows - top) };
  }
}
