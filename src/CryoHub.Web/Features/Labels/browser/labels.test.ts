import { describe, expect, test } from "vitest";
import { frame } from "./frame.ts";
import { refusal } from "./refusal.ts";
import { decode } from "./view.ts";

// Written by another encoder: qrencode -v 1 -l Q.
const hello = `
#######.##....#######
#.....#.#..#..#.....#
#.###.#.#..##.#.###.#
#.###.#.#.....#.###.#
#.###.#.#.#...#.###.#
#.....#...#...#.....#
#######.#.#.#.#######
........#............
.##.#.##....#.#.#####
.#......####....#...#
..##.###.##...#.##...
.##.##.#..##.#.#.###.
#...#.#.#.###.###.#.#
........##.#..#...#.#
#######.#.#....#.##..
#.....#..#.##.##.#...
#.###.#.#.#...#######
#.###.#..#.#.#.#...#.
#.###.#.#..#.###.#..#
#.....#.#.####...#.##
#######....#.###....#
`;

function picture(rows: string[], module: number): { data: Uint8ClampedArray; width: number; height: number } {
  const quiet = 4;
  const edge = (rows.length + 2 * quiet) * module;
  const data = new Uint8ClampedArray(edge * edge * 4).fill(255);
  rows.forEach((row, y) => [...row].forEach((dark, x) => {
    if (dark !== "#") return;
    for (let dy = 0; dy < module; dy++) {
      for (let dx = 0; dx < module; dx++) {
        const at = 4 * (((y + quiet) * module + dy) * edge + (x + quiet) * module + dx);
        data.fill(0, at, at + 3);
      }
    }
  }));
  return { data, width: edge, height: edge };
}

describe("the scanner", () => {
  test("reads another encoder's code at three pixels a module and more", () => {
    for (const module of [3, 5, 8]) expect(decode(picture(hello.trim().split("\n"), module))).toBe("HELLO WORLD");
  });

  test("reads nothing from an empty picture", () => {
    expect(decode({ data: new Uint8ClampedArray(64 * 64 * 4).fill(255), width: 64, height: 64 })).toBeUndefined();
  });

  test("looks at the middle square, shrunk where it is large", () => {
    expect(frame(1280, 720)).toEqual({ left: 280, top: 0, size: 720, drawn: 720 });
    expect(frame(1080, 1920)).toEqual({ left: 0, top: 420, size: 1080, drawn: 720 });
    expect(frame(320, 240)).toEqual({ left: 40, top: 0, size: 240, drawn: 240 });
  });

  test("says what to do where there is no camera", () => {
    expect(refusal("NotAllowedError")).toContain("not allowed");
    expect(refusal("SecurityError")).toContain("HTTPS");
    expect(refusal("anything")).toContain("Type the code");
  });
});
