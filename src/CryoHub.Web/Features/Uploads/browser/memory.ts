const key = (upload: string): string => `cryohub-upload-${upload}`;

/** What the file was like when its upload began; lets a changed file be told from the same one after a pause. */
export const memory = {
  keep(upload: string, file: { lastModified?: number; size: number }): void { localStorage.setItem(key(upload), `${file.size} ${file.lastModified ?? 0}`); },
  changed(upload: string, file: { lastModified?: number; size: number }): boolean {
    const known = localStorage.getItem(key(upload));
    return known !== null && known !== `${file.size} ${file.lastModified ?? 0}`;
  },
  forget(upload: string): void { localStorage.removeItem(key(upload)); },
};
