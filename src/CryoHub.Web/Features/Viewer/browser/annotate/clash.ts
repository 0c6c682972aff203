import type { Conflict } from "./layer-store.ts";

/** Asks the later writer, who sees both. Closing it keeps the other's. */
export function askWhich(host: HTMLElement, conflict: Conflict, settle: (keep: "mine" | "theirs" | "both") => void): void {
  const { theirs, mine } = conflict, dialog = document.createElement("dialog");
  dialog.className = "clash";
  dialog.setAttribute("aria-labelledby", "clash-says");
  dialog.innerHTML = `<form method="dialog"><h2 id="clash-says"></h2><p></p><svg viewBox="0 0 10 10" role="img" aria-label="Yours dashed, theirs solid"></svg>
    <div class="ctl"><button class="btn sm" value="theirs">Keep theirs</button><button class="btn sm" value="mine">Keep mine</button>
      <button class="btn sm" value="both">Keep both</button></div></form>`;
  dialog.querySelector("h2")!.textContent = `${theirs.changedBy} has ${theirs.isDeleted ? "deleted" : "changed"} this too`;
  dialog.querySelector("p")!.textContent = mine ? "Yours was not saved yet; here are both: yours dashed, theirs solid."
    : "You deleted it; nothing is lost, here is theirs.";
  draw(dialog.querySelector("svg")!, mine?.rings, theirs.isDeleted ? undefined : theirs.rings);
  dialog.querySelector<HTMLElement>("[value=both]")!.hidden = !mine;
  dialog.addEventListener("close", () => {
    dialog.remove();
    settle(dialog.returnValue === "mine" || dialog.returnValue === "both" ? dialog.returnValue : "theirs");
  });
  host.append(dialog);
  dialog.showModal();
}

function draw(svg: SVGElement, mine: readonly number[][] | undefined, theirs: readonly number[][] | undefined): void {
  const all = [...(mine ?? []), ...(theirs ?? [])].flat(), xs = all.filter((_, i) => i % 2 === 0), ys = all.filter((_, i) => i % 2 === 1);
  const left = Math.min(...xs), top = Math.min(...ys), wide = Math.max(1, Math.max(...xs) - left), high = Math.max(1, Math.max(...ys) - top),
    rim = Math.max(wide, high) / 20;
  svg.setAttribute("viewBox", [left - rim, top - rim, wide + 2 * rim, high + 2 * rim].join(" "));
  for (const [rings, name] of [[theirs, "theirs"], [mine, "mine"]] as const) {
    for (const ring of rings ?? []) {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
      line.setAttribute("points", ring.join(" "));
      line.setAttribute("class", name);
      svg.append(line);
    }
  }
}
