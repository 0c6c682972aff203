/** A stroke as the server takes it; places in voxels, centres at half ones. */
export interface Stroke {
  kind: "brush" | "ball" | "polygon" | "rows"; label: number; points: number[]; slice: number; radius?: number; sliceStep?: number;
  grey?: { low: number; high: number }; only?: number;
}

export interface Label { value: number; name: string; classKey: string; colour: string; isLocked: boolean }

export interface Layer {
  id: string; name: string; width: number; height: number; depth: number; edge: number; sequence: number; labels: Label[];
  /** Who marked it as ground truth; such a layer stays as it is. */
  truth?: { by: string; at: string } | null;
  canJudge?: boolean;
}

export interface Block { z: number; y: number; x: number; sequence: number }

/** A region from one click; with a tolerance by grey values, without one by what is painted. */
export interface Region { slice: number; x: number; y: number; label: number; tolerance?: number }

/** What a person does. Undoing names the act by its id, as its number may not be known yet. */
export type Act =
  | { act: "paint"; id: string; stroke: Stroke }
  | { act: "region"; id: string; region: Region }
  | { act: "between"; id: string; slice: number; label: number }
  | { act: "undo" | "redo"; id: string; of: string; target?: number };

/** Part of a stroke that somebody else is painting. */
export interface Brushed { paintId: string; trail: { stroke: string; slice: number; radius: number; colour: string; points: number[] } }
