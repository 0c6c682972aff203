import type { MapName } from "./colour-maps.ts";
import { isMap } from "./colour-maps.ts";

export type Transfer = "linear" | "log" | "gamma";

/** Everything a shared link carries; absent = the default of the signal. */
export interface ViewState {
  x?: number; y?: number; zoom?: number; map?: MapName; low?: number; high?: number; gamma?: number; scale?: Transfer; invert?: boolean; frame?: number;
  shown?: string;
}

const numbers = ["x", "y", "zoom", "low", "high", "gamma", "frame"] as const;

export function readState(query: string): ViewState {
  const asked = new URLSearchParams(query), state: ViewState = {};
  for (const name of numbers) {
    const value = Number(asked.get(name) ?? "");
    if (asked.get(name) && Number.isFinite(value)) state[name] = value;
  }
  const map = asked.get("map"), scale = asked.get("scale");
  if (map && isMap(map)) state.map = map;
  if (scale === "log" || scale === "gamma" || scale === "linear") state.scale = scale;
  if (asked.get("shown")) state.shown = asked.get("shown")!;
  if (asked.get("invert") === "1") state.invert = true;
  return state;
}

/** The query with this state in it; foreign keys are kept. */
export function writeState(query: string, state: ViewState): string {
  const next = new URLSearchParams(query);
  for (const name of [...numbers, "map", "scale", "shown"] as const) {
    const value = state[name];
    if (value === undefined) next.delete(name);
    else next.set(name, typeof value === "number" ? String(Number(value.toPrecision(7))) : value);
  }
  if (state.invert) next.set("invert", "1"); else next.delete("invert");
  return next.toString();
}
