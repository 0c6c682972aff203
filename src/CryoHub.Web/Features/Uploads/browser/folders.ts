import type { Hasher } from "./hasher.ts";
import { archive, archiveName, inOrder, zarrFoldersOf } from "./pack.ts";

/** What Uppy is given of a file. */
export interface Chosen { name: string; data: Blob; meta?: object | undefined }

const wayOf = (chosen: Chosen): string | null | undefined => (chosen.meta as { relativePath?: string | null } | undefined)?.relativePath;
const pathOf = (chosen: Chosen): string => (wayOf(chosen) || chosen.name).replace(/^\/+/, "");

/** Takes the folders of zarr out of what was chosen; each becomes one file. 200,000 chunks never become entries of a list. */
export function foldersIn<T extends Chosen>(chosen: readonly T[]): { others: T[]; folders: Map<string, T[]> } {
  const others: T[] = [], folders = new Map<string, T[]>(), roots = zarrFoldersOf(chosen.map(pathOf));
  chosen.forEach((one, i) => {
    const root = roots[i], members = root === undefined ? others : folders.get(root);
    if (members) members.push(one); else folders.set(root!, [one]);
  });
  return { others, folders };
}

/** One file that stands for a folder. As old as the newest file in it, so that a folder that changed meanwhile is not gone on with. */
export async function packed(folder: string, chosen: readonly Chosen[], hasher: Hasher): Promise<File> {
  const members = inOrder(chosen.map(one => ({ name: pathOf(one).slice(folder.length + 1), body: one.data })));
  const sums = await hasher.sums(members.map(member => member.body)), name = archiveName(folder);
  const lastModified = members.reduce((newest, { body }) => Math.max(newest, (body as File).lastModified ?? 0), 0);
  return new File(archive(members.map((member, i) => ({ ...member, crc: sums[i]! }))), name.slice(name.lastIndexOf("/") + 1), { lastModified });
}
