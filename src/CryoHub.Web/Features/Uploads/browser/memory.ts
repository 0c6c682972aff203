import { number } from "../../Viewer/browser/units.ts";

const key = (upload: string): string => `cryohub-upload-${upload}`;
const when = (time: number): string => new Date(time).toLocaleString();

/** What a file was like when its upload began. Kept in this browser; another browser has the whole-file SHA-256 to tell a changed file by. */
export const memory = {
  keep(upload: string, file: File): void { localStorage.setItem(key(upload), String(file.lastModified)); },

  /** Why the rest of `file` must not be added to what was sent before; `undefined` where it may. */
  objection(upload: string, file: File): string | undefined {
    const began = localStorage.getItem(key(upload));
    if (began === null || Number(began) === file.lastModified) return undefined;
    return (
      `${file.name} (${number(file.size / 2 ** 20, 3)} MiB) was changed since its upload was interrupted: ` +
      `it was last modified ${when(Number(began))}, now ${when(file.lastModified)}. ` +
      "Remove it here to discard what was sent, then add it again."
    );
  },

  forget(upload: string): void { localStorage.removeItem(key(upload)); },
};
