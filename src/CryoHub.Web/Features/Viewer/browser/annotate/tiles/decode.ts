/** Steps along the side of a tile, and cells of one that tells density. */
export const steps = 4096;
export const cells = 64;

/** Shapes of a tile; places in steps from its upper left corner. */
export interface Outlines {
  sequence: number;
  classes: string[];
  count: number;
  /** 16 bytes a shape. */
  ids: Uint8Array;
  /** 8 class + 4 unsure + form (0 place, 1 line, 2 area). */
  tags: Uint32Array;
  /** The first ring of each shape, and where the last one's end. */
  rings: Uint32Array;
  /** The first place of each ring, and where the last one's end. */
  places: Uint32Array;
  /** x, y, x, y and so on. */
  steps: Int32Array;
}

/** Number of shapes in each cell, row by row from above. */
export interface Density { sequence: number; counts: Uint32Array }

/** What the server writes as `ShapeTileWriter` and `DensityTileWriter` tell. */
export function decode(bytes: Uint8Array): Outlines | Density {
  const read = new Reader(bytes), kind = String.fromCharCode(...bytes.subarray(0, 4));
  read.at = 4;
  if (kind === "CHD1") {
    const sequence = read.number(), counts = new Uint32Array(cells * cells);
    for (let i = 0; i < counts.length; i++) counts[i] = read.number();
    return { sequence, counts };
  }
  if (kind !== "CHO1") throw new Error("This is no tile of shapes, or one of a newer server; reload the page.");
  return outlines(read, bytes);
}

/** The id as texts have it. */
export function idAt({ ids }: Outlines, index: number): string {
  let text = "";
  for (let i = 16 * index; i < 16 * index + 16; i++) text += ids[i]!.toString(16).padStart(2, "0");
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

function outlines(read: Reader, bytes: Uint8Array): Outlines {
  const sequence = read.number(), text = new TextDecoder();
  const classes = Array.from({ length: read.count() }, () => { const length = read.count(); return text.decode(read.take(length)); });
  const count = read.count(), ids = new Uint8Array(16 * count), tags = new Uint32Array(count), rings = new Uint32Array(count + 1);
  const places: number[] = [0], steps = new Int32Array(bytes.length);   // a step is a byte at least
  let at = 0;
  for (let i = 0; i < count; i++) {
    ids.set(read.take(16), 16 * i);
    tags[i] = read.number();
    let x = 0, y = 0;
    for (let ring = read.count(); ring > 0; ring--) {
      for (let place = read.count(); place > 0; place--) {
        x += read.signed();
        y += read.signed();
        steps[at++] = x;
        steps[at++] = y;
      }
      places.push(at / 2);
    }
    rings[i + 1] = places.length - 1;
  }
  return { sequence, classes, count, ids, tags, rings, places: Uint32Array.from(places), steps: steps.slice(0, at) };
}

class Reader {
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Seven bits a byte, lowest first; up to 2^53, so without shifts, which end at 2^32. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const part = this.bytes[this.at++];
      if (part === undefined) throw cut();
      if (part < 128) return value + part * scale;
      value += (part - 128) * scale;
    }
  }

  /** A number of things that follow, each of them a byte at least. */
  count(): number {
    const value = this.number();
    if (value > this.bytes.length - this.at) throw cut();
    return value;
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw cut();
    return this.bytes.subarray(this.at, this.at += length);
  }
}

const cut = (): Error => new Error("A tile of shapes ends too early.");
