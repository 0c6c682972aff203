import { expect, test } from "vitest";
import { nextOf } from "./steps.ts";

const job = (status: string, more: object = {}) => ({ job: { id: "1", status, fraction: 0, problem: "", ...more } });

test("an export is followed until its file is there", () => {
  expect(nextOf(job("queued"), ".mrc")).toMatchObject({ isOver: false, words: ".mrc waits for a worker" });
  expect(nextOf(job("running", { fraction: 0.424 }), ".mrc")).toMatchObject({ isOver: false, words: "Writing .mrc, 42 %" });
  expect(nextOf(job("succeeded", { resultId: "r" }), ".mrc")).toEqual({
    words: ".mrc is ready",
    file: "/api/results/r/items/0/file",
    isOver: true,
    isBad: false,
  });
});

test("what went wrong is told in the job's own words", () => {
  expect(nextOf(job("failed", { problem: "MRC has no rgba8 pixels." }), ".mrc")).toMatchObject({
    words: "MRC has no rgba8 pixels.",
    isOver: true,
    isBad: true,
  });
  expect(nextOf(job("succeeded"), ".mrc").isBad).toBe(true);
});
