import { icon } from "../icons.ts";
import type { Label } from "./stroke.ts";

export const markupOfPaint = `
  <section class="sec"><h2>Label layer<span data-part="paint-size"></span></h2>
    <p class="faint" data-part="no-paint">Nothing is painted yet. A layer holds one label for every pixel and is painted by several people at once.</p>
    <label class="typed" data-part="paint-pick" hidden>Layer<select data-field="paint-layer"></select></label>
    <div class="ctl"><button class="btn sm" data-act="paint-new">New layer</button><button class="btn sm" data-act="paint-delete" hidden>Delete layer</button>
      <button class="btn sm" data-act="paint-keep" hidden
        title="A data set of the project, to measure, compare and learn from">Save as data set</button>
      <button class="btn sm" data-act="paint-truth" hidden
        title="What other labels are measured by; the layer stays as it is while it is marked">Call it ground truth</button>
      <a class="btn sm" data-part="paint-tiff" hidden download>TIFF</a>
      <a class="btn sm" data-part="paint-zarr" hidden title="Address for programs that read zarr">zarr</a></div>
    <p class="faint" data-part="paint-truth-words" hidden></p>
    <p class="faint" data-part="paint-kept" hidden></p></section>
  <section class="sec" data-part="paint-labels-box" hidden><h2>Labels<span>key</span></h2><ul class="classes labels" data-part="paint-labels"></ul>
    <div class="ctl"><button class="btn sm" data-act="paint-label">New label</button><button class="btn sm" data-act="paint-between"
        title="Paints the chosen label on the slices between the nearest below and the nearest above that have it">Fill between slices</button></div></section>
  <section class="sec" data-part="paint-brush" hidden><h2>Brush<span>px</span></h2>
    <div class="pair"><label class="typed">Radius<input data-field="brush-radius" inputmode="decimal" autocomplete="off" value="12"></label>
      <label class="typed">Tolerance<input data-field="brush-tolerance" inputmode="decimal" autocomplete="off"
        title="Grey values this far from the clicked one belong to the region"></label>
      <label class="typed">Only from<input data-field="brush-low" inputmode="decimal" autocomplete="off"
        title="Paints only over grey values in this range"></label>
      <label class="typed">to<input data-field="brush-high" inputmode="decimal" autocomplete="off"></label>
      <label class="typed">Only over<select data-field="brush-only"></select></label>
      <label class="typed">Opacity<input type="range" data-field="paint-opacity" min="0" max="1" step="0.05" value="0.5"></label></div>
    <label class="tick"><input type="checkbox" data-field="paint-outlines"> Outlines only</label>
    <label class="tick" data-part="ball-box"><input type="checkbox" data-field="brush-ball"> Ball through the slices</label></section>`;

/** Labels with colour, eye, lock and key. */
export function listLabels(
  host: HTMLElement, labels: readonly Label[], state: { current: number; hidden: ReadonlySet<number>; canPaint: boolean },
  acts: { choose: (value: number) => void; show: (value: number) => void; lock: (label: Label) => void }): void {
  host.replaceChildren(...labels.map((label, i) => {
    const item = document.createElement("li"), pick = button("", () => acts.choose(label.value));
    pick.setAttribute("aria-pressed", String(label.value === state.current));
    const swatch = document.createElement("i");
    swatch.style.background = label.colour;
    const key = Object.assign(document.createElement("kbd"), { textContent: i < 9 ? String(i + 1) : "" });
    pick.append(swatch, span(label.name, "grow ellip"), span(String(label.value), "faint"), key);
    const isHidden = state.hidden.has(label.value), eye = button(icon(isHidden ? "hidden" : "eye"), () => acts.show(label.value));
    eye.className = "iconbtn";
    eye.setAttribute("aria-pressed", String(!isHidden));
    eye.setAttribute("aria-label", `Show ${label.name}`);
    const lock = button(icon(label.isLocked ? "lock" : "unlock"), () => acts.lock(label));
    lock.className = "iconbtn";
    lock.disabled = !state.canPaint;
    lock.setAttribute("aria-pressed", String(label.isLocked));
    lock.setAttribute("aria-label", `Lock ${label.name}`);
    item.append(pick, eye, lock);
    return item;
  }));
}

function button(html: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.innerHTML = html;
  made.addEventListener("click", act);
  return made;
}

const span = (textContent: string, className: string): HTMLSpanElement => Object.assign(document.createElement("span"), { textContent, className });
