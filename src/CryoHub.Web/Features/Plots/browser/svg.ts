import type { Curve } from "./curve.ts";
import { decades, ticks } from "./ticks.ts";

const escape = (text: string): string => text.replace(/[<>&"]/g, sign => `&#${sign.charCodeAt(0)};`);

/**
 * The curves as a stand-alone figure for a paper, 640 x 400, white ground, axes labelled with units;
 * on a logarithmic axis what is not above zero is left out.
 */
export function toSvg(curves: readonly Curve[], colours: readonly string[], xLabel: string, yLabel: string, logY = false): string {
  const height = (y: number): number => logY ? (y > 0 ? Math.log10(y) : NaN) : y;
  const xs = curves.flatMap(curve => curve.x), ys = curves.flatMap(curve => curve.y).map(height).filter(Number.isFinite);
  const range = (values: number[]): [number, number] => values.reduce<[number, number]>(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  const [x0, x1] = range(xs),
    [y0, y1] = range(ys),
    px = (x: number): number => 70 + ((x - x0) / (x1 - x0 || 1)) * 550,
    py = (y: number): number => 340 - ((height(y) - y0) / (y1 - y0 || 1)) * 310;
  const lines = curves.map(
    (curve, i) =>
      `<polyline fill="none" stroke="${colours[i % colours.length]}" stroke-width="1.8" points="${curve.x
        .map((x, j) => (Number.isFinite(height(curve.y[j]!)) ? `${px(x).toFixed(2)},${py(curve.y[j]!).toFixed(2)}` : ""))
        .filter(Boolean)
        .join(" ")}"/><text x="80" y="${24 + 16 * i}" fill="${colours[i % colours.length]}">${escape(curve.name)}</text>`,
  );
  const marks = [
    ...ticks(x0, x1, 6).map(x => `<path d="M${px(x)} 340v4" stroke="#475563"/><text x="${px(x)}" y="358" text-anchor="middle">${x}</text>`),
    ...(logY ? decades(y0, y1) : ticks(y0, y1, 5)).map(
      y => `<path d="M70 ${py(y)}H620" stroke="#DCE3E8"/><text x="64" y="${py(y) + 4}" text-anchor="end">${y}</text>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" font-family="Inter,sans-serif" font-size="12" fill="#475563">
<rect width="640" height="400" fill="#fff"/>${marks.join("")}<path d="M70 30V340H620" fill="none" stroke="#82909C"/>${lines.join("")}
<text x="345" y="386" text-anchor="middle">${escape(xLabel)}</text>
<text transform="translate(16 185) rotate(-90)" text-anchor="middle">${escape(yLabel)}</text></svg>`;
}
