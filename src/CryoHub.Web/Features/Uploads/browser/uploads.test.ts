import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { MockServer } from "./mock-server.ts";

const mebibyte = 2 ** 20, patience = 240_000;
let browser: Browser, server: MockServer, page: Page, address: string, folder: string;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  folder = await mkdtemp(join(tmpdir(), "uploads-test-"));
}, patience);
afterAll(async () => { await browser.close(); await rm(folder, { recursive: true }); });

beforeEach(async () => {
  server = new MockServer();
  address = await server.start();
  page = await (await browser.newContext()).newPage();
  page.on("pageerror", error => console.error(error));
  await page.goto(address);
}, patience);
afterEach(async () => { await page.context().close(); server.stop(); });

async function file(name: string, size: number): Promise<{ path: string; sha256: string; bytes: Buffer }> {
  const path = join(folder, name), bytes = randomBytes(size);
  await writeFile(path, bytes);
  return { path, sha256: createHash("sha256").update(bytes).digest("hex"), bytes };
}
const choose = (...paths: string[]): Promise<void> => page.locator("cryohub-uploads input[type=file]").first().setInputFiles(paths);
const until = (check: () => unknown): Promise<unknown> => vi.waitFor(async () => { expect(await check()).toBeTruthy(); }, { timeout: patience, interval: 50 });
const stored = (path: string): Buffer => Buffer.concat([...server.whole(path)!.parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));

/** Lets parts through until `count` have come, then holds every other one for ever. */
const holdAfter = (count: number): void => { let come = 0; server.gate = () => ++come <= count ? 200 : new Promise<number>(() => undefined); };

test("parts of one file travel at the same time and arrive as the file", async () => {
  const sent = await file("stack.mrc", 5 * 8 * mebibyte + 1);
  let waiting: (() => void)[] | undefined = [];
  server.gate = () =>
    new Promise(resolve => {
      waiting ? waiting.push(() => resolve(200)) : resolve(200);
      if (waiting?.length === 4) {
        waiting.forEach(go => go());
        waiting = undefined;
      }
    });
  await choose(sent.path);
  await until(() => server.whole("stack.mrc"));
  expect(server.mostAtOnce).toBeGreaterThanOrEqual(4);
  expect(server.whole("stack.mrc")!.sha256).toBe(sent.sha256);
  expect(stored("stack.mrc").equals(sent.bytes)).toBe(true);
}, patience);

test("after a reload only the missing parts are sent", async () => {
  const sent = await file("tilt.mrc", 4 * 8 * mebibyte);
  holdAfter(2);
  await choose(sent.path);
  await until(() => server.puts.length === 2);
  await page.reload();
  server.gate = () => 200;
  await page.locator(".uploads-received li.half").waitFor();
  await choose(sent.path);
  await until(() => server.whole("tilt.mrc"));
  expect(server.uploads).toHaveLength(1);
  expect(server.puts.map(put => put.number).sort()).toEqual([1, 2, 3, 4]);
  expect(server.whole("tilt.mrc")!.sha256).toBe(sent.sha256);
}, patience);

test("a file that changed while its upload was interrupted is refused", async () => {
  const sent = await file("changed.mrc", 3 * 8 * mebibyte);
  holdAfter(1);
  await choose(sent.path);
  await until(() => server.puts.length === 1);
  await page.reload();
  server.gate = () => 200;
  await writeFile(sent.path, randomBytes(3 * 8 * mebibyte));
  await utimes(sent.path, new Date(2020, 1, 1), new Date(2020, 1, 1));
  await choose(sent.path);
  const words = page.locator(".uploads-received li.bad");
  await words.waitFor({ timeout: patience });
  expect(await words.textContent()).toContain("was changed since its upload was interrupted");
  expect(server.puts).toHaveLength(1);
  expect(server.whole("changed.mrc")).toBeUndefined();
}, patience);

test("1,000 files arrive, each once, and are listed with links", async () => {
  const files = Array.from({ length: 1000 }, (_, i) => ({
    name: `frame_${String(i).padStart(4, "0")}.tif`,
    mimeType: "image/tiff",
    buffer: randomBytes(64 + i),
  }));
  await page.locator("cryohub-uploads input[type=file]").first().setInputFiles(files);
  await until(() => server.uploads.filter(upload => upload.status === "completed").length === 1000);
  expect(server.puts).toHaveLength(1000);
  expect(new Set(server.uploads.map(upload => upload.dropId)).size).toBe(1);
  expect(server.uploads[0]!.dropId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  await until(async () => await page.locator(".uploads-received a").count() === 1000);
  expect(await page.locator(".uploads-received a").first().getAttribute("href")).toMatch(/^\/datasets\//);
}, patience);

test("a part the store refuses and a server that fails are tried again", async () => {
  const sent = await file("rough.mrc", 2 * 8 * mebibyte);
  const answers = [503, 400];
  server.gate = () => answers.shift() ?? 200;
  await choose(sent.path);
  await until(() => server.whole("rough.mrc"));
  expect(stored("rough.mrc").equals(sent.bytes)).toBe(true);
}, patience);

test("pause stops the parts, resume sends only what is missing", async () => {
  const sent = await file("paused.mrc", 10 * 8 * mebibyte);
  holdAfter(3);
  await choose(sent.path);
  await until(() => server.puts.length === 3 && server.atOnce > 0);
  await page.getByRole("button", { name: "Pause" }).last().click();
  await until(() => server.atOnce === 0);
  server.gate = () => 200;
  await page.getByRole("button", { name: "Resume" }).last().click();
  await until(() => server.whole("paused.mrc"));
  expect(server.puts.map(put => put.number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(stored("paused.mrc").equals(sent.bytes)).toBe(true);
}, patience);

test("a lost connection is waited for", async () => {
  const sent = await file("offline.mrc", 4 * 8 * mebibyte);
  holdAfter(1);
  await choose(sent.path);
  await until(() => server.puts.length === 1);
  await page.context().setOffline(true);
  server.cut();
  server.gate = () => 200;
  await page.context().setOffline(false);
  await until(() => server.whole("offline.mrc"));
  expect(server.whole("offline.mrc")!.sha256).toBe(sent.sha256);
}, patience);

test("a file that waits for its companion says so, then the data set is ready and has a link", async () => {
  let go = (): void => undefined;
  const held = new Promise<number>(resolve => { go = () => resolve(200); });
  server.gate = path => path.endsWith(".mdoc") ? held : 200;
  await choose((await file("pair.mrc", 400)).path, (await file("pair.mrc.mdoc", 40)).path);
  await until(() => server.whole("pair.mrc"));
  expect(server.uploads.find(upload => upload.path === "pair.mrc")!.siblings).toEqual(["pair.mrc.mdoc"]);
  await page.locator(".uploads-received", { hasText: "waiting for the files that belong to it" }).waitFor();
  go();
  await page.locator(".uploads-received li.ready a").waitFor();
  expect(await page.locator(".uploads-received li").count()).toBe(1);
}, patience);

test("removing a file discards what was sent of it", async () => {
  const sent = await file("unwanted.mrc", 3 * 8 * mebibyte);
  holdAfter(1);
  await choose(sent.path);
  await until(() => server.puts.length === 1);
  await page.getByRole("button", { name: "Cancel" }).last().click();
  await until(() => server.uploads[0]!.status === "aborted");
}, patience);

test("small files go on by themselves after a reload", async () => {
  holdAfter(0);
  const small = await Promise.all(["a.mrc", "b.mrc", "c.mrc"].map(name => file(name, 5000)));
  await choose(...small.map(one => one.path));
  await until(() => server.atOnce === 3);
  await page.waitForFunction(() => localStorage.length >= 4);   // three files and the list of all: kept for the next start
  await page.reload();
  server.gate = () => 200;
  await until(() => small.every((_, i) => server.whole("abc"[i] + ".mrc")));
  expect(server.uploads).toHaveLength(3);
}, patience);

test("an empty file is one empty part", async () => {
  const sent = await file("empty.mrc", 0);
  await choose(sent.path);
  await until(() => server.whole("empty.mrc"));
  expect(server.puts).toEqual([{ path: "empty.mrc", number: 1 }]);
  expect(server.whole("empty.mrc")!.sha256).toBe(sent.sha256);
}, patience);

test("a refusal is shown in the server's words and the other files go on", async () => {
  server.quota = 1000;
  await choose((await file("large.mrc", 2000)).path, (await file("small.mrc", 500)).path);
  await until(() => server.whole("small.mrc"));
  expect(await page.locator(".uploads-received li.bad").textContent()).toBe("large.mrc large.mrc has 2000 bytes; the project has room for 1000.");
}, patience);
