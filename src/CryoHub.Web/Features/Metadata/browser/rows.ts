/** One visible line of a metadata tree. */
export interface Row { path: string; name: string; level: number; branch: boolean; open: boolean; text: string }

export interface Rows { rows: Row[]; left: number; found: number }

const isBranch = (value: unknown): value is object => value !== null && typeof value === "object" && !isShort(value);

/** A short list of numbers or words reads better in one line. */
const isShort = (value: object): boolean =>
  Array.isArray(value) ? value.length <= 8 && value.every(item => item === null || typeof item !== "object") : Object.keys(value).length === 0;

/** A leaf in words; numbers as they came. */
export const textOf = (value: unknown): string =>
  value === null || value === undefined ? "none"
    : Array.isArray(value) ? (value.length === 0 ? "none" : value.map(textOf).join(", "))
      : typeof value === "object" ? "none" : String(value);

const join = (path: string, name: string, isIndex: boolean): string => isIndex ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;

/** The words of a search, each of which has to be somewhere in the path or the value. */
export const wordsOf = (filter: string): string[] => filter.toLowerCase().split(/\s+/).filter(Boolean);

/**
 * The lines to show, at most `most` of them: of a search only branches that hold a find, all of them open; otherwise those below open branches.
 */
export function rowsOf(root: unknown, open: ReadonlySet<string>, filter: string, most = 1000): Rows {
  const words = wordsOf(filter), rows: Row[] = [];
  let found = 0;

  const matches = (path: string, text: string): boolean => {
    const line = `${path} ${text}`.toLowerCase();
    return words.every(word => line.includes(word));
  };
  const visit = (node: object, path: string, level: number): boolean => {
    let any = false;
    for (const [name, value] of Object.entries(node)) {
      const here = join(path, name, Array.isArray(node)), branch = isBranch(value), text = branch ? "" : textOf(value);
      const place = rows.length, shown = words.length > 0 || open.has(here);
      if (!branch && words.length > 0 && !matches(here, text)) continue;
      rows.push({ path: here, name, level, branch, open: branch && shown, text });
      const inside = branch && shown && visit(value, here, level + 1);
      if (branch && words.length > 0 && !inside) { rows.length = place; continue; }
      if (!branch && words.length > 0) found++;
      any = true;
    }
    return any;
  };
  if (root !== null && typeof root === "object") visit(root, "", 1);
  return { rows: rows.slice(0, most), left: Math.max(0, rows.length - most), found };
}

/** The text cut where words of the search begin and end; every second piece is a find. */
export function pieces(text: string, words: readonly string[]): string[] {
  if (words.length === 0) return [text];
  const low = text.toLowerCase(), marks = new Array<boolean>(text.length).fill(false);
  for (const word of words) for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + 1)) marks.fill(true, at, at + word.length);
  const out: string[] = [];
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    const isFind = out.length % 2 === 1;
    if (i < text.length && marks[i] === isFind) continue;
    out.push(text.slice(from, i));
    from = i;
  }
  return out;
}
