// Signals of every kind with known content, as the server describes and stores them; one chunk an array, no shards.
import type { Signal } from "../signal.ts";
import { statisticsOf } from "../statistics.ts";

export interface Specimen { signal: Signal; files: Map<string, () => Buffer | string> }

const types = { float64: Float64Array, float32: Float32Array, uint8: Uint8Array, int64: BigInt64Array } as const;
type TypeName = keyof typeof types;

function arrayFiles(path: string, shape: readonly number[], type: string, bytes: ArrayBufferView): [string, () => Buffer | string][] {
  const about = {
    zarr_format: 3, node_type: "array", shape, data_type: type, fill_value: 0, attributes: {},
    chunk_grid: { name: "regular", configuration: { chunk_shape: shape } }, chunk_key_encoding: { name: "default" },
    codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  };
  return [
    [`/${path}/zarr.json`, () => JSON.stringify(about)],
    [`/${path}/c/${shape.map(() => 0).join("/")}`, () => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)],
  ];
}

const groupFile = (path: string, display: string, axes: readonly string[] | undefined): [string, () => string] => [`${path}/zarr.json`, () => JSON.stringify({
  zarr_format: 3, node_type: "group",
  attributes: { cryohub: { display }, ...(axes ? { ome: { multiscales: [{ axes: axes.map(name => ({ name })), datasets: [{ path: "0" }] }] } } : {}) },
})];

const axis = (name: string, size: number, unit = "", step = 1, role = "space", origin = 0) => ({ name, size, unit, role, step, origin });

const plain = (kind: string, pixelType: string, shape: number[], more: Partial<Signal> = {}): Signal => ({
  index: 0,
  name: kind,
  kind,
  pixelType,
  shape,
  axes: shape.map((size, i) => axis(`axis ${i}`, size, "", 1, "index")),
  metadata: {},
  original: {},
  statistics: null,
  ...more,
});

/** Columns of numbers, row by row. */
function listed(kind: string, columns: Signal["columns"], rows: readonly (readonly number[])[], more: Partial<Signal> = {}): Specimen {
  const shape = [rows.length, columns!.length], values = Float64Array.from(rows.flat());
  return {
    signal: plain(kind, "float64", shape, { columns: columns!, ...more }),
    files: new Map([groupFile("", "", undefined), ...arrayFiles("0", shape, "float64", values)]),
  };
}

function pictured(kind: string, type: TypeName, axes: Signal["axes"], values: InstanceType<(typeof types)[TypeName]>, channels = 1): Specimen {
  const shape = axes.map(({ size }) => size), names = [...axes.map(({ name }) => name), ...(channels > 1 ? ["c"] : [])];
  const statistics = values instanceof Float32Array ? statisticsOf(values) : null;
  const signal = plain(kind, channels > 1 ? "rgb8" : type, shape, { axes, statistics, metadata: { beamEnergyKeV: 300 } });
  return { signal, files: new Map([groupFile("", "", names), ...arrayFiles("0", channels > 1 ? [...shape, channels] : shape, type, values)]) };
}

const column = (name: string, unit = "", words?: string[]) => ({ name, unit, ...(words ? { words } : {}) });
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A seeded generator (Numerical Recipes' constants). */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
}

function ions(): Specimen {
  const next = random(7), masses = [7.016, 15.995, 31.99];
  const rows = range(6000).map(i => [40 * next() - 20, 40 * next() - 20, 90 * next(), masses[i % 5 === 0 ? 2 : i % 2]! + 0.05 * (next() + next() - 1)]);
  return listed("point-cloud", [column("x", "nm"), column("y", "nm"), column("z", "nm"), column("m/n", "Da")], rows);
}

/** Four grains of iron, two of them not solved along a line. */
function grains(): Specimen {
  const angles = [[0, 0, 0], [0, 45, 0], [45, 54.7356, 45], [10, 30, 20]], rows = range(40 * 30).map(i => {
    const x = i % 40, y = Math.floor(i / 40), grain = (x < 20 ? 0 : 1) + (y < 15 ? 0 : 2);
    return [x === 5 ? 0 : 1, 0.5 * x, 0.5 * y, ...angles[grain]!, 200 - grain * 30, 0.4];
  });
  const names = [
    column("Phase"),
    column("X", "µm"),
    column("Y", "µm"),
    column("Euler1", "deg"),
    column("Euler2", "deg"),
    column("Euler3", "deg"),
    column("BC"),
    column("MAD", "deg"),
  ];
  return listed("ebsd-map", names, rows, { original: { Phases: ["2.870;2.870;2.870\t90.000;90.000;90.000\tIron bcc\t11\t229"] } });
}

function spots(): Specimen {
  const values = Float32Array.from(range(256 * 256), i => {
    const x = i % 256, y = Math.floor(i / 256);
    return range(9).reduce((sum, n) => {
      const far = (x - 128 - 40 * (n % 3 - 1)) ** 2 + (y - 128 - 40 * (Math.floor(n / 3) - 1)) ** 2;
      return sum + (n === 4 ? 1e4 : 300) * Math.exp(-far / 8);
    }, 1);
  });
  return pictured("diffraction", "float32", [axis("ky", 256, "1/nm", 0.05, "reciprocal"), axis("kx", 256, "1/nm", 0.05, "reciprocal")], values);
}

/** 6 x 8 patterns; the spot of pattern (y, x) stands at column 4 x, row 4 y. */
function scan(): Specimen {
  const axes = [axis("y", 6, "nm", 2), axis("x", 8, "nm", 2), axis("ky", 32, "1/nm", 0.5, "reciprocal"), axis("kx", 32, "1/nm", 0.5, "reciprocal")];
  const values = Float32Array.from(range(48 * 1024), i => {
    const pattern = i >> 10, pixel = i & 1023, x = pixel % 32 - 4 * (pattern % 8), y = (pixel >> 5) - 4 * Math.floor(pattern / 8);
    return x === 0 && y === 0 ? 900 : 1;
  });
  const navigator = Float32Array.from(range(48), i => i);
  return {
    signal: plain("diffraction-scan", "float32", [6, 8, 32, 32], { axes }),
    files: new Map([
      groupFile("", "navigator", undefined), ...arrayFiles("0", [6, 8, 32, 32], "float32", values),
      groupFile("/navigator", "", ["y", "x"]), ...arrayFiles("navigator/0", [6, 8], "float32", navigator),
    ]),
  };
}

const text = Buffer.from(range(400).map(i => `${i} ${i % 50 === 7 ? "Beam current 0.21 nA" : "stage at rest"}`).join("\n"));
const loop = range(400).map(i => [i, 1.5 * Math.sin(i / 200 * Math.PI), 2e-3 * Math.cos(i / 200 * Math.PI), i < 200 ? 0 : 1]);
const spiral = range(120).map(i => [i < 60 ? 1 : 2, Math.floor(i / 30) + 1, 20 * Math.cos(i / 5), 20 * Math.sin(i / 5), i / 4]);

export const specimens: Readonly<Record<string, Specimen>> = {
  table: listed(
    "table",
    [column("Particle"), column("Defocus", "Å"), column("Micrograph", "", ["m10.mrc", "m9.mrc"])],
    range(5000).map(i => [i, (i * 7919) % 5000, i % 2]),
  ),
  trace: listed("trace", [column("time/s", "s"), column("Ewe/V", "V"), column("I/A", "A"), column("half cycle")], loop),
  points: ions(),
  model: listed("model", [column("object"), column("contour"), column("x"), column("y"), column("z")], spiral),
  document: {
    signal: plain("document", "uint8", [text.length]),
    files: new Map([groupFile("", "", undefined), ...arrayFiles("0", [text.length], "uint8", text)]),
  },
  structure: {
    signal: plain("structure", "float64", [2], {
      crystal: {
        cell: { a: 5.6402, b: 5.6402, c: 5.6402, alpha: 90, beta: 90, gamma: 90 },
        spaceGroup: "F m -3 m",
        spaceGroupNumber: 225,
        operations: ["x,y,z", "x+1/2,y+1/2,z", "x+1/2,y,z+1/2", "x,y+1/2,z+1/2"],
        sites: [
          { label: "Na1", element: "Na", x: 0, y: 0, z: 0, occupancy: 1 },
          { label: "Cl1", element: "Cl", x: 0.5, y: 0.5, z: 0.5, occupancy: 1 },
        ],
      },
    }),
    files: new Map([groupFile("", "", undefined), ...arrayFiles("0", [2], "float64", Float64Array.of(1, 1))]),
  },
  ebsd: grains(),
  diffraction: spots(),
  scan: scan(),
  photo: pictured(
    "photo",
    "uint8",
    [axis("y", 60), axis("x", 90)],
    Uint8Array.from(range(60 * 90 * 3), i => (i % 3 === 0 ? i / 70 : i % 255)),
    3,
  ),
  counts: pictured(
    "image",
    "int64",
    [axis("y", 2, "µm", 0.00005), axis("x", 3, "µm", 0.00005)],
    BigInt64Array.of(1n, -9007199254740993n, 3n, 4n, 5n, 9223372036854775807n),
  ),
};
