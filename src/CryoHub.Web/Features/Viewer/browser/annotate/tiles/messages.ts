/** To the worker that reads and draws tiles. */
export type Ask =
  | { act: "draw"; ask: number; url: string; pixels: number }
  | { act: "hit"; ask: number; url: string; x: number; y: number; tolerance: number }
  | { act: "colours"; colours: Record<string, string> }
  | { act: "hide"; ids: string[] }
  | { act: "forget" };

/** From it; `stale` when a tile that was drawn holds a shape that is hidden since. */
export type Told =
  | { is: "drawn"; ask: number; bitmap: ImageBitmap; isDensity: boolean }
  | { is: "hit"; ask: number; id: string }
  | { is: "failed"; ask: number; reason: string }
  | { is: "stale" };
