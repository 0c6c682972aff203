/** A curve as analyses give it. */
export interface Curve { name: string; x: number[]; y: number[]; error?: number[] | null; xUnit: string; yUnit: string }

const cell = (text: string): string => /[",\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;

/** Comma-separated values with names and units in the head; curves with different x stand one below the other by x. */
export function toCsv(curves: readonly Curve[]): string {
  const first = curves[0];
  if (!first) return "";
  const grid = [...new Set(curves.flatMap(curve => curve.x))].sort((a, b) => a - b);
  const head = [
    `x (${first.xUnit})`,
    ...curves.flatMap(curve => [`${curve.name} (${curve.yUnit})`, ...(curve.error ? [`${curve.name}, 1 sigma (${curve.yUnit})`] : [])]),
  ];
  const columns = curves.map(curve => new Map(curve.x.map((x, i) => [x, i])));
  const rows = grid.map(x => [String(x), ...curves.flatMap((curve, c) => {
    const i = columns[c]!.get(x);
    return [i === undefined ? "" : String(curve.y[i]), ...(curve.error ? [i === undefined ? "" : String(curve.error[i])] : [])];
  })]);
  return [head.map(cell), ...rows].map(row => row.join(",")).join("\r\n") + "\r\n";
}

/** `Energy loss (eV)`: the quantity where the unit gives it away, else the bare unit. */
export function axisLabel(unit: string, fallback: string): string {
  const quantity: Record<string, string> = {
    eV: "Energy",
    keV: "Energy",
    nm: "Distance",
    Å: "Distance",
    µm: "Distance",
    "1/nm": "Spatial frequency",
    "1/Å": "Spatial frequency",
    "°": "Angle",
    deg: "Angle",
    s: "Time",
    px: "Distance",
  };
  return unit === "" ? fallback : `${quantity[unit] ?? fallback} (${unit})`;
}
