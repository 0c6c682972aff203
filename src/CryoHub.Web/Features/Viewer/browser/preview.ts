import type { Curve } from "../../Plots/browser/curve.ts";
import { sendJson } from "./api.ts";

export interface MapImage { name: string; unit: string; width: number; height: number; values: Float32Array }

interface Named { name: string; value: number | null; unit: string; uncertainty?: number | null }

/** What `spectrum-map` answers at once. */
export interface Answer {
  numbers: Named[];
  curves: Curve[];
  images: { name: string; shape: [number, number]; unit: string; data: string }[];
  warnings: string[];
}

/** Asks the server for a map while a window is dragged: one request under way, the newest wins, the one before is given up. */
export class Preview {
  private readonly pageId = crypto.randomUUID();
  private turn = 0;
  private under: AbortController | undefined;

  constructor(
    private readonly dataset: string, private readonly signal: number,
    private readonly show: (answer: Answer) => void, private readonly refuse: (words: string) => void) {}

  ask(parameters: object): void {
    this.under?.abort();
    const mine = this.under = new AbortController();
    const inputs = [{ role: "signal", datasetId: this.dataset, signal: this.signal }];
    const question = { analysis: "spectrum-map", inputs, parameters, pageId: this.pageId, turn: ++this.turn };
    sendJson<Answer>("POST", "/api/previews", question, mine.signal)
      .then(answer => { if (!mine.signal.aborted) this.show(answer); })
      .catch((error: unknown) => { if (!mine.signal.aborted) this.refuse(error instanceof Error ? error.message : String(error)); });
  }
}

/** The map of the first window; along a line it is a strip, one pixel high. */
export function mapOf({ images, curves, numbers }: Answer): MapImage | undefined {
  const image = images[0];
  if (image) return { name: image.name, unit: image.unit, width: image.shape[1], height: image.shape[0], values: floats(image.data) };
  const window = numbers.find(({ name }) => name.endsWith(": net counts"))?.name.slice(0, -": net counts".length);
  const line = curves.find(({ name }) => name === window);
  return line && { name: line.name, unit: line.yUnit, width: line.y.length, height: 1, values: Float32Array.from(line.y) };
}

/** Little-endian float32 from base64. */
export function floats(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
}
