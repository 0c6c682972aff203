import type { Parts } from "./markup.ts";
import { Tree } from "../../Metadata/browser/tree.ts";
import { kindKey, type Axis, type Dataset, type Signal } from "./signal.ts";
import { number, quantity } from "./units.ts";

/** Names, breadcrumb, badges and the table of facts; everything from the file goes in as text. */
export function fillDetails(parts: Parts, dataset: Dataset, signal: Signal): void {
  document.title = `${dataset.name} · CryoHub`;
  parts.part("name").textContent = dataset.name;
  parts
    .part("crumbs")
    .replaceChildren(...(dataset.breadcrumb ?? []).map(({ name, href }) => Object.assign(document.createElement("a"), { textContent: name, href })));
  parts.part<HTMLAnchorElement>("back").href = `/projects/${dataset.projectId}`;
  parts.part<HTMLAnchorElement>("run").href = `/projects/${dataset.projectId}/run?input=${dataset.id}`;
  const pick = parts.part<HTMLSelectElement>("signals");
  pick.hidden = dataset.signals.length < 2;
  pick.replaceChildren(
    ...dataset.signals.map(other => new Option(other.name || `Signal ${other.index + 1}`, String(other.index), false, other.index === signal.index)),
  );
  pick.addEventListener("change", () => location.assign(`?signal=${pick.value}`));

  const kind = kindKey(signal.kind).replaceAll("-", " ").replace("ebsd", "EBSD"), energy = signal.metadata?.["beamEnergyKeV"];
  badge(parts, "", `${kind[0]?.toUpperCase()}${kind.slice(1)}${typeof energy === "number" ? ` ${number(energy, 3)} keV` : ""}`);
  if (kind !== "photo" && lengths(signal)?.unit === "") badge(parts, "warn", "Uncalibrated, lengths in px");
  tellCalibration(parts, signal);
  list(parts.part("details"), facts(signal, kind));
  new Tree(parts.part("original"), signal.original ?? {});
}

const lengths = (signal: Signal): Axis | undefined => signal.axes.filter(axis => ["space", "reciprocal"].includes(axis.role.toLowerCase())).at(-1);

/** The size of a pixel, below the picture. */
export function tellCalibration(parts: Parts, signal: Signal): void {
  const axis = lengths(signal) ?? signal.axes.at(-1);
  parts.part("calibration").textContent = axis?.unit ? `${quantity(Math.abs(axis.step), axis.unit)}/px` : "uncalibrated";
}

function facts(signal: Signal, kind: string): [string, string][] {
  const { statistics: s } = signal, rows: [string, string][] = [["Name", signal.name], ["Kind", kind]];
  rows.push(["Pixel type", signal.pixelType], ["Shape", signal.shape.join(" × ")]);
  for (const axis of signal.axes) rows.push([`Axis ${axis.name}`, axisWords(axis)]);
  if (s && !signal.columns) {
    rows.push(["Minimum", number(s.min, 6)], ["Maximum", number(s.max, 6)], ["Mean ± deviation", `${number(s.mean, 6)} ± ${number(s.std, 4)}`]);
    rows.push(["Not a number", s.notFinite.toLocaleString("en")]);
  }
  for (const [name, value] of Object.entries(signal.metadata ?? {})) {
    if (value !== null && typeof value !== "object") rows.push([words(name), typeof value === "number" ? number(value, 6) : String(value)]);
  }
  return rows;
}

function axisWords({ size, unit, step, values, role }: Axis): string {
  if (values?.length) return `${size} values, ${number(values[0]!, 5)} to ${number(values.at(-1)!, 5)} ${unit}`;
  if (role.toLowerCase() === "index") return size.toLocaleString("en");
  return unit ? `${size} × ${quantity(step, unit, 5)}` : `${size} × 1 px, uncalibrated`;
}

/** Names and values as a definition list; everything goes in as text. */
export function list(host: Element, rows: readonly (readonly [string, string])[]): void {
  const text = (tag: string, textContent: string): HTMLElement => Object.assign(document.createElement(tag), { textContent });
  host.replaceChildren(...rows.flatMap(([name, value]) => [text("dt", name), text("dd", value)]));
}

const words = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/^./, letter => letter.toUpperCase());

function badge(parts: Parts, tone: string, text: string): void {
  parts.part("flags").append(Object.assign(document.createElement("span"), { className: `badge ${tone}`, textContent: text }));
}
