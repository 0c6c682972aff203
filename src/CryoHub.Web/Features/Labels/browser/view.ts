import jsQR from "jsqr";
import { frame } from "./frame.ts";

/** Chromium on Android has a decoder of its own, which is quicker; other browsers get ours. */
interface NativeDetector { detect(source: CanvasImageSource): Promise<{ rawValue: string }[]> }
interface NativeDetectorType { new(options: { formats: string[] }): NativeDetector; getSupportedFormats(): Promise<string[]> }

const pause = 80;   // ms between two looks: a dozen a second is enough for a hand

/** Looks at the picture until it holds a readable code; `undefined` once nobody waits any more. */
export async function watch(picture: HTMLVideoElement, isWaiting: () => boolean): Promise<string | undefined> {
  const look = await native() ?? ours();
  while (isWaiting()) {
    if (picture.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && picture.videoWidth > 0) {
      const code = await look(picture);
      if (code) return code;
    }
    await new Promise(done => setTimeout(done, pause));
  }
  return undefined;
}

async function native(): Promise<((picture: HTMLVideoElement) => Promise<string | undefined>) | undefined> {
  const type = (globalThis as { BarcodeDetector?: NativeDetectorType }).BarcodeDetector;
  if (!type || !(await type.getSupportedFormats()).includes("qr_code")) return undefined;
  const detector = new type({ formats: ["qr_code"] });
  return async picture => (await detector.detect(picture))[0]?.rawValue;
}

function ours(): (picture: HTMLVideoElement) => Promise<string | undefined> {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  return async picture => {
    const { left, top, size, drawn } = frame(picture.videoWidth, picture.videoHeight);
    canvas.width = canvas.height = drawn;
    context.drawImage(picture, left, top, size, size, 0, 0, drawn, drawn);
    return decode(context.getImageData(0, 0, drawn, drawn));
  };
}

export function decode(pixels: { data: Uint8ClampedArray; width: number; height: number }): string | undefined {
  return jsQR(pixels.data, pixels.width, pixels.height, { inversionAttempts: "dontInvert" })?.data || undefined;
}
