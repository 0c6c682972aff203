import type { Parts } from "./markup.ts";
import { kindKey, type Dataset, type Signal } from "./signal.ts";
import { number } from "./units.ts";

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

  const kind = kindKey(signal.kind).replaceAll("-", " "), energy = signal.metadata?.["beamEnergyKeV"];
  badge(parts, "", `${kind[0]?.toUpperCase()}${kind.slice(1)}${typeof energy === "number" ? ` ${number(energy, 3)} keV` : ""}`);
  const fast = signal.axes.find(axis => ["space", "reciprocal"].includes(axis.role.toLowerCase())) ?? signal.axes.at(-1);
  const spatial = signal.axes.filter(axis => ["space", "reciprocal"].includes(axis.role.toLowerCase())).at(-1);
  if (spatial && !spatial.unit) badge(parts, "warn", "Uncalibrated, lengths in px");
  parts.part("shape").textContent = `Intensity, ${signal.shape.map(size => size.toLocaleString("en")).join(" × ")}`;
  const calibrated = spatial ?? fast;
  parts.part("calibration").textContent = calibrated?.unit ? `${number(Math.abs(calibrated.step), 4)} ${calibrated.unit}/px` : "uncalibrated";

  const s = signal.statistics,
    rows: [string, string][] = [
      ["Name", signal.name],
      ["Kind", kind],
      ["Pixel type", signal.pixelType],
      ["Shape", signal.shape.join(" × ")],
    ];
  for (const axis of signal.axes)
    rows.push([`Axis ${axis.name}`, `${axis.size} × ${axis.unit ? `${number(axis.step, 5)} ${axis.unit}` : "1 px, uncalibrated"}`]);
  if (s)
    rows.push(
      ["Minimum", number(s.min, 6)],
      ["Maximum", number(s.max, 6)],
      ["Mean ± deviation", `${number(s.mean, 6)} ± ${number(s.std, 4)}`],
      ["Not a number", s.notFinite.toLocaleString("en")],
    );
  for (const [name, value] of Object.entries(signal.metadata ?? {}))
    if (value !== null && typeof value !== "object") rows.push([words(name), typeof value === "number" ? number(value, 6) : String(value)]);
  parts
    .part("details")
    .replaceChildren(
      ...rows.flatMap(([name, value]) => [
        Object.assign(document.createElement("dt"), { textContent: name }),
        Object.assign(document.createElement("dd"), { textContent: value }),
      ]),
    );
}

const words = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/^./, letter => letter.toUpperCase());

function badge(parts: Parts, tone: string, text: string): void {
  parts.part("flags").append(Object.assign(document.createElement("span"), { className: `badge ${tone}`, textContent: text }));
}
