// Signals with known pixels, written by zarrita's own writer: a lattice (with a not-a-number patch and a missing chunk), a tilt series, a spectrum image.
import * as zarr from "zarrita";

const bytes = [{ name: "bytes", configuration: { endian: "little" } }];
const blosc = [...bytes, { name: "blosc", configuration: { cname: "zstd", clevel: 1, shuffle: "shuffle", typesize: 4, blocksize: 0 } }];

async function array(root, path, shape, chunkShape, type, fill, codecs = bytes) {
  const out = await zarr.create(root.resolve(path), { shape, chunkShape, dtype: type, fillValue: 0, codecs });
  const kinds = { float32: Float32Array, uint16: Uint16Array, int16: Int16Array };
  const counts = shape.map((size, axis) => Math.ceil(size / chunkShape[axis]));
  for (let flat = 0, all = counts.reduce((a, b) => a * b, 1); flat < all; flat++) {
    let rest = flat;
    const at = counts.map(() => 0);
    for (let axis = counts.length - 1; axis >= 0; axis--) { at[axis] = rest % counts[axis]; rest = Math.floor(rest / counts[axis]); }
    const selection = at.map((index, axis) => zarr.slice(index * chunkShape[axis], Math.min(shape[axis], (index + 1) * chunkShape[axis])));
    const extent = at.map((index, axis) => Math.min(chunkShape[axis], shape[axis] - index * chunkShape[axis]));
    const data = new kinds[type](extent.reduce((a, b) => a * b, 1)), stride = extent.map((_, axis) => extent.slice(axis + 1).reduce((a, b) => a * b, 1));
    for (let i = 0; i < data.length; i++) data[i] = fill(stride.map((step, axis) => Math.floor(i / step) % extent[axis] + at[axis] * chunkShape[axis]));
    await zarr.set(out, selection, { data, shape: extent, stride });
  }
}

const ome = (axes, levels) => ({ ome: { version: "0.5", multiscales: [{ axes: axes.map(name => ({ name, type: "space" })), datasets: Array.from({ length: levels }, (_, level) => ({ path: String(level), coordinateTransformations: [{ type: "scale", scale: axes.map(() => 2 ** level) }] })) }] } });
const about = (display = "") => ({ cryohub: { version: 1, display } });

/** Two sets of fringes 0.25 nm apart at 0.035 nm/px, brighter to the right. */
export const lattice = (y, x) => x > 600 && x < 680 && y > 420 && y < 480 ? NaN : 100 + 40 * Math.cos(2 * Math.PI * x * 0.035 / 0.25) + 30 * Math.cos(2 * Math.PI * (0.5 * x + 0.866 * y) * 0.035 / 0.25) + x * 0.05 + 12 * Math.sin(x * 12.9898 + y * 78.233);

export async function image() {
  const files = new Map(), root = zarr.root(files);
  await zarr.create(root, { attributes: { ...about(), ...ome(["y", "x"], 3) } });
  for (let level = 0; level < 3; level++) await array(root, String(level), [1000 >> level, 1400 >> level], [256, 256], "float32", ([y, x]) => lattice(y << level, x << level), blosc);
  for (const level of [0, 1]) files.delete(`/${level}/c/${level === 0 ? "3/4" : "1/2"}`);
  return files;
}

export async function tilts() {
  const files = new Map(), root = zarr.root(files);
  await zarr.create(root, { attributes: { ...about(), ...ome(["z", "y", "x"], 2) } });
  for (let level = 0; level < 2; level++) {
    await array(root, String(level), [21, 512 >> level, 512 >> level], [1, 256, 256], "int16", ([z, y, x]) => {
      const dx = (x << level) - 256 - 120 * Math.sin((z - 10) * 0.1), dy = (y << level) - 256;
      return Math.round(1000 + 3000 * Math.exp(-(dx * dx + dy * dy) / 5000));
    });
  }
  return files;
}

/** Power law E^-2.6 plus an edge at 55 eV in the right half; 64 x 64 pixels, 256 channels of 0.25 eV from 30 eV. */
export const spectrum = (y, x, e) => Math.round(4e7 * (30 + e * 0.25) ** -2.6 + (x > 32 && e > 100 ? 900 * Math.exp(-(e - 100) / 60) : 0) + (x + y) % 7);

export async function spectra() {
  const files = new Map(), root = zarr.root(files);
  await zarr.create(root, { attributes: about("navigator") });
  await array(root, "0", [64, 64, 256], [16, 16, 256], "uint16", ([y, x, e]) => spectrum(y, x, e));
  const navigator = root.resolve("navigator");
  await zarr.create(navigator, { attributes: ome(["y", "x"], 1) });
  await array(navigator, "0", [64, 64], [64, 64], "float32", ([y, x]) => { let sum = 0; for (let e = 0; e < 256; e++) sum += spectrum(y, x, e); return sum; });
  return files;
}

/** The 40 spectra of row 20, as a line [x, energy]. */
export async function line() {
  const files = new Map(), root = zarr.root(files);
  await zarr.create(root, { attributes: about() });
  await array(root, "0", [40, 256], [40, 256], "uint16", ([x, e]) => spectrum(20, x, e));
  return files;
}
