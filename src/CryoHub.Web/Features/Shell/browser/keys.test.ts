import { describe, expect, it } from "vitest";
import { actOf, type Pressed } from "./keys";

const press = (key: string, more: Partial<Pressed> = {}) => actOf({ key, ctrl: false, inField: false, afterG: false, letters: true, ...more });

describe("keys", () => {
  it("search from everywhere, also out of a field", () => expect(press("k", { ctrl: true, inField: true })).toEqual({ kind: "search" }));
  it("leave letters in a field alone", () => expect(press("g", { inField: true })).toBeUndefined());
  it("go to a place after G", () => expect(press("J", { afterG: true })).toEqual({ kind: "go", place: "jobs" }));
  it("do nothing for a letter that no place begins with", () => expect(press("x", { afterG: true })).toBeUndefined());
  it("can be switched off, but for Ctrl K", () => {
    expect(press("?", { letters: false })).toBeUndefined();
    expect(press("k", { ctrl: true, letters: false })).toEqual({ kind: "search" });
  });
});
