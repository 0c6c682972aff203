// What another zarr library reads from a folder of ours: usage: node zarrita.mjs MODULES FOLDER. One JSON document on standard output.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, folder] = process.argv.slice(2).map((path) => resolve(path));
const load = (path) => import(pathToFileURL(join(modules, path)).href);
const zarr = await load("zarrita/dist/src/index.js");
const { default: FileSystemStore } = await load("@zarrita/storage/dist/src/fs.js");

const group = await zarr.open.v3(zarr.root(new FileSystemStore(folder)), { kind: "group" });
const multiscale = group.attrs.ome.multiscales[0];
const levels = [];
for (const { path, coordinateTransformations } of multiscale.datasets) {
  const array = await zarr.open.v3(group.resolve(path), { kind: "array" });
  const { data } = await zarr.get(array);
  let sum = 0;
  for (const value of data) sum += Number(value);
  levels.push({ path, shape: array.shape, dtype: array.dtype, names: array.dimensionNames, sum, first: Number(data[0]), last: Number(data[data.length - 1]), scale: coordinateTransformations[0].scale });
}

console.log(JSON.stringify({ version: group.attrs.ome.version, axes: multiscale.axes, levels }));
