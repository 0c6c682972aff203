import type { Entry } from "./outbox.ts";
import { timedId } from "./outbox.ts";

/** What a step's screen holds, as the server takes it. */
export function read(form: HTMLFormElement, now = new Date()): Entry {
  const values: Record<string, string> = {};
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[name]")) {
    if (field.value.trim()) values[field.name] = field.value.trim();
  }
  const minutes = Number.parseFloat(form.querySelector<HTMLInputElement>("[data-minutes]")?.value ?? "") || 0;
  const text = (name: string): string => form.querySelector<HTMLInputElement>(`[data-text="${name}"]`)?.value.trim() ?? "";
  const checks = [...form.querySelectorAll<HTMLInputElement>("[data-check]")].map(check => `${check.checked ? "done" : "not done"}: ${check.dataset["check"]}`);
  const product = form.querySelector<HTMLInputElement>("[data-product]")?.value.trim();
  return {
    id: timedId(now.getTime()),
    run: form.dataset["run"]!,
    step: Number(form.dataset["step"]),
    body: {
      kind: form.dataset["kind"], person: form.dataset["person"], device: text("device"), deviation: text("deviation"), notes: checks.join("\n"),
      startedAt: new Date(now.getTime() - minutes * 60_000).toISOString(), endedAt: now.toISOString(), values,
      newProducts: product ? [{ kind: form.dataset["makes"], name: product }] : [],
    },
  };
}

/** True where a plain number, in the field's own unit, lies outside the template's range; other units are judged by the server. */
export function isOutside(typed: string, unit: string, low?: string, high?: string): boolean {
  const match = /^\s*([−-]?[\d.]+(?:e[+-]?\d+)?)\s*(.*)$/i.exec(typed);
  if (!match || (match[2]!.trim() && match[2]!.trim() !== unit)) return false;
  const value = Number(match[1]!.replace("−", "-"));
  return (!!low && value < Number(low)) || (!!high && value > Number(high));
}

/** One more or less in the last digit that is shown. */
export function nudge(typed: string, by: number): string {
  const match = /^(\s*[−-]?)([\d.]*)(.*)$/.exec(typed)!;
  const sign = match[1]!.trim() ? -1 : 1;
  const decimals = (match[2]!.split(".")[1] ?? "").length;
  return `${(sign * Number(match[2] || 0) + by / 10 ** decimals).toFixed(decimals)}${match[3]}`;
}

const draftOf = (form: HTMLFormElement): string => `bench:${form.dataset["run"]}:${form.dataset["step"]}`;
type Input = HTMLInputElement | HTMLSelectElement;
const inputs = (form: HTMLFormElement): Input[] => [...form.querySelectorAll<Input>("input:not([type=file]), select")];
const stateOf = (input: Input): string | boolean => input instanceof HTMLInputElement && input.type === "checkbox" ? input.checked : input.value;

/** Values are kept on every change: closing the page loses nothing. */
export function keepDraft(form: HTMLFormElement): void {
  localStorage.setItem(draftOf(form), JSON.stringify(inputs(form).map(stateOf)));
}

export function restoreDraft(form: HTMLFormElement): void {
  const draft = JSON.parse(localStorage.getItem(draftOf(form)) ?? "[]") as (string | boolean)[];
  inputs(form).forEach((input, i) => {
    const kept = draft[i];
    if (typeof kept === "boolean" && input instanceof HTMLInputElement) input.checked = kept;
    else if (typeof kept === "string") input.value = kept;
  });
}

export const dropDraft = (form: HTMLFormElement): void => localStorage.removeItem(draftOf(form));
