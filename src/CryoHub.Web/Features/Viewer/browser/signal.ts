/** What the server says about one signal; field names as in the API. */
export interface Axis { name: string; size: number; unit: string; role: string; step: number; origin: number; values?: number[] | null }

export interface Statistics {
  min: number; max: number; mean: number; std: number; notFinite: number;
  histogram?: { low: number; high: number; counts: number[] } | null;
  percentiles?: Record<string, number> | null;
}

/** A column of a table; where it has words, its numbers are indices into them. */
export interface Column { name: string; unit: string; words?: string[] | null }

export interface Cell { a: number; b: number; c: number; alpha: number; beta: number; gamma: number }
export interface Site { label: string; element: string; x: number; y: number; z: number; occupancy: number }
export interface Crystal { cell: Cell; spaceGroup: string; spaceGroupNumber?: number | null; operations: string[]; sites: Site[] }

export interface Signal {
  index: number; name: string; kind: string; pixelType: string; shape: number[]; axes: Axis[];
  metadata?: Record<string, unknown> | null; original?: unknown; statistics?: Statistics | null;
  columns?: Column[] | null; crystal?: Crystal | null; valueUnit?: string;
}

export interface Dataset {
  id: string; name: string; projectId: string; sampleId?: string | null; status: string; version?: number;
  breadcrumb?: { name: string; href: string }[] | null; signals: { index: number; name: string; kind: string }[]; canEdit?: boolean;
}

export const at = (axis: Axis, index: number): number => axis.values?.[index] ?? axis.origin + index * axis.step;

/** Kinds arrive as keys (`spectrum-image`) or as names (`SpectrumImage`). */
export const kindKey = (kind: string): string => kind.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();

export const isComplex = (signal: Signal): boolean => /^complex/i.test(signal.pixelType);
export const isColour = (signal: Signal): boolean => /^rgb/i.test(signal.pixelType);
export const hasEnergy = (signal: Signal): boolean => signal.axes.some(axis => axis.role.toLowerCase() === "energy");
/** A single pattern or a stack of them; of a scan, the map of sums is drawn. */
export const isDiffraction = (signal: Signal): boolean => kindKey(signal.kind) === "diffraction";

/** The axes that make up the picture on screen (slow, fast) and those stepped through one by one. */
export function displayAxes(signal: Signal, display: string): { y: Axis; x: Axis; steps: Axis[] } {
  const axes = display === "navigator" ? signal.axes.slice(0, 2) : signal.axes;
  const x = axes[axes.length - 1], y = axes[axes.length - 2];
  if (!x || !y) throw new Error(`A signal of shape ${signal.shape.join(" × ")} is no picture.`);
  return { y, x, steps: display === "navigator" ? [] : axes.slice(0, -2) };
}
