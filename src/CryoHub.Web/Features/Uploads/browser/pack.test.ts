import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { archive, archiveName, inOrder, zarrFoldersOf } from "./pack.ts";

const member = (name: string, text: string): { name: string; body: Blob; crc: number } => ({ name, body: new Blob([text]), crc: crc32(text) });

test("the documents of its root make a folder one of zarr, whatever lies deeper", () => {
  const paths = [
    "run/a.zarr/zarr.json", "run/a.zarr/0/zarr.json", "run/a.zarr/0/c/0/0", "run/a.zarrx/c", "run/b.mrc", "s.zspy/.zgroup", "s.zspy/x", "zarr.json",
  ];
  expect(zarrFoldersOf(paths)).toEqual(["run/a.zarr", "run/a.zarr", "run/a.zarr", undefined, undefined, "s.zspy", "s.zspy", undefined]);
  expect([archiveName("s.zspy"), archiveName("run/a.zarr")]).toEqual(["s.zspy", "run/a.zarr.zip"]);
});

test("documents come before chunks, as from the terminal", () => {
  const members = inOrder([{ name: "c/1" }, { name: "zarr.json" }, { name: "B" }, { name: "a/.zattrs" }]);
  expect(members.map(one => one.name)).toEqual(["a/.zattrs", "zarr.json", "B", "c/1"]);
});

// Python's zipfile is the judge: it checks every CRC.
test.each([3, 66_000])("an archive of %i files is read by others", async count => {
  const folder = await mkdtemp(join(tmpdir(), "pack-test-")), path = join(folder, "a.zip");
  const members = [member("größe/❄", "snow"), ...Array.from({ length: count }, (_, i) => member(`c/${i}`, String(i % 7).repeat(i % 5)))];
  await writeFile(path, new Uint8Array(await new Blob(archive(members)).arrayBuffer()));
  const script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); " +
    "print(z.testzip(), len(z.infolist()), z.read('größe/❄').decode(), z.read('c/2').decode())";
  expect(execFileSync("python3", ["-c", script, path], { encoding: "utf8" }).trim()).toBe(`None ${count + 1} snow 22`);
  await rm(folder, { recursive: true });
}, 60_000);
