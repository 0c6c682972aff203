import { describe, expect, test } from "vitest";
import { labelsIn, ticksIn } from "../../Plots/browser/axis-scale.ts";
import { energiesOf } from "./energy.ts";
import { scalesOf } from "./energy-scale.ts";
import type { Axis } from "./signal.ts";

const axis = (more: Partial<Axis>): Axis => ({ name: "Energy", size: 101, unit: "eV", role: "energy", step: 0.5, origin: 400, ...more });
const scales = (given: Axis) => new Map(scalesOf(given, energiesOf(given)).map(scale => [scale.unit, scale]));

describe("an energy scale", () => {
  test("counts the same place in eV, keV, channels and wavelengths, and back", () => {
    const all = scales(axis({}));
    expect([...all.keys()]).toEqual(["eV", "keV", "channel", "nm"]);
    expect(all.get("keV")!.shown(425)).toBeCloseTo(0.425, 12);
    expect(all.get("channel")!.shown(425)).toBe(50);
    expect(all.get("channel")!.inner(50.5)).toBeCloseTo(425.25, 10);
    expect(scales(axis({ origin: 1, step: 0.01 })).get("nm")!.shown(2)).toBeCloseTo(619.92, 2);   // h c / e = 1239.84 eV nm
  });
  test("has no wavelengths where energies reach zero", () => expect([...scales(axis({ origin: -10 })).keys()]).toEqual(["eV", "keV", "channel"]));
  test("of a spectrum in nm counts photons from the red end to the blue", () => {
    const all = scales(axis({ unit: "nm", origin: 400, step: 5 }));
    expect([...all.keys()]).toEqual(["nm", "eV", "channel"]);
    expect(all.get("nm")!.shown(20)).toBe(500);
    expect(all.get("eV")!.inner(1239.841984 / 500)).toBeCloseTo(20, 9);
  });
  test("of a spectrum without a unit is its channels", () => expect([...scales(axis({ unit: "" })).keys()]).toEqual(["channel"]));
  test("puts round numbers on the axis, also where it runs backwards", () => {
    const nm = scales(axis({ origin: 2, step: 0.02 })).get("nm")!, places = ticksIn(nm, 2, 4, 400);
    expect(labelsIn(nm, places)).toEqual(["600", "500", "400"]);   // 4 eV is 310 nm, 2 eV is 620 nm
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
});
