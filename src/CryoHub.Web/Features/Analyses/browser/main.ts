import "./slices.css";
import { sendJson } from "../../Viewer/browser/api.ts";
import { Pyramid } from "../../Viewer/browser/pyramid.ts";
import { toNumber } from "../../Viewer/browser/pixels.ts";
import { StrictStore } from "../../Viewer/browser/strict-store.ts";
import { number } from "../../Viewer/browser/units.ts";
import { classesOf, cornerOf, labelsOf, questionFor, type ClassRow, type SliceAnswer } from "./slice-answer.ts";

const markup = `
  <div class="slice-stage"><canvas data-part="grey"></canvas><canvas data-part="labels"></canvas></div>
  <div class="slice-bar">
    <label data-part="steps">Slice <input type="range" min="0" value="0" data-part="slice" /><output data-part="at"></output></label>
    <label>Labels <input type="range" min="0" max="100" value="50" data-part="opacity" aria-label="Opacity of the labels" />
      <output data-part="percent"></output></label>
  </div>
  <ul class="slice-legend" data-part="legend"></ul>
  <p class="slice-says" role="status" data-part="says"></p>`;

/**
 * `<cryohub-slices data-src=zarr data-slices=N data-question=JSON>`: one slice, and over it what the question's analysis makes of it. Asks again when the
 * question or the slice changes; the newest question wins.
 */
class SlicesElement extends HTMLElement {
  static readonly observedAttributes = ["data-question", "data-src"];
  private readonly pageId = crypto.randomUUID();
  private turn = 0;
  private pyramid: Promise<Pyramid> | undefined;
  private reading: AbortController | undefined;
  private asking: AbortController | undefined;

  connectedCallback(): void {
    this.innerHTML = markup;
    const slices = Math.max(1, Number(this.dataset["slices"]) || 1), slider = this.piece<HTMLInputElement>("slice");
    slider.max = String(slices - 1);
    slider.value = String(Math.floor(slices / 2));
    this.piece("steps").hidden = slices < 2;
    slider.addEventListener("input", () => { void this.draw(); });
    slider.addEventListener("change", () => { void this.ask(); });
    this.piece("opacity").addEventListener("input", () => this.fade());
    this.fade();
    this.open();
  }

  disconnectedCallback(): void {
    this.reading?.abort();
    this.asking?.abort();
  }

  attributeChangedCallback(name: string, before: string | null): void {
    if (!this.isConnected || before === null || this.innerHTML === "") return;
    if (name === "data-src") this.open(); else void this.ask();
  }

  private piece<E extends HTMLElement = HTMLElement>(name: string): E { return this.querySelector<E>(`[data-part=${name}]`)!; }

  private get slice(): number { return Number(this.piece<HTMLInputElement>("slice").value); }

  private open(): void {
    this.pyramid = Pyramid.open(new StrictStore(this.dataset["src"] ?? ""));
    void this.draw();
    void this.ask();
  }

  private fade(): void {
    const { value } = this.piece<HTMLInputElement>("opacity");
    this.piece("labels").style.opacity = String(Number(value) / 100);
    this.piece("percent").textContent = `${value} %`;
  }

  private async draw(): Promise<void> {
    this.reading?.abort();
    const mine = this.reading = new AbortController(), slice = this.slice;
    this.piece("at").textContent = `${slice} (0 to ${this.piece<HTMLInputElement>("slice").max})`;
    try {
      const pyramid = await this.pyramid!, steps = pyramid.levels[0]!.shape.length - (pyramid.channels > 1 ? 3 : 2);
      const block = await pyramid.read(0, steps > 0 ? [slice] : [], 0, 0, pyramid.width, pyramid.height, mine.signal);
      if (!block || mine.signal.aborted) return;
      const grey = Float32Array.from({ length: block.width * block.height }, (_, i) => {
        let sum = 0;
        for (let channel = 0; channel < block.channels; channel++) sum += toNumber(block.data[i * block.channels + channel]!);
        return sum / block.channels;
      });
      this.paint("grey", block.width, block.height, greys(grey));
    } catch (error) {
      if (!mine.signal.aborted) this.say((error as Error).message, true);
    }
  }

  private async ask(): Promise<void> {
    this.asking?.abort();
    const mine = this.asking = new AbortController(), question = this.dataset["question"] ?? "", begun = performance.now();
    delete this.dataset["ready"];
    if (question === "") { this.say("A parameter is not usable yet; the labels are those before.", false); return; }
    try {
      const answer = await sendJson<SliceAnswer>("POST", "/api/previews", questionFor(question, this.slice, this.pageId, ++this.turn), mine.signal);
      if (mine.signal.aborted) return;
      this.show(answer, cornerOf(question));
      this.dataset["ready"] = String(Math.round(performance.now() - begun));
      const numbers = answer.numbers.map(({ name, value, unit }) => `${name} ${value === null ? "no value" : number(value)} ${unit}`.trim());
      this.say([...numbers, ...answer.warnings,
        `Answered in ${this.dataset["ready"]} ms; neighbouring slices count only a little way.`].join(" · "), false);
    } catch (error) {
      if (mine.signal.aborted) return;
      this.piece<HTMLCanvasElement>("labels").width = 0;
      this.piece("legend").replaceChildren();
      this.say((error as Error).message, true);
    }
  }

  private show(answer: SliceAnswer, corner: { x: number; y: number }): void {
    const labels = labelsOf(answer), classes = classesOf(answer), grey = this.piece<HTMLCanvasElement>("grey");
    if (!labels) return;
    const width = Math.max(grey.width, corner.x + labels.width), height = Math.max(grey.height, corner.y + labels.height);
    const colours = new Map(classes.map(({ label, colour }) => [label, rgb(colour)]));
    this.paint("labels", width, height, i => {
      const x = i % width - corner.x, y = Math.floor(i / width) - corner.y;
      const label = x >= 0 && y >= 0 && x < labels.width && y < labels.height ? labels.values[y * labels.width + x]! : 0;
      return label === 0 ? undefined : colours.get(label) ?? hue(label);
    });
    this.piece("legend").replaceChildren(...classes.filter(({ label }) => label !== 0).map(legendItem));
  }

  private paint(part: string, width: number, height: number, colour: (i: number) => readonly [number, number, number] | undefined): void {
    const canvas = this.piece<HTMLCanvasElement>(part), image = new ImageData(width, height);
    [canvas.width, canvas.height] = [width, height];
    for (let i = 0; i < width * height; i++) {
      const found = colour(i);
      if (found) image.data.set([...found, 255], 4 * i);
    }
    canvas.getContext("2d")!.putImageData(image, 0, 0);
  }

  private say(words: string, bad: boolean): void {
    this.piece("says").textContent = words;
    this.piece("says").classList.toggle("bad", bad);
  }
}

/** Grey from the 0.5th to the 99.5th percentile of an even sample; red: no number. */
function greys(values: Float32Array): (i: number) => readonly [number, number, number] {
  const every = Math.max(1, Math.floor(values.length / 65_536)) | 1, sample = values.filter((value, i) => i % every === 0 && Number.isFinite(value)).sort();
  const low = sample[Math.floor(0.005 * (sample.length - 1))] ?? 0, span = (sample[Math.ceil(0.995 * (sample.length - 1))] ?? 1) - low || 1;
  return i => {
    const level = Math.round(255 * Math.min(1, Math.max(0, (values[i]! - low) / span)));
    return Number.isNaN(level) ? [168, 38, 29] : [level, level, level];
  };
}

const rgb = (hex: string): readonly [number, number, number] => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) || 0) as [number, number, number];

/** Numbered objects: hues a golden angle apart, so that neighbours in number differ. */
function hue(label: number): readonly [number, number, number] {
  const wave = (shift: number): number => Math.round(255 * (0.62 + 0.38 * Math.cos((label * 137.508 + shift) * Math.PI / 180)));
  return [wave(0), wave(-120), wave(120)];
}

function legendItem({ name, colour, fraction }: ClassRow): HTMLLIElement {
  const item = document.createElement("li"), mark = document.createElement("i");
  mark.style.background = colour;
  item.append(mark, `${name}: ${(100 * fraction).toFixed(1)} %`);
  return item;
}

customElements.define("cryohub-slices", SlicesElement);
