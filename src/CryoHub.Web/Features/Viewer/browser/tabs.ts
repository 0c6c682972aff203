import type { Parts } from "./markup.ts";

const steps: Record<string, (index: number, count: number) => number> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Arrow keys, Home and End move between tabs, as the pattern for tabs asks: the chosen tab alone is in the tab order. */
export function bindTabs(host: HTMLElement, show: (name: string) => void): void {
  const list = host.querySelector<HTMLElement>("[role=tablist]")!, all = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
  list.addEventListener("keydown", event => {
    const tabs = all.filter(tab => !tab.closest("[hidden]")), next = tabs[steps[event.key]?.(tabs.indexOf(event.target as HTMLElement), tabs.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    next.focus();
    show(next.dataset["tab"]!);
  });
}

/** Shows the panel of one tab. */
export function showTab(parts: Parts, name: string): void {
  for (const tab of parts.all("tab")) {
    tab.setAttribute("aria-selected", String(tab.dataset["tab"] === name));
    tab.tabIndex = tab.dataset["tab"] === name ? 0 : -1;
  }
  for (const panel of parts.all("panel")) panel.hidden = panel.dataset["panel"] !== name;
}
