const acts: Record<string, string> = {
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "plus", "=": "plus", "-": "minus", "0": "fit", "!": "one",
  "[": "previous", "]": "next", " ": "play", i: "invert", m: "map", s: "share", ",": "wider", ".": "narrower",
};
const tools: Record<string, string> = {
  h: "pan", v: "select", t: "s-point", l: "s-line", o: "s-polyline", w: "s-freehand", u: "s-polygon", q: "s-rectangle", e: "s-ellipse", a: "s-angle",
    b: "b-brush", x: "b-erase", y: "b-lasso", j: "b-grow", k: "b-fill", p: "profile", f: "fft", r: "point", g: "region", d: "ring",
};

/** Single keys of the workbench; silent in fields and with Ctrl, Alt or Meta, and arrows only on the canvas. */
export function bindKeys(host: HTMLElement, act: (name: string) => void, tool: (name: string) => void): void {
  document.addEventListener("keydown", event => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target.closest("input,select,textarea,[role=slider]")) return;
    if (!host.contains(target) && target !== document.body) return;
    if (event.key === " " && target.closest("button,a")) return;
    const name = acts[event.key] ?? acts[event.key.toLowerCase()], chosen = event.shiftKey ? undefined : tools[event.key.toLowerCase()];
    if (event.key === "Escape") tool("pan");
    else if (chosen && !host.querySelector<HTMLElement>(`[data-tool="${chosen}"]`)?.hidden) tool(chosen);
    else if (name) act(name);
    else return;
    event.preventDefault();
  });
}
