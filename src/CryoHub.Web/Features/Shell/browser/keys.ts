// What a key means outside the viewer, apart from the page: pure, so that it can be tested.

/** An act that a key asks for; `wait` is the first half of "G then P". */
export type Act = { kind: "search" | "filter" | "help" | "wait" } | { kind: "go"; place: string };

const places: Readonly<Record<string, string>> = { p: "projects", s: "samples", j: "jobs", l: "labs" };

export interface Pressed {
  key: string;
  ctrl: boolean;
  /** The focus is in a field, where letters are letters. */
  inField: boolean;
  /** "G" came before, not long ago. */
  afterG: boolean;
  /** The person has not switched single letters off. */
  letters: boolean;
}

export function actOf(pressed: Pressed): Act | undefined {
  const key = pressed.key.toLowerCase();
  if (pressed.ctrl) {
    return key === "k" ? { kind: "search" } : undefined;
  }

  if (pressed.inField || !pressed.letters) {
    return undefined;
  }

  if (pressed.afterG) {
    const place = places[key];
    return place === undefined ? undefined : { kind: "go", place };
  }

  return key === "?" ? { kind: "help" } : key === "/" ? { kind: "filter" } : key === "g" ? { kind: "wait" } : undefined;
}
