import type { Parts } from "../markup.ts";
import { section, stage } from "./stage.ts";

/** A volume: three linked sections and the whole in space; slice by slice with all tools on demand. */
export function showVolume(host: HTMLElement, parts: Parts, source: string): void {
  const { body, controls } = stage(host, parts, "Volume"), volume = document.createElement("cryohub-volume");
  volume.dataset["src"] = source;
  body.classList.add("rows");
  body.tabIndex = 0;
  body.setAttribute("role", "region");
  body.setAttribute("aria-label", "Sections and the volume in three dimensions");
  body.replaceChildren(volume);
  controls.append(section("View", otherView("slices", "Slice by slice, with all tools")));
}

/** A link to the same signal, seen the other way. */
export function otherView(view: string, words: string): HTMLElement {
  const query = new URLSearchParams(location.search), link = document.createElement("a");
  if (view) query.set("view", view); else query.delete("view");
  Object.assign(link, { className: "btn sm", href: `?${query.toString()}`, textContent: words });
  return link;
}
