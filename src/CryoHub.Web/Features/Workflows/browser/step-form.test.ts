import { expect, test } from "vitest";
import { isOutside, nudge } from "./step-form.ts";

test.each([
  ["-148.2", "°C", "-180", "-150", true],
  ["−160", "°C", "-180", "-150", false],
  ["0.5", "ppm", undefined, "1", false],
  ["2 ppm", "ppm", undefined, "1", true],
  ["300 ppb", "ppm", undefined, "1", false],
  ["cold", "°C", "-180", "-150", false],
])("%s %s is outside %s to %s: %s", (typed, unit, low, high, outside) => expect(isOutside(typed, unit, low, high)).toBe(outside));

test.each([
  ["0.74", 1, "0.75"],
  ["30", -1, "29"],
  ["-150", 1, "-149"],
  ["−0.5 mA", -1, "-0.6 mA"],
  ["", 1, "1"],
])("%s by %i becomes %s", (typed, by, next) => expect(nudge(typed, by)).toBe(next));
