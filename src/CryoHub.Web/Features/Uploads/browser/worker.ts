import { createSHA256 } from "hash-wasm";

/** SHA-256 of a file or of one part, in hexadecimal, read as a stream: memory stays flat for any size. */
self.onmessage = async (event: MessageEvent<{ id: number; body: Blob }>): Promise<void> => {
  const { id, body } = event.data;
  try {
    const hash = await createSHA256(), reader = body.stream().getReader();
    hash.init();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
    self.postMessage({ id, sha256: hash.digest("hex") });
  } catch (error) {
    self.postMessage({ id, problem: error instanceof Error ? error.message : String(error) });
  }
};
