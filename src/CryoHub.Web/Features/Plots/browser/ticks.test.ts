import { expect, test } from "vitest";
import { tickLabels } from "./ticks.ts";

test("ticks carry the decimals of their step, and none is a negative zero", () => {
  expect(tickLabels([-0.0005, -1e-19, 0.0005, 0.001], 0.0005)).toEqual(["\u22120.0005", "0", "0.0005", "0.001"]);
  expect(tickLabels([0, 2500, null], 500)).toEqual(["0", "2,500", null]);
  expect(tickLabels([0, 2e-6, 4e-6], 2e-6)).toEqual(["0", "2.00e\u22126", "4.00e\u22126"]);
});
