/** One file of a folder: its name below the folder, its bytes, and their CRC-32. */
export interface Member { name: string; body: Blob; crc: number }

const markers = new Set([".zgroup", ".zarray", "zarr.json"]);
const documents = new Set([...markers, ".zattrs", ".zmetadata"]);
const wide = 0xffffffff, utf8Name = 1 << 11, firstDay = 0x21;   // 1 January 1980, the earliest date there is
const lastOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The folder of zarr that each path lies in, outermost; `undefined` for paths outside. The documents of its root tell a folder of zarr. */
export function zarrFoldersOf(paths: readonly string[]): (string | undefined)[] {
  const roots = new Set(paths.filter(path => path.includes("/") && markers.has(lastOf(path))).map(path => path.slice(0, path.lastIndexOf("/"))));
  return paths.map(path => {
    for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
      if (roots.has(path.slice(0, at))) return path.slice(0, at);
    }

    return undefined;
  });
}

/** HyperSpy's folders and archives have the same ending, others say that they are packed. */
export const archiveName = (folder: string): string => /\.zspy$/i.test(folder) ? folder : `${folder}.zip`;

/** Documents before chunks, each by name: the order in which `cryohub upload` packs, so that either goes on where the other stopped. */
export function inOrder<T extends { name: string }>(members: T[]): T[] {
  const rank = (name: string): number => documents.has(lastOf(name)) ? 0 : 1;
  return members.sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * A zip archive of stored members that refers to the files instead of holding them: nothing is read before it is sent.
 * No times, so the bytes follow from names and contents.
 */
export function archive(members: readonly Member[]): BlobPart[] {
  const parts: BlobPart[] = [], directory: BlobPart[] = [];
  let offset = 0, length = 0;
  for (const { name, body, crc } of members) {
    const text = new TextEncoder().encode(name), local = header(text, body.size, crc), entry = header(text, body.size, crc, offset);
    parts.push(local, body);
    directory.push(entry);
    offset += local.byteLength + body.size;
    length += entry.byteLength;
  }

  return [...parts, ...directory, end(members.length, offset, length)];
}

/** The header before a member, or with `offset` its entry in the directory; 64-bit fields where a number needs them. */
function header(name: Uint8Array, size: number, crc: number, offset?: number): Uint8Array<ArrayBuffer> {
  const sizes = size >= wide ? [size, size] : [], numbers = [...sizes, ...(offset !== undefined && offset >= wide ? [offset] : [])];
  const extra = numbers.length ? 4 + 8 * numbers.length : 0, fixed = offset === undefined ? 30 : 46;
  const bytes = new Uint8Array(fixed + name.length + extra), view = new DataView(bytes.buffer);
  view.setUint32(0, offset === undefined ? 0x04034b50 : 0x02014b50, true);
  if (offset !== undefined) {
    view.setUint16(4, 45, true);
    view.setUint32(42, Math.min(offset, wide), true);
  }

  // Version, flags, method, time, date, CRC, both sizes and both lengths stand alike in both, two bytes later in the directory.
  const at = offset === undefined ? 4 : 6;
  view.setUint16(at, 45, true);
  view.setUint16(at + 2, utf8Name, true);
  view.setUint16(at + 8, firstDay, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, Math.min(size, wide), true);
  view.setUint32(at + 18, Math.min(size, wide), true);
  view.setUint16(at + 22, name.length, true);
  view.setUint16(at + 24, extra, true);
  bytes.set(name, fixed);
  if (extra) {
    view.setUint16(fixed + name.length, 1, true);
    view.setUint16(fixed + name.length + 2, extra - 4, true);
    numbers.forEach((number, i) => view.setBigUint64(fixed + name.length + 4 + 8 * i, BigInt(number), true));
  }

  return bytes;
}

/** What follows the directory: where it stands and how many members it has. */
function end(count: number, start: number, length: number): Uint8Array<ArrayBuffer> {
  const isWide = count >= 0xffff || start >= wide || length >= wide, bytes = new Uint8Array(isWide ? 98 : 22), view = new DataView(bytes.buffer);
  if (isWide) {
    view.setUint32(0, 0x06064b50, true);
    view.setBigUint64(4, 44n, true);
    view.setUint16(12, 45, true);
    view.setUint16(14, 45, true);
    for (const [at, number] of [[24, count], [32, count], [40, length], [48, start]] as const) view.setBigUint64(at, BigInt(number), true);
    view.setUint32(56, 0x07064b50, true);
    view.setBigUint64(64, BigInt(start + length), true);
    view.setUint32(72, 1, true);
  }

  const at = bytes.length - 22;
  view.setUint32(at, 0x06054b50, true);
  view.setUint16(at + 8, Math.min(count, 0xffff), true);
  view.setUint16(at + 10, Math.min(count, 0xffff), true);
  view.setUint32(at + 12, Math.min(length, wide), true);
  view.setUint32(at + 16, Math.min(start, wide), true);
  return bytes;
}
