import { sendJson } from "./api.ts";

export interface MapImage { name: string; unit: string; width: number; height: number; values: Float32Array }
interface Answer { numbers: { name: string; value: number; unit: string; uncertainty?: number | null }[]; images: { name: string; shape: [number, number]; unit: string; data: string }[]; warnings: string[] }

/** Asks the server for a map while a window is dragged: one request under way, the newest wins, the one before is given up. */
export class Preview {
  private under: AbortController | undefined;
  private turn = 0;

  constructor(private readonly dataset: string, private readonly signal: number, private readonly show: (map: MapImage) => void, private readonly say: (words: string) => void) {}

  ask(parameters: object | undefined): void {
    this.under?.abort();
    const turn = ++this.turn;
    if (!parameters) return;
    this.under = new AbortController();
    sendJson<Answer>("POST", "/api/previews", { analysis: "spectrum-map", inputs: [{ role: "signal", datasetId: this.dataset, signal: this.signal }], parameters }, this.under.signal)
      .then(answer => { if (turn === this.turn) this.take(answer); })
      .catch((error: unknown) => { if (turn === this.turn && !(error instanceof DOMException)) this.say(error instanceof Error ? error.message : String(error)); });
  }

  private take(answer: Answer): void {
    const image = answer.images[0];
    if (image) this.show({ name: image.name, unit: image.unit, width: image.shape[1], height: image.shape[0], values: floats(image.data) });
    const numbers = answer.numbers.map(({ name, value, unit, uncertainty }) => `${name} ${value.toPrecision(4)}${uncertainty ? ` ± ${uncertainty.toPrecision(2)}` : ""} ${unit}`.trim());
    this.say([...numbers, ...answer.warnings].join("; "));
  }
}

/** Little-endian float32 from base64. */
export function floats(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
}
