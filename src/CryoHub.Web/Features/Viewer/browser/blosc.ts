import { decompress } from "fzstd";
import { registry } from "zarrita";

// Blosc 1 frame, https://github.com/Blosc/c-blosc/blob/main/README_CHUNK_FORMAT.rst: 16-byte header, block starts, blocks of streams.
const shuffled = 1, stored = 2, bitShuffled = 4, whole = 16, zstd = 4;

/** Undoes blosc with zstd and byte shuffle, what CryoHub writes. The usual WebAssembly codec builds functions from text, which the site's policy forbids. */
export function unblosc(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 16) throw new Error(`A blosc frame has 16 bytes of header; ${frame.length} are here.`);
  const flags = frame[2]!, width = frame[3]!, size = view.getUint32(4, true), blockSize = view.getUint32(8, true), packed = view.getUint32(12, true);
  if (packed > frame.length) throw new Error(`The blosc frame promises ${packed} bytes; ${frame.length} are here.`);
  if (flags & stored) return frame.slice(16, 16 + size);
  if (flags & bitShuffled || flags >> 5 !== zstd) throw new Error(`Blosc compressor ${flags >> 5} with flags ${flags & 31} is not one that CryoHub writes.`);
  const out = new Uint8Array(size);
  for (let block = 0, at = 0; at < size; block++, at += blockSize) {
    const length = Math.min(blockSize, size - at), streams = flags & whole || length < blockSize ? 1 : width, piece = length / streams;
    const plain = new Uint8Array(length);
    for (let stream = 0, from = view.getUint32(16 + 4 * block, true); stream < streams; stream++) {
      const bytes = view.getUint32(from, true), body = frame.subarray(from + 4, from + 4 + bytes);
      plain.set(bytes === piece ? body : decompress(body, new Uint8Array(piece)), stream * piece);
      from += 4 + bytes;
    }
    if (flags & shuffled && width > 1) unshuffle(plain, out.subarray(at, at + length), width);
    else out.set(plain, at);
  }
  return out;
}

/** Bytes of equal significance stand together; a tail shorter than one value stays as it is. */
function unshuffle(from: Uint8Array, to: Uint8Array, width: number): void {
  const count = Math.floor(from.length / width);
  for (let byte = 0; byte < width; byte++) for (let i = 0; i < count; i++) to[i * width + byte] = from[byte * count + i]!;
  to.set(from.subarray(count * width), count * width);
}

registry.set(
  "blosc",
  () =>
    Promise.resolve({
      fromConfig: () => ({
        kind: "bytes_to_bytes",
        encode: () => {
          throw new Error("The viewer writes nothing.");
        },
        decode: unblosc,
      }),
    }) as never,
);
