import { logPower } from "./fourier.ts";

self.onmessage = (event: MessageEvent<{ id: number; box: Float32Array; size: number }>): void => {
  const power = logPower(event.data.box, event.data.size);
  (self as unknown as { postMessage(message: unknown, transfer: Transferable[]): void }).postMessage({ id: event.data.id, power }, [power.buffer]);
};
