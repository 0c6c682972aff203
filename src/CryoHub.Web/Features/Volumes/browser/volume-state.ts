/** Everything a shared link carries of one volume; absent = as it opens. Fractions for places, degrees for angles. */
export interface VolumeState {
  cross?: number[]; camera?: number[]; clip?: number[]; slab?: number; how?: string; tilt?: number; turn?: number; mode?: string; iso?: number; map?: string;
  from?: number; most?: number; over?: string; opacity?: number;
}

const lists: Record<string, number> = { cross: 3, camera: 10, clip: 6 };
const numbers = new Set(["slab", "tilt", "turn", "iso", "from", "most", "opacity"]), words = new Set(["how", "mode", "map", "over"]);

/** `name:value` joined by `~`; a list's numbers by commas. What is not understood is left out. */
export function readVolumeState(text: string | null): VolumeState {
  const state: Record<string, unknown> = {};
  for (const part of (text ?? "").split("~")) {
    const [name = "", value = ""] = part.split(/:(.*)/s);
    const list = value.split(",").map(Number);
    if (name in lists && list.length === lists[name] && list.every(Number.isFinite)) state[name] = list;
    else if (numbers.has(name) && value !== "" && Number.isFinite(Number(value))) state[name] = Number(value);
    else if (words.has(name) && /^[\w.-]{1,40}$/.test(value)) state[name] = value;
  }
  return state as VolumeState;
}

export function writeVolumeState(state: VolumeState): string {
  const short = (value: number): number => Number(value.toPrecision(5));
  return Object.entries(state)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}:${Array.isArray(value) ? value.map(short).join(",") : typeof value === "number" ? short(value) : String(value)}`)
    .join("~");
}
