import type { Axis, Signal } from "./signal.ts";
import { number, quantity } from "./units.ts";

/** Pixels, from the left upper corner of the pattern. */
export interface Centre { x: number; y: number }

/** Where the coordinates are zero, if the file says so and it lies in the pattern; else its middle. Pixel i lies at i + 0.5. */
export function centreOf({ x, y }: { x: Axis; y: Axis }): Centre {
  const zero = (axis: Axis): number | undefined => {
    const index = axis.unit !== "" && axis.origin !== 0 && axis.step !== 0 ? -axis.origin / axis.step : NaN;
    return index >= 0 && index <= axis.size - 1 ? index + 0.5 : undefined;
  };
  const [across, down] = [zero(x), zero(y)];
  return across === undefined || down === undefined ? { x: x.size / 2, y: y.size / 2 } : { x: across, y: down };
}

/** Wavelength of electrons in nanometres: h / sqrt(2 m e U (1 + e U / 2 m c²)), with the constants of CODATA 2018. */
export const wavelengthNm = (kiloVolt: number): number => {
  const volt = 1000 * kiloVolt;
  return 1.226426e0 / Math.sqrt(volt * (1 + 0.9784759e-6 * volt));
};

export interface Spacing { radius: number; q: string; d: string }

const inverse: Record<string, string> = {
  "1/nm": "nm", "nm^-1": "nm", "nm-1": "nm", "nm⁻¹": "nm", "1/Å": "Å", "Å^-1": "Å", "Å⁻¹": "Å", "1/A": "Å", "1/pm": "pm", "1/m": "m", "1/µm": "µm",
};
const radians: Record<string, number> = { mrad: 1e-3, rad: 1, "°": Math.PI / 180, deg: Math.PI / 180 };

/** Spacing of the planes that scatter to a place, (dx, dy) pixels from the centre; d is empty where pattern or energy is not calibrated. */
export function spacingAt(dx: number, dy: number, { x, y }: { x: Axis; y: Axis }, kiloVolt: number | undefined): Spacing {
  const radius = Math.hypot(dx, dy), q = Math.hypot(dx * x.step, dy * y.step), length = inverse[x.unit], angle = radians[x.unit];
  if (x.unit === "") return { radius, q: `${number(radius, 4)} px`, d: "" };
  const said = `${number(q, 4)} ${x.unit}`;
  if (q === 0) return { radius, q: said, d: "" };
  if (length) return { radius, q: said, d: quantity(1 / q, length) };
  if (angle && kiloVolt) return { radius, q: said, d: quantity(wavelengthNm(kiloVolt) / (2 * Math.sin(q * angle / 2)), "nm") };
  return { radius, q: said, d: "" };
}

/** `q 2.350 1/nm, d 425.5 pm`. */
export const spacingWords = ({ q, d }: Spacing): string => d ? `q ${q}, d ${d}` : `q ${q}`;

export const energyOf = (signal: Signal): number | undefined => {
  const energy = signal.metadata?.["beamEnergyKeV"];
  return typeof energy === "number" ? energy : undefined;
};
