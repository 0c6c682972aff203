const endings = [
  ".mdoc", ".tlt", ".rawtlt", ".raw", ".rpl", ".hdr", ".emi", ".ser", ".mrc",
  ".mrcs", ".st", ".ali", ".rec", ".map", ".tif", ".tiff", ".png", ".mib", ".img",
];
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** Folder and name without the endings that companions have: equal for all that may belong together. */
function familyOf(path: string): string {
  let name = path.slice(folderOf(path).length).toLowerCase();
  for (let ending; (ending = endings.find(one => name.endsWith(one) && name.length > one.length)); ) name = name.slice(0, -ending.length);
  return folderOf(path) + name;
}

/** A .ser file belongs to the family of its own name, and to that of the .emi whose number it bears. */
function familiesOf(path: string): string[] {
  const own = familyOf(path), series = own.replace(/_\d+$/, "");
  return /\.ser$/i.test(path) && series !== own ? [own, series] : [own];
}

/**
 * Finds for each file of a drop those of the same folder
 * that may belong to it by their names (x.mrc and x.mrc.mdoc, x.emi and x_1.ser): all that the server needs to decide.
 * Announcing every neighbour with every file would send a folder of 1,000 names 1,000 times; looking through all for each would stand still at 200,000.
 */
export function kinIn(all: readonly string[]): (path: string) => string[] {
  const families = new Map<string, string[]>();
  for (const path of all) {
    for (const family of familiesOf(path)) {
      const members = families.get(family);
      if (members) members.push(path); else families.set(family, [path]);
    }
  }

  return path => [...new Set(familiesOf(path).flatMap(family => families.get(family) ?? []))].filter(other => other !== path);
}
