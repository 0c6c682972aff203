import type { LayerServer, LayerState } from "../annotate/layer-server.ts";
import type { Parts } from "../markup.ts";
import type { Picture } from "../picture.ts";

/** Where is painted: the workbench, its picture and what the person may do. */
export interface Place {
  host: HTMLElement; parts: Parts; picture: Picture; dataset: string; signal: number; frame: () => number; frames: number;
  /** Distance of two slices in pixels. */
  sliceStep: number; choose: (tool: string) => void; server: LayerServer; state: LayerState;
}

/** Tells a short sentence in the bar below. */
export const sayAt = ({ parts }: Place, words: string): void => { parts.part("saved").textContent = words; };

/** A typed number; nothing where there is none. */
export function numberAt({ parts }: Place, field: string): number | undefined {
  const typed = parts.field(field).value.trim().replace("\u2212", "-"), value = Number(typed);
  return typed === "" || !Number.isFinite(value) ? undefined : value;
}

export const messageOf = (error: unknown): string => error instanceof Error ? error.message : String(error);
