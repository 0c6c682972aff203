// Keys and the list of keys, on every page that has the list (so not in the viewer, which has its own).
import { actOf } from "./keys";

const patience = 1500; // ms between G and the letter
const switchedOff = "cryohub-no-letters";
let lastG = Number.NEGATIVE_INFINITY;

const dialog = () => document.querySelector<HTMLDialogElement>("#shortcuts");

function openHelp(): void {
  const list = dialog();
  const box = list?.querySelector<HTMLInputElement>("[data-letters]");
  if (box) {
    box.checked = localStorage.getItem(switchedOff) === null;
  }

  list?.showModal();
}

document.addEventListener("keydown", event => {
  if (dialog() === null || dialog()?.open || event.altKey) {
    return;
  }

  const target = event.target as HTMLElement;
  const act = actOf({
    key: event.key,
    ctrl: event.ctrlKey || event.metaKey,
    inField: target.isContentEditable || target.matches("input, select, textarea"),
    afterG: event.timeStamp - lastG < patience,
    letters: localStorage.getItem(switchedOff) === null,
  });
  lastG = act?.kind === "wait" ? event.timeStamp : Number.NEGATIVE_INFINITY;
  if (act === undefined || act.kind === "wait") {
    return;
  }

  event.preventDefault();
  if (act.kind === "go") {
    document.querySelector<HTMLAnchorElement>(`.topbar nav a[href="${act.place}"]`)?.click();
  } else if (act.kind === "help") {
    openHelp();
  } else {
    document.querySelector<HTMLInputElement>(act.kind === "search" ? "[data-search]" : "main .find input")?.focus();
  }
});

document.addEventListener("click", event => {
  if ((event.target as Element).closest("[data-shortcuts]")) {
    openHelp();
  }
});

document.addEventListener("change", event => {
  const box = event.target as HTMLInputElement;
  if (box.matches("[data-letters]")) {
    if (box.checked) {
      localStorage.removeItem(switchedOff);
    } else {
      localStorage.setItem(switchedOff, "1");
    }
  }
});
