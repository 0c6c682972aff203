import { createSHA256 } from "hash-wasm";

// A file that was written to since it was chosen can no longer be read: browsers guard their handle that way.
const words = (error: unknown): string => error instanceof DOMException && error.name === "NotReadableError"
  ? "The file was changed, moved or removed since it was chosen; choose it again."
  : error instanceof Error ? error.message : String(error);

/** SHA-256 of a file or of one part, in hexadecimal, read as a stream: memory stays flat for any size. */
self.onmessage = async (event: MessageEvent<{ id: number; body: Blob }>): Promise<void> => {
  const { id, body } = event.data;
  try {
    const hash = await createSHA256(), reader = body.stream().getReader();
    hash.init();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
    self.postMessage({ id, sha256: hash.digest("hex") });
  } catch (error) {
    self.postMessage({ id, problem: words(error) });
  }
};
