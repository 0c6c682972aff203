import type * as View from "../view.ts";

export type Scene = View.Scene;

/** A scene in a host of its own, turned by the mouse or by arrows, + and − zoom, 0 resets; `undefined` with the reason where there is no WebGL 2. */
export async function openScene(host: HTMLElement, label: string): Promise<Scene | undefined> {
  host.tabIndex = 0;
  host.setAttribute("role", "application");
  host.setAttribute("aria-label", `${label}; arrows turn, plus and minus zoom, 0 resets`);
  let scene: Scene;
  try {
    scene = new (await import(new URL("viewer-view.js", import.meta.url).href) as typeof View).Scene(host);
  } catch (error) {
    host.textContent = `The view in three dimensions needs WebGL 2, which this browser does not offer here (${(error as Error).message}).`;
    return undefined;
  }
  const keys: Record<string, () => void> = {
    ArrowLeft: () => scene.turn(-10, 0), ArrowRight: () => scene.turn(10, 0), ArrowUp: () => scene.turn(0, 10), ArrowDown: () => scene.turn(0, -10),
    "+": () => scene.zoom(1.2), "=": () => scene.zoom(1.2), "-": () => scene.zoom(1 / 1.2), "0": () => scene.reset(),
  };
  host.addEventListener("keydown", event => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  return scene;
}
