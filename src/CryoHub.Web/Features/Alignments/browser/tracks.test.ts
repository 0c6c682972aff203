import { expect, test } from "vitest";
import { fiducials } from "./fiducials.ts";
import { Tracks } from "./tracks.ts";

const table = [
  { name: "View", values: [1, 1, 2, 2] }, { name: "Marker", values: [1, 2, 1, 2] },
  { name: "Column", values: [10, 40, 12, 41] }, { name: "Row", values: [20, 30, 20.5, 30] }, { name: "Residual", values: [0.1, 0.2, 4.5, null] },
];

test("markers are found, moved, taken out and counted", () => {
  const tracks = Tracks.of(table);
  expect(tracks.nearest(1, 12, 21, 5)).toMatchObject({ marker: 1 });
  expect(tracks.nearest(1, 20, 21, 5)).toBeUndefined();
  expect(tracks.worst(1)).toMatchObject([{ view: 2, marker: 1 }]);
  expect(tracks.changes).toBe(0);

  tracks.put(2, 1, 15, 22);
  tracks.remove(1, 2);

  expect(tracks.changes).toBe(2);
  expect(tracks.at(2, 1)).toMatchObject({ x: 15, y: 22, moved: true });
  tracks.put(1, 2, 39, 30); // put back by hand
  expect(tracks.changes).toBe(2);
  tracks.drop(2);
  expect(tracks.in(1)).toHaveLength(1);
});

test("a model holds a contour a marker, in IMOD's coordinates", () => {
  const model = fiducials(Tracks.of(table), 64, 48, 2), view = new DataView(model.buffer);
  const text = (at: number, length: number): string => String.fromCharCode(...model.subarray(at, at + length));
  expect(text(0, 8)).toBe("IMODV1.2");
  expect([view.getInt32(136), view.getInt32(140), view.getInt32(144), view.getInt32(148)]).toEqual([64, 48, 2, 1]);
  const object = 136 + 4 * (4 + 5 + 6 + 5 + 1 + 2 + 3);
  expect(text(object, 4)).toBe("OBJT");
  const contours = object + 4 + 64 + 64;
  expect(view.getInt32(contours)).toBe(2);
  const first = contours + 4 * 4 + 12 + 4 + 8 + 8;
  expect(text(first, 4)).toBe("CONT");
  expect(view.getInt32(first + 4)).toBe(2);
  const points = [0, 1, 2, 3, 4, 5].map(i => view.getFloat32(first + 20 + 4 * i));
  expect(points).toEqual([10.5, 20.5, 0, 12.5, 21, 1]);
  expect(text(model.length - 4, 4)).toBe("IEOF");
});
