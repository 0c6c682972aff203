import uPlot from "uplot";
import type { Curve } from "./curve.ts";
import { labelsIn, ticksIn, type AxisScale } from "./axis-scale.ts";
import { tickLabels } from "./ticks.ts";

const colours = ["#28B5FA", "#F9642A", "#549262", "#C563A4", "#C1E9FA", "#FABF7D", "#8567FA", "#E7E1C4"];
const light = ["#2D3ACA", "#C18B10", "#00764C", "#A52F9F", "#2099FA", "#705C00", "#29284C", "#8E949F"];
const dashes = [[], [6, 4], [2, 3], [8, 3, 2, 3], [], [6, 4], [2, 3], [8, 3, 2, 3]];

export interface PlotOptions { xLabel: string; yLabel: string; logX?: boolean; logY?: boolean; height?: number; hooks?: uPlot.Hooks.Arrays; xScale?: AxisScale }

/** A plot in the house's dress: both axes labelled, hairlines across only, error as a band. All curves share one x grid. */
export function plot(host: HTMLElement, curves: readonly Curve[], options: PlotOptions): uPlot {
  const theme = getComputedStyle(host), strokes = seriesColours(host);
  const ink = theme.getPropertyValue("--ink-2").trim() || "#475563", line = theme.getPropertyValue("--line").trim() || "#DCE3E8";
  const font = `12px ${theme.getPropertyValue("--font").trim() || "sans-serif"}`;
  const [xs, ...ys] = align(curves);
  const data: uPlot.AlignedData = [xs, ...ys];
  const series: uPlot.Series[] = [{}], bands: uPlot.Band[] = [];
  const columns: uPlot.AlignedData = [data[0]];
  curves.forEach((curve, index) => {
    const stroke = strokes[index % 8]!;
    series.push({ label: curve.name, stroke, width: 1.8, dash: dashes[index % 8]!, points: { show: false }, spanGaps: true });
    columns.push(data[index + 1]!);
    if (!curve.error) return;
    const error = new Map(curve.x.map((x, i) => [x, curve.error![i] ?? 0]));
    const edge = (sign: number): (number | null)[] =>
      (data[index + 1] as (number | null)[]).map((y, i) => (y === null ? null : y + sign * (error.get(data[0]![i] as number) ?? 0)));
    series.push({ label: `${curve.name} + 1 σ`, width: 0, points: { show: false } }, { label: `${curve.name} \u2212 1 σ`, width: 0, points: { show: false } });
    columns.push(edge(1), edge(-1));
    bands.push({ series: [series.length - 2, series.length - 1], fill: `${stroke}26` });
  });
  const axis = (label: string, grid: boolean): uPlot.Axis => ({
    label,
    labelFont: font,
    font,
    stroke: ink,
    labelSize: 18,
    grid: { show: grid, stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: 4 },
  });
  const labels = (isLog: boolean | undefined): Partial<uPlot.Axis> => isLog ? {} : { values: (_, splits, __, ___, step) => tickLabels(splits, step) };
  const drawn = new uPlot(
    {
      width: Math.max(120, host.clientWidth),
      height: options.height ?? Math.max(100, host.clientHeight),
      series,
      bands,
      scales: { x: { time: false, distr: options.logX ? 3 : 1 }, y: { distr: options.logY ? 3 : 1 } },
      axes: [
        { ...axis(options.xLabel + (options.logX ? ", log" : ""), false), ...(options.xScale ? counted(options.xScale) : labels(options.logX)), size: 26 },
        { ...axis(options.yLabel + (options.logY ? ", log" : ""), true), ...labels(options.logY), size: 58 },
      ],
      legend: { show: false },
      cursor: { drag: { x: true, y: false }, points: { size: 6 } },
      ...(options.hooks ? { hooks: options.hooks } : {}),
    },
    columns,
    host,
  );
  follow(host, drawn);
  return drawn;
}

/** Ticks and labels of another count than that of the data. */
const counted = (scale: AxisScale): Partial<uPlot.Axis> => ({
  splits: (chart, _, from, to) => ticksIn(scale, from, to, chart.bbox.width / devicePixelRatio),
  values: (_, places) => labelsIn(scale, places),
});

/** Keeps a plot as wide as its host until it is taken away. */
function follow(host: HTMLElement, drawn: uPlot): void {
  const watcher = new ResizeObserver(() => {
    if (!drawn.root.isConnected) watcher.disconnect();
    else if (host.clientWidth !== drawn.width) drawn.setSize({ width: Math.max(120, host.clientWidth), height: drawn.height });
  });
  watcher.observe(host);
}

/** One x grid for all curves; `null` where a curve has no point. Logarithms of nothing and below are left out by uPlot. */
export function align(curves: readonly Curve[]): [number[], ...(number | null)[][]] {
  const grid = [...new Set(curves.flatMap(curve => curve.x))].sort((a, b) => a - b);
  return [grid, ...curves.map(curve => {
    const known = new Map(curve.x.map((x, i) => [x, curve.y[i]]));
    return grid.map(x => { const y = known.get(x); return y !== undefined && Number.isFinite(y) ? y : null; });
  })];
}

/** Category colours in fixed order, for the ground the host stands on. */
export const seriesColours = (host: Element): readonly string[] => host.closest("[data-theme=dark]") ? colours : light;
