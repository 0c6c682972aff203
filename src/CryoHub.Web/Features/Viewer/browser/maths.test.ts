import { expect, test } from "vitest";
import { colourAt } from "./colour-maps.ts";
import { asPairs, complexWords, partOf } from "./complex.ts";
import { limitsAt, share } from "./contrast.ts";
import { logPower, spacing } from "./fourier.ts";
import { toTile } from "./pixels.ts";
import { profile } from "./profile.ts";
import { native, quantity, scaleBar, step125 } from "./units.ts";
import { readState, writeState } from "./view-state.ts";

const axis = (unit: string, step: number) => ({ name: "x", size: 100, unit, role: "space", step, origin: 0 });

test("the spectrum of a cosine peaks at its frequency", () => {
  const box = Float32Array.from({ length: 64 * 64 }, (_, i) => Math.cos(2 * Math.PI * 8 * (i % 64) / 64)), power = logPower(box, 64);
  const peak = power.indexOf(Math.max(...power));
  expect([Math.abs(peak % 64 - 32), Math.floor(peak / 64) - 32]).toEqual([8, 0]);
  expect(spacing(8, 0, 64, 0.1, 0.1).d).toBeCloseTo(64 * 0.1 / 8, 12);
});

test("the transform agrees with the sum of its definition", () => {
  const box = Float32Array.from({ length: 256 }, (_, i) => (i * 7919) % 101),
    mean = box.reduce((a, b) => a + b) / 256,
    w = (k: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * k) / 16);
  const power = logPower(box, 16);
  for (const [u, v] of [[0, 0], [3, 5], [-8, 1], [7, -2]] as const) {
    let re = 0, im = 0;
    for (let y = 0; y < 16; y++)
      for (let x = 0; x < 16; x++) {
        const f = (box[y * 16 + x]! - mean) * w(x) * w(y),
          a = (-2 * Math.PI * (u * x + v * y)) / 16;
        re += f * Math.cos(a);
        im += f * Math.sin(a);
      }
    expect(power[(v + 8) * 16 + u + 8]).toBeCloseTo(Math.log10(1 + re * re + im * im), 5);
  }
});

test("a profile along a ramp is the ramp, whatever its width", () => {
  const { distance, mean } = profile((x, y) => 3 * x + 4 * y, 10, 10, 16, 18, 5);
  distance.forEach((d, i) => expect(mean[i]).toBeCloseTo(70 + 5 * d, 9));
});

test("scale bars come in 1, 2 and 5 and never invent nanometres", () => {
  expect([9.9, 10, 49, 0.3].map(step125)).toEqual([5, 10, 20, expect.closeTo(0.2, 12)]);
  expect(scaleBar(axis("nm", 0.035), 1, 160)).toEqual({ pixels: expect.closeTo(5 / 0.035, 6), label: "5 nm", calibrated: true });
  expect(scaleBar(axis("", 1), 1, 160)).toEqual({ pixels: 100, label: "100 px", calibrated: false });
  expect(scaleBar(axis("µm", 0.0002), 1, 160).label).toBe("20 nm");
});

test("64-bit integers are read out in full", () => {
  expect(native(9007199254740993n, "int64")).toBe("9007199254740993");
});

test("pixels that are no numbers stay hollow and are announced", () => {
  const tile = toTile({ data: [1, NaN, 3, 4], width: 2, height: 2, channels: 1 }, 4, v => v);
  expect(tile.hollow).toBe(true);
  expect([tile.data[3], tile.data[7]]).toEqual([1, 0]);
});

test("limits and gamma act as written", () => {
  expect(share(25, { low: 0, high: 100, scale: "gamma", gamma: 0.5, map: "grey", invert: false }, 1)).toBeCloseTo(0.5, 12);
  expect(limitsAt({ min: 0, max: 9, mean: 4, std: 1, notFinite: 0, percentiles: { "1": 2, "99": 8 } }, 1)).toEqual([2, 8]);
});

test("a view survives its own link, foreign keys too", () => {
  const state = { x: 12.5, y: 40, zoom: 2, map: "magma" as const, low: -3, high: 9, scale: "gamma" as const, gamma: 0.7, invert: true, frame: 4 };
  const query = writeState("signal=2", state);
  expect(readState(query)).toEqual(state);
  expect(new URLSearchParams(query).get("signal")).toBe("2");
});

test("floats are read out by the shortest text that reads back the same", () => {
  expect(native(Math.fround(0.1), "float32")).toBe("0.1");
  expect(native(Math.fround(16777217.5e-3), "float32")).toBe(String(Number(Math.fround(16777.2175).toPrecision(8))));
  expect(native(0.0999755859375, "float16")).toBe("0.1");
  expect(native(0.1 + 0.2, "float64")).toBe("0.30000000000000004");
  expect(native(NaN, "float32")).toBe("not a number");
  for (let i = 0, x = 1e-30; i < 250; i++, x *= -1.7) {
    expect(Math.fround(Number(native(Math.fround(x), "float32").replace("\u2212", "-")))).toBe(Math.fround(x));
  }
});

test("lengths are told in the unit that keeps them between 1 and 1000", () => {
  expect([quantity(0.000035, "µm"), quantity(0.0123, "µm"), quantity(0.35, "Å")]).toEqual(["35.00 pm", "12.30 nm", "35.00 pm"]);
  expect([quantity(1.35, "Å"), quantity(2.5, "1/nm")]).toEqual(["1.350 Å", "2.500 1/nm"]);
});

test("complex arrays are read as pairs", () => {
  const sharded = { name: "sharding_indexed", configuration: { chunk_shape: [16, 16], codecs: [{ name: "bytes" }] } };
  const array = { shape: [20, 30], data_type: "complex64", chunk_grid: { name: "regular", configuration: { chunk_shape: [32, 32] } }, codecs: [sharded] };
  expect(asPairs(JSON.stringify(array))).toMatchObject({
    shape: [20, 30, 2], data_type: "float32", chunk_grid: { configuration: { chunk_shape: [32, 32, 2] } },
    codecs: [{ configuration: { chunk_shape: [16, 16, 2], codecs: [{ name: "bytes" }] } }],
  });
  expect([...partOf([3, 4, 0, -2], "modulus")]).toEqual([5, 2]);
  expect([...partOf([3, 4, 0, -2], "phase")]).toEqual([Math.atan2(4, 3), -Math.PI / 2]);
  expect([...partOf([3, 4, 0, -2], "imaginary")]).toEqual([4, -2]);
  expect(complexWords(3, -4, "complex64")).toBe("3 \u2212 4 i; modulus 5.000, phase \u22120.9273 rad");
});

test("the cyclic map closes and is equally light all the way", () => {
  expect(colourAt("cyclic", 0)).toEqual(colourAt("cyclic", 1));
  const luma = Array.from({ length: 32 }, (_, i) => colourAt("cyclic", i / 32)).map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b);
  expect(Math.max(...luma) - Math.min(...luma)).toBeLessThan(50);   // Oklab's lightness is perceptual, not luma: it may differ by a fifth
});
