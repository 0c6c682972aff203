import uPlot from "uplot";
import { tickLabels } from "./ticks.ts";

/** A curve in the order of its points: x may go to and fro, as in a voltammogram. */
export interface Path { x: ArrayLike<number>; y: ArrayLike<number>; label: string; colour: string; right?: boolean; dash?: number[] }

export interface PathOptions {
  left: string;
  right?: string;
  xLabel: string;
  height: number;
  ink: string;
  line: string;
  font: string;
  hooks: uPlot.Hooks.Arrays;
}

/** Two scales at most: `y` at the left and `y2` at the right. Points are joined as they come; not-a-number breaks the line. */
export function pathPlot(host: HTMLElement, paths: readonly Path[], options: PathOptions): uPlot {
  const axis = (label: string, grid: boolean): uPlot.Axis => ({
    label, labelFont: options.font, font: options.font, stroke: options.ink, labelSize: 18,
    grid: { show: grid, stroke: options.line, width: 1 }, ticks: { stroke: options.line, width: 1, size: 4 },
    values: (_, splits, __, ___, step) => tickLabels(splits, step),
  });
  const range = (which: (path: Path) => ArrayLike<number> | undefined) => (): uPlot.Range.MinMax => extent(paths.map(which));
  return new uPlot(
    {
      mode: 2,
      width: Math.max(120, host.clientWidth),
      height: options.height,
      legend: { show: false },
      cursor: { drag: { setScale: true, x: true, y: true, uni: 20 } },
      series: [
        null as never,
        ...paths.map(path => ({
          label: path.label,
          stroke: path.colour,
          width: 1.8,
          dash: path.dash ?? [],
          facets: [
            { scale: "x", auto: true },
            { scale: path.right ? "y2" : "y", auto: true },
          ],
          paths: draw(path.right ? "y2" : "y"),
        })),
      ],
      scales: {
        x: { time: false, range: zoomable(range(path => path.x)) },
        y: { range: zoomable(range(path => (path.right ? undefined : path.y))) },
        y2: { range: zoomable(range(path => (path.right ? path.y : undefined))) },
      },
      axes: [
        { ...axis(options.xLabel, false), size: 26 },
        { ...axis(options.left, true), scale: "y", size: 58 },
        ...(options.right ? [{ ...axis(options.right, false), scale: "y2", side: 1, size: 58 } as uPlot.Axis] : []),
      ],
      hooks: options.hooks,
    },
    [null as never, ...paths.map(path => [path.x, path.y] as never)],
    host,
  );
}

/** The whole extent until a person has dragged a window. */
const zoomable = (whole: () => uPlot.Range.MinMax) => (_: uPlot, low: number | null, high: number | null, name: string): uPlot.Range.MinMax =>
  _.scales[name]?.min === undefined || low === null || high === null || low === high ? whole() : [low, high];

/** From least to greatest with a margin of 3 %; a single value gets room on both sides. */
export function extent(all: readonly (ArrayLike<number> | undefined)[]): [number, number] {
  let low = Infinity, high = -Infinity;
  for (const values of all) {
    for (let i = 0; i < (values?.length ?? 0); i++) {
      const value = values![i]!;
      if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
  }
  if (low > high) return [0, 1];
  const margin = low === high ? Math.abs(low) / 10 || 1 : (high - low) * 0.03;
  return [low - margin, high + margin];
}

/** Straight lines; points that fall on the same place of the canvas as the one before are left out. */
const draw = (scale: string): uPlot.Series.PathBuilder => (chart, index) => {
  const [x, y] = chart.data[index] as unknown as [ArrayLike<number>, ArrayLike<number>], path = new Path2D();
  let isDown = false, lastX = NaN, lastY = NaN;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) { isDown = false; continue; }
    const left = Math.round(2 * chart.valToPos(x[i]!, "x", true)) / 2, top = Math.round(2 * chart.valToPos(y[i]!, scale, true)) / 2;
    if (isDown && left === lastX && top === lastY) continue;
    if (isDown) path.lineTo(left, top); else path.moveTo(left, top);
    [isDown, lastX, lastY] = [true, left, top];
  }
  return { stroke: path };
};
