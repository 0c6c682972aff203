import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A zarrita store over a folder that reads ranges, also from the end, as the viewer does over HTTP. */
export class FileSystemStore {
  constructor(root) {
    this.root = root;
  }

  async get(key) {
    try {
      return new Uint8Array(await readFile(join(this.root, key)));
    } catch (error) {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async getRange(key, range) {
    const file = await open(join(this.root, key));
    try {
      const { size } = await file.stat();
      const [offset, length] = 'suffixLength' in range ? [size - range.suffixLength, range.suffixLength] : [range.offset, range.length];
      const bytes = new Uint8Array(length);
      const { bytesRead } = await file.read(bytes, 0, length, offset);
      if (bytesRead !== length) throw new Error(`${key}: ${bytesRead} of ${length} bytes`);
      return bytes;
    } finally {
      await file.close();
    }
  }
}
