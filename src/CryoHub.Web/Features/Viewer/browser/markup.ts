import { icon } from "./icons.ts";
import { markupOfPanel } from "./annotate/panel.ts";
import { markupOfPaint } from "./paint/panel.ts";
import { mapNames } from "./colour-maps.ts";

const button = (kind: string, name: string, label: string, key: string, more = ""): string =>
  `<button class="iconbtn" data-${kind}="${name}"${more} aria-label="${label}, key ${key}" title="${label} (${key})">${icon(name)}</button>`;
const tool = (name: string, label: string, key: string): string => button("tool", name, label, key, ' aria-pressed="false"');
const act = (name: string, label: string, key: string): string => button("act", name, label, key);
const field = (name: string, label: string): string =>
  `<label class="typed">${label}<input data-field="${name}" inputmode="decimal" autocomplete="off"></label>`;
const tab = (name: string, words: string, chosen = false): string =>
  `<button role="tab" data-tab="${name}" aria-selected="${String(chosen)}"${chosen ? "" : ' tabindex="-1"'}>${words}</button>`;
const small = (kind: string, name: string, words: string): string => `<button class="btn sm" data-${kind}="${name}">${words}</button>`;
const chip = (name: string): string => `<button class="chip" data-map="${name}">${name[0]!.toUpperCase()}${name.slice(1)}</button>`;

const tools = [
  tool("pan", "Pan", "H"), tool("profile", "Line profile", "P"), tool("fft", "Fourier box", "F"),
  tool("point", "Spectrum of a pixel", "R"), tool("region", "Spectrum of a region", "G"), tool("ring", "Ring", "D"), '<hr class="drawn">',
  tool("select", "Select a shape", "V"), tool("s-point", "Mark a point", "T"), tool("s-line", "Line", "L"), tool("s-polyline", "Polyline", "O"),
  tool("s-freehand", "Freehand", "W"), tool("s-polygon", "Polygon", "U"), tool("s-rectangle", "Rectangle", "Q"), tool("s-ellipse", "Ellipse", "E"),
  tool("s-angle", "Angle", "A"), '<hr class="drawn">',
  tool("b-brush", "Brush", "B"), tool("b-erase", "Eraser", "X"), tool("b-lasso", "Fill an outline", "Y"), tool("b-grow", "Grow a region", "J"),
  tool("b-fill", "Fill", "K"), "<hr>",
  act("plus", "Zoom in", "+"), act("minus", "Zoom out", "−"), act("fit", "Fit", "0"),
].join("");

const display = `
  <section class="sec" data-part="shown" hidden><label class="typed">Shown<select data-field="shown"></select></label>
    <div data-part="key"></div></section>
  <section class="sec"><h2><span data-part="shape">Intensity</span><span data-part="limits"></span></h2>
    <svg class="histogram" data-part="histogram" role="group" aria-label="Histogram with limits"></svg><div class="lut" data-part="lut"></div>
    <div class="pair">${field("low", "Low")}${field("high", "High")}</div>
    <div class="ctl" role="group" aria-label="Limits by percentile">
      ${small("limits", "0", "Full")}${small("limits", "0.1", "0.1 to 99.9 %")}${small("limits", "1", "1 to 99 %")}${small("limits", "5", "5 to 95 %")}
    </div></section>
  <section class="sec grey"><h2>Curve</h2><div class="seg" role="group" aria-label="Curve">
      <button data-scale="linear">Linear</button><button data-scale="log">Log</button><button data-scale="gamma">Gamma</button>
    </div><div class="pair">${field("gamma", "Gamma")}</div></section>
  <section class="sec grey"><h2>Colour map</h2><div class="chipset" role="group" aria-label="Colour map">
      ${mapNames.map(chip).join("")}<button class="chip" data-act="invert" title="Invert (I)">Invert</button></div></section>
  <section class="sec" data-part="hatch" hidden><p class="legend"><i></i>Hatched: unreadable, or pixels that are no numbers</p></section>`;

const measure = `
  <section class="sec" data-part="rings" hidden></section>
  <section class="sec"><h2>Line profile<span>px</span></h2>
    <div class="pair">${field("x0", "From x")}${field("y0", "From y")}${field("x1", "To x")}${field("y1", "To y")}${field("width", "Width")}</div>
    <div class="plotbox" data-part="profile"><p class="faint">Draw a line on the picture with P, or type its ends.</p></div>
    <button class="btn sm" data-act="profile-csv" hidden>CSV</button></section>
  <section class="sec"><h2>Fourier box<span>px</span></h2>
    <div class="pair">${field("bx", "Left")}${field("by", "Top")}
      <label class="typed">Size<select data-field="bsize"><option>128</option><option selected>256</option><option>512</option></select></label></div>
    <p class="faint">Draw with F; the spectrum stands at the top right of the picture.</p></section>`;

/** The workbench: bar, tools, canvas, inspector, panel below, status line. Text from files is set later, as text. */
export const markup = `
<header class="top"><a class="iconbtn" data-part="back" href="/projects" aria-label="Back to the project">${icon("back")}</a>
  <div class="grow"><nav class="crumbs" data-part="crumbs" aria-label="Where this is"></nav><h1 class="ellip" data-part="name">Opening</h1></div>
  <select class="pick" data-part="signals" aria-label="Signal" hidden></select>
  <span class="people" data-part="people" hidden></span>
  <span class="undo" data-part="undoing" hidden>${act("undo", "Undo", "Ctrl Z")}${act("redo", "Redo", "Ctrl Shift Z")}</span>
  <cryohub-export data-part="export"></cryohub-export>
  <button class="btn" data-act="share" title="Copy the link to this view (S)">${icon("share")}<span>Share view</span></button>
  <a class="btn primary" data-part="run">${icon("play")}<span>Run analysis</span></a></header>
<nav class="rail" aria-label="Tools">${tools}</nav>
<main class="cv" aria-label="Image">
  <div class="canvas" data-part="canvas" tabindex="0" role="application" aria-label="Image; arrows pan, plus and minus zoom, 0 fits"
    aria-describedby="cv-says"></div>
  <p id="cv-says" class="sr" data-part="says" aria-live="polite"></p>
  <div class="hud flags" data-part="flags"></div><p class="hud crowd" data-part="crowd" role="status" hidden></p>
  <div class="hud fft" data-part="fft" hidden></div>
  <div class="hud scale" data-part="scale"><span></span><i></i></div>
  <div class="hud frames" data-part="frames" hidden>
    <button class="iconbtn" data-act="play" aria-label="Play, key space" title="Play (Space)">${icon("play")}</button>
    <input type="range" data-field="frame" min="0" step="1" aria-label="Frame"><output></output></div>
  <div class="hud problem" data-part="problem" role="alert" hidden><b></b><span></span><button class="btn sm" data-act="reload">Try again</button></div></main>
<aside class="ins" aria-label="Inspector">
  <div class="tabs" role="tablist" aria-label="Inspector">${tab("display", "Display", true)}<span data-part="annotate-tab" hidden>${
    tab("annotate", "Annotate")}</span><span data-part="paint-tab" hidden>${tab("paint", "Paint")}</span>${
    tab("measure", "Measure")}${tab("details", "Details")}</div>
  <div role="tabpanel" aria-label="Display" data-panel="display">${display}</div>
  <div role="tabpanel" aria-label="Measure" data-panel="measure" hidden>${measure}</div>
  <div role="tabpanel" aria-label="Annotate" data-panel="annotate" hidden>${markupOfPanel}</div>
  <div role="tabpanel" aria-label="Paint" data-panel="paint" hidden>${markupOfPaint}</div>
  <div role="tabpanel" aria-label="Details" data-panel="details" hidden><section class="sec"><dl class="kv" data-part="details"></dl></section>
    <section class="sec"><h2>Original metadata</h2><div data-part="original"></div></section></div></aside>
<section class="spec" data-part="spec" aria-label="Spectrum" hidden></section>
<footer class="stat"><span><b data-part="position">Move over the picture</b></span><span data-part="value"></span>
  <span class="lo" data-part="calibration"></span><span class="lo" data-part="zoom"></span><span class="grow"></span>
  <span data-part="doing"></span><span data-part="sent" role="status"></span><span data-part="saved" role="status"></span></footer>`;

/** Finders for the marked parts of a workbench. */
export const partsOf = (host: HTMLElement) => ({
  part: <T extends Element = HTMLElement>(name: string): T => host.querySelector<T>(`[data-part="${name}"]`)!,
  field: <T extends HTMLElement = HTMLInputElement>(name: string): T => host.querySelector<T>(`[data-field="${name}"]`)!,
  all: (name: string): HTMLElement[] => [...host.querySelectorAll<HTMLElement>(`[data-${name}]`)],
});
export type Parts = ReturnType<typeof partsOf>;
