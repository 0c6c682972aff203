import { mapNames } from "../../Viewer/browser/colour-maps.ts";

const clip = ["x", "y", "z"].map((axis, i) => `<span class="clip">${axis} ${["from", "to"].map((end, j) =>
  `<input data-clip="${2 * i + j}" type="range" min="0" max="100" value="${100 * j}"
    aria-label="Clip ${axis} ${end}, in percent">`).join("")}</span>`).join("");
const range = (part: string, words: string, most: number, value: number): string =>
  `<label>${words} <input data-part="${part}" type="range" min="0" max="${most}" value="${value}"></label>`;

/** Everything beside the sections; each group is hidden where it has nothing to do. */
export const markup = `<div class="vol-grid"></div>
<div class="vol-bar"><label>From <input data-part="low" inputmode="decimal"></label><label>to <input data-part="high" inputmode="decimal"></label>
<label>Colours <select data-part="map">${mapNames.map(name => `<option>${name}</option>`).join("")}</select></label>
<label>Slab <input data-part="slab" inputmode="numeric" value="1" aria-label="Slab in voxels"> px, <select data-part="how" aria-label="Projection of the slab">
<option value="mean">mean</option><option value="max">maximum</option><option value="min">minimum</option></select></label>
<label><input data-part="slanted" type="checkbox"> Oblique plane</label>
<span data-group="angles" hidden>${range("tilt", "Tilt", 90, 30)}${range("turn", "Turn", 360, 0)}<output data-part="angles"></output></span></div>
<div class="vol-bar"><label>Show <select data-part="mode"><option value="cloud">cloud</option><option value="surface">surface of equal value</option>
<option value="labels">labels only</option></select></label>
<span data-group="iso" hidden>${range("iso", "Value", 1000, 600)}</span>
<span data-group="cloud">${range("from", "Clear below", 95, 35)}${range("most", "Density", 100, 50)}</span>
<span data-group="over" hidden><label>Labels <select data-part="over"></select></label>${range("opacity", "Opacity", 100, 50)}</span>
<details><summary>Clip</summary>${clip}</details><button class="btn sm" type="button" data-part="reset">Reset camera</button></div>
<div class="vol-bar"><output data-part="says" aria-live="polite">Loading</output></div>`;
