import "./workflows.css";
import { flush, openOutbox, photosOf, send, type Outbox } from "./outbox.ts";
import { watchPhotos } from "./photo-list.ts";
import { dropDraft, isOutside, keepDraft, nudge, read, restoreDraft } from "./step-form.ts";

/** The strip below the bar: how many entries wait, and what the server did not take. */
class BenchStrip extends HTMLElement {
  show(waiting: number, refusals: string[]): void {
    this.hidden = waiting === 0 && refusals.length === 0;
    this.setAttribute("role", "status");
    const kept = `${waiting} ${waiting === 1 ? "entry" : "entries"} kept on this device, not sent yet.`;
    const words = waiting > 0 ? `${kept} They are sent by themselves when the connection returns.` : "";
    this.textContent = [words, ...refusals].filter(Boolean).join(" ");
  }
}
customElements.define("bench-strip", BenchStrip);

async function refresh(outbox: Outbox): Promise<void> {
  const { waiting, refused } = await flush(outbox);
  document.querySelector<BenchStrip>("bench-strip")?.show(waiting, refused.map(entry => `Step ${entry.step} was not taken: ${entry.refusal}`));
}

function watch(form: HTMLFormElement, outbox: Outbox): void {
  restoreDraft(form);
  const look = (input: HTMLInputElement): void => {
    const hint = input.closest(".benchfield")?.querySelector<HTMLElement>(".outside");
    if (hint) hint.hidden = !isOutside(input.value, input.dataset["unit"] ?? "", input.dataset["low"], input.dataset["high"]);
  };
  form.querySelectorAll<HTMLInputElement>("[data-unit]").forEach(look);
  form.addEventListener("input", event => {
    keepDraft(form);
    if (event.target instanceof HTMLInputElement) look(event.target);
  });
  form.addEventListener("click", event => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-by]");
    const input = button?.parentElement?.querySelector("input");
    if (!button || !input) return;
    input.value = nudge(input.value, Number(button.dataset["by"]));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const refusal = form.querySelector<HTMLElement>(".refusal")!;
    const entry = read(form);
    entry.photos = (await photosOf(outbox, entry.run, entry.step)).map(photo => photo.id);
    const replaced = (await outbox.all()).filter(old => old.run === entry.run && old.step === entry.step && old.refusal);
    await Promise.all(replaced.map(old => outbox.remove(old.id)));
    await outbox.put(entry);
    const sent = await send(entry, outbox);
    if (sent.state === "refused") {
      refusal.textContent = sent.reason;
      refusal.hidden = false;
      refusal.scrollIntoView({ block: "center" });
      return;
    }
    dropDraft(form);
    location.assign(`/${form.dataset["next"]}`);
  });
}

if (document.querySelector("bench-strip")) {
  void navigator.serviceWorker?.register("/js/workflows-worker.js", { scope: "/runs/" });
  const outbox = await openOutbox();
  const form = document.querySelector<HTMLFormElement>("form.benchstep");
  if (form) {
    watch(form, outbox);
    await watchPhotos(form, outbox);
  }
  addEventListener("online", () => void refresh(outbox));
  await refresh(outbox);

  // The whole run is kept, so that the next step is there without a connection.
  const screens = form ? Number(form.dataset["last"]) + 1 : 0;
  const pages = Array.from({ length: screens }, (_, i) => `/runs/${form!.dataset["run"]}/steps/${i + 1}`);
  const drawnWith = [...document.querySelectorAll<HTMLElement>("script[src], link[rel=stylesheet]")]
    .map(part => part.getAttribute("src") ?? part.getAttribute("href")!);
  (await navigator.serviceWorker?.ready)?.active?.postMessage({ keep: [...pages, ...drawnWith.map(part => new URL(part, document.baseURI).href)] });
}
