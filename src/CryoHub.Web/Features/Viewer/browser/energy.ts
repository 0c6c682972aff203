import { at, type Axis } from "./signal.ts";

const factors: Record<string, number> = { eV: 1, keV: 1000, meV: 1e-3 };

/** Energies of the channels as `spectrum-map` counts them: in eV, or in channels where the file states no unit. */
export interface Energies { unit: "eV" | "channels"; values: number[] }

export function energiesOf(axis: Axis): Energies {
  const factor = factors[axis.unit];
  const values = Array.from({ length: axis.size }, (_, i) => factor === undefined ? i : at(axis, i) * factor);
  return { unit: factor === undefined ? "channels" : "eV", values };
}
