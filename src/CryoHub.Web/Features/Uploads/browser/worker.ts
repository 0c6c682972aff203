import { createCRC32, createSHA256, type IHasher } from "hash-wasm";

// A file that was written to since it was chosen can no longer be read: browsers guard their handle that way.
const words = (error: unknown): string => error instanceof DOMException && error.name === "NotReadableError"
  ? "The file was changed, moved or removed since it was chosen; choose it again."
  : error instanceof Error ? error.message : String(error);

/** Read as a stream: memory stays flat for any size. */
async function digest(hash: IHasher, body: Blob): Promise<string> {
  const reader = body.stream().getReader();
  hash.init();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
  return hash.digest("hex");
}

/** SHA-256 of a file or of one part, in hexadecimal; or the CRC-32 of each of many. */
self.onmessage = async (event: MessageEvent<{ id: number; body: Blob } | { id: number; bodies: Blob[] }>): Promise<void> => {
  const asked = event.data, { id } = asked;
  try {
    if ("body" in asked) return self.postMessage({ id, answer: await digest(await createSHA256(), asked.body) });
    const sums = new Uint32Array(asked.bodies.length), crc = await createCRC32();
    for (const [i, body] of asked.bodies.entries()) sums[i] = Number.parseInt(await digest(crc, body), 16);
    self.postMessage({ id, answer: sums });
  } catch (error) {
    self.postMessage({ id, problem: words(error) });
  }
};
