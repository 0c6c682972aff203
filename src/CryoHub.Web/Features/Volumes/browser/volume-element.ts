import * as zarr from "zarrita";
import { toNumber } from "../../Viewer/browser/pixels.ts";
import { Pyramid } from "../../Viewer/browser/pyramid.ts";
import { StrictStore } from "../../Viewer/browser/strict-store.ts";
import { limits, slice, type Volume } from "./volume.ts";

const names = ["z", "y", "x"] as const, most = 128 ** 3 * 2;

/** `<cryohub-volume data-src=".../n.zarr">`: three orthogonal slices and a rendering, from the finest level that fits into memory. */
export class VolumeElement extends HTMLElement {
  async connectedCallback(): Promise<void> {
    try {
      const pyramid = await Pyramid.open(new StrictStore(this.dataset["src"] ?? ""));
      const level = pyramid.levels.find(array => array.shape.reduce((a, b) => a * b, 1) <= most) ?? pyramid.levels.at(-1)!;
      const chunk = await zarr.get(level), values = Float32Array.from(chunk.data as ArrayLike<number>, toNumber);
      const volume: Volume = { values, size: level.shape.slice(-3) as [number, number, number] }, range = limits(values, 0.01, 0.99);
      this.replaceChildren(...names.map((_, axis) => this.plane(volume, axis as 0 | 1 | 2, range, pyramid.levels[0]!.shape.at(axis - 3)!)));
      const stage = Object.assign(document.createElement("div"), { className: "three" });
      stage.setAttribute("role", "img");
      stage.setAttribute("aria-label", "Volume rendering; drag turns it");
      this.append(stage);
      (await import("./rendering.ts")).render(stage, volume, range);
      this.dataset["ready"] = "true";
    } catch (error) { this.textContent = `The volume cannot be shown: ${error instanceof Error ? error.message : String(error)}`; }
  }

  private plane(volume: Volume, axis: 0 | 1 | 2, [low, high]: [number, number], full: number): HTMLElement {
    const figure = document.createElement("figure"), canvas = document.createElement("canvas"), label = document.createElement("label"), output = document.createElement("output");
    const slider = Object.assign(document.createElement("input"), { type: "range", min: "0", max: String(volume.size[axis] - 1), value: String(Math.floor(volume.size[axis] / 2)) });
    canvas.setAttribute("role", "img");
    label.append(names[axis], slider, output);
    figure.append(canvas, label);
    const draw = (): void => {
      const index = Number(slider.value), { values, width, height } = slice(volume, axis, index), pen = canvas.getContext("2d")!;
      canvas.width = width; canvas.height = height;
      const picture = pen.createImageData(width, height);
      values.forEach((value, i) => {
        const grey = 255 * Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
        picture.data.set(Number.isFinite(value) ? [grey, grey, grey, 255] : [0, 0, 0, 0], i * 4);
      });
      pen.putImageData(picture, 0, 0);
      output.textContent = `${Math.round(index * full / volume.size[axis]) + 1} of ${full}`;
      canvas.setAttribute("aria-label", `Slice across ${names[axis]}, ${output.textContent}`);
    };
    slider.addEventListener("input", draw);
    draw();
    return figure;
  }
}
