// Reads every array below a zarr group with zarrita and prints one JSON line each: path, shape, dtype, SHA-256 of its values in C order.
import { createHash } from 'node:crypto';
import { FileSystemStore } from './fileStore.js';

// Node 20 has no Float16Array; the bits are all that is compared.
globalThis.Float16Array ??= Uint16Array;
const zarr = await import('zarrita');


const [root, ...paths] = process.argv.slice(2);
for (const path of paths) {
  const array = await zarr.open(zarr.root(new FileSystemStore(root)).resolve(path), { kind: 'array' });
  const { data, shape } = await zarr.get(array);
  const bytes = data.buffer instanceof ArrayBuffer ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : Uint8Array.from(data, Number);
  console.log(JSON.stringify({ path, shape, dtype: array.dtype, dimensionNames: array.dimensionNames, sha256: createHash('sha256').update(bytes).digest('hex') }));
}
