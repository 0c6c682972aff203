import type { AxisScale } from "../../Plots/browser/axis-scale.ts";
import type { Energies } from "./energy.ts";
import { at, type Axis } from "./signal.ts";

/** A way to count along the spectrum: `shown` turns an energy (or a channel) of `Energies` into this unit, `inner` turns it back. */
export interface EnergyScale extends AxisScale { unit: string; label: string }

const hc = 1239.841984;   // eV nm (CODATA 2018): wavelength of a photon of that energy in vacuum

/** Units a spectrum can be shown in, its own first; wavelengths only where every energy is above zero. */
export function scalesOf(axis: Axis, energies: Energies): EnergyScale[] {
  const { values } = energies, channels = values.map((_, i) => i);
  const energy = (unit: string, size: number): EnergyScale => ({ unit, label: "Energy", shown: eV => eV / size, inner: shown => shown * size });
  if (energies.unit === "eV") {
    const channel: EnergyScale = { unit: "channel", label: "Channel", shown: along(values, channels), inner: along(channels, values) };
    const photon: EnergyScale = { unit: "nm", label: "Wavelength", shown: eV => hc / eV, inner: nm => hc / nm };
    return [energy("eV", 1), energy("keV", 1000), ...(axis.unit === "meV" ? [energy("meV", 1e-3)] : []), channel, ...(Math.min(...values) > 0 ? [photon] : [])];
  }
  const plain: EnergyScale = { unit: "channel", label: "Channel", shown: value => value, inner: value => value };
  if (axis.unit === "") return [plain];
  const marks = channels.map(i => at(axis, i)), shown = along(channels, marks), inner = along(marks, channels);
  const own: EnergyScale = { unit: axis.unit, label: axis.unit === "nm" ? "Wavelength" : axis.name, shown, inner };
  const photon: EnergyScale = { unit: "eV", label: "Photon energy", shown: value => hc / shown(value), inner: eV => inner(hc / eV) };
  return [own, ...(axis.unit === "nm" && Math.min(...marks) > 0 ? [photon] : []), plain];
}

/** Linear between listed points that rise or fall throughout, and carried on beyond both ends. */
function along(from: readonly number[], to: readonly number[]): (value: number) => number {
  if (from.length < 2) return () => to[0] ?? NaN;
  const rises = from.at(-1)! > from[0]!;
  return value => {
    let low = 0, high = from.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (from[middle]! <= value === rises) low = middle; else high = middle;
    }
    return to[low]! + (value - from[low]!) / (from[high]! - from[low]!) * (to[high]! - to[low]!);
  };
}
