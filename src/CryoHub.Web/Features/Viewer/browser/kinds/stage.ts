import type { Parts } from "../markup.ts";
import { bindTabs, showTab } from "../tabs.ts";

/** Room for a signal that is no picture: a body in place of the canvas, controls in the inspector; the details stay where they are. */
export interface Stage { body: HTMLElement; controls: HTMLElement }

export function stage(host: HTMLElement, parts: Parts, label: string): Stage {
  host.classList.add("plain");
  const body = parts.part("canvas"), controls = document.createElement("div");
  for (const name of ["role", "aria-describedby", "aria-label", "tabindex"]) body.removeAttribute(name);
  body.classList.add("body");
  body.closest("main")!.setAttribute("aria-label", label);
  for (const name of ["position", "calibration"]) parts.part(name).textContent = "";
  const tabs = parts.all("tab"), panels = parts.all("panel");
  tabs.find(tab => tab.dataset["tab"] === "display")!.textContent = "View";
  tabs.find(tab => tab.dataset["tab"] === "measure")!.remove();
  panels.find(panel => panel.dataset["panel"] === "measure")!.remove();
  const view = panels.find(panel => panel.dataset["panel"] === "display")!;
  view.setAttribute("aria-label", "View");
  view.replaceChildren(controls);
  host.addEventListener("click", event => {
    const tab = (event.target as Element).closest<HTMLElement>("[data-tab]");
    if (tab) showTab(parts, tab.dataset["tab"]!);
  });
  bindTabs(host, name => showTab(parts, name));
  return { body, controls };
}

/** A section of the controls with its heading. */
export function section(title: string, ...content: (Node | string)[]): HTMLElement {
  const box = document.createElement("section"), head = document.createElement("h2");
  box.className = "sec";
  head.textContent = title;
  box.append(head, ...content);
  return box;
}

/** A labelled list to choose from. */
export function choice(
  label: string,
  options: readonly (readonly [value: string, words: string])[],
  chosen: string,
  changed: (value: string) => void,
): HTMLElement {
  const field = document.createElement("label"),
    list = document.createElement("select");
  field.className = "typed";
  list.append(...options.map(([value, words]) => new Option(words, value, false, value === chosen)));
  list.addEventListener("change", () => changed(list.value));
  field.append(label, list);
  return field;
}

/** A table of text; numbers stand at the right. */
export function textTable(head: readonly string[], rows: readonly (readonly (string | number)[])[], write: (value: number) => string): HTMLTableElement {
  const table = document.createElement("table"), top = table.createTHead().insertRow(), body = table.createTBody();
  const isNumber = head.map((_, column) => rows.every(row => typeof row[column] === "number"));
  head.forEach((name, column) => {
    const cell = Object.assign(document.createElement("th"), { textContent: name, scope: "col", className: isNumber[column] ? "num" : "" });
    top.append(cell);
  });
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((value, column) => {
      const textContent = typeof value === "number" ? write(value) : value;
      Object.assign(line.insertCell(), { textContent, className: isNumber[column] ? "num" : "" });
    });
  }
  return table;
}
