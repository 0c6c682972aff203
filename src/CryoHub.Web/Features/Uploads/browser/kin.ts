const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
const stemOf = (path: string): string => path.slice(folderOf(path).length).split(".")[0]!.toLowerCase();

/**
 * Files of the same folder that may belong to `path` by their names (x.mrc and x.mrc.mdoc, x.emi and x_1.ser): all that the server needs to decide.
 * Announcing every neighbour with every file would send a folder of 1,000 names 1,000 times.
 */
export function kinOf(path: string, all: readonly string[]): string[] {
  const folder = folderOf(path), stem = stemOf(path);
  return all.filter(other => other !== path && folderOf(other) === folder && (stemOf(other).startsWith(stem) || stem.startsWith(stemOf(other))));
}
