import { describe, expect, it } from "vitest";
import { drawn, moment, moved, stretched } from "./span";

describe("spans of the calendar", () => {
  it("are drawn upwards as downwards and cover what was touched", () => {
    expect(drawn(487, 601, 1440)).toEqual({ from: 480, until: 615 });
    expect(drawn(601, 487, 1440)).toEqual({ from: 480, until: 615 });
    expect(drawn(480, 480, 1440)).toEqual({ from: 480, until: 495 });
  });

  it("end where a short day ends and reach to the end of a long one", () => {
    expect(drawn(1300, 1600, 1380)).toEqual({ from: 1290, until: 1380 });
    expect(drawn(1430, 1600, 1500)).toEqual({ from: 1425, until: 1500 });
    expect(drawn(1600, 1600, 1380)).toEqual({ from: 1365, until: 1380 });
    expect(drawn(-5, 20, 1440)).toEqual({ from: 0, until: 30 });
  });

  it("keep their length when moved and a quarter of an hour when pulled too far", () => {
    expect(moved({ from: 480, until: 720 }, 37)).toEqual({ from: 510, until: 750 });
    expect(moved({ from: 480, until: 720 }, -1000)).toEqual({ from: -525, until: -285 });
    expect(stretched({ from: 480, until: 720 }, 50)).toEqual({ from: 480, until: 765 });
    expect(stretched({ from: 480, until: 720 }, -500)).toEqual({ from: 480, until: 495 });
  });

  it("lie in time that passes: 4 h after midnight of the night in which Berlin leaves out an hour is 05:00 there", () => {
    const midnight = Date.UTC(2026, 2, 28, 23);
    expect(new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", timeStyle: "short" }).format(moment(midnight, 240))).toBe("05:00");
  });
});
