// The upload panel against a small server that speaks the protocol: many files, parts, resume, and a file that changed meanwhile.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const partSize = 8 * 2 ** 20, uploads = new Map(), sent = [];
const types = { js: "text/javascript; charset=utf-8", css: "text/css" };
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'";
let refuse = 0;

const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const body = Buffer.concat(pieces), { pathname } = new URL(request.url, "http://here"), [, , , id, what, number] = pathname.split("/"), upload = uploads.get(id);
  const answer = (status, value, headers = {}) => { response.writeHead(status, { "content-type": "application/json", ...headers }); response.end(JSON.stringify(value ?? {})); };
  if (pathname === "/") { response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy }); return response.end(`<!doctype html><link rel="stylesheet" href="/js/uploads.css"><script type="module" src="/js/uploads.js"></script><cryohub-uploads data-project="p1"></cryohub-uploads>`); }
  if (pathname.startsWith("/js/")) { const file = await readFile(new URL(`../wwwroot${pathname}`, import.meta.url)); response.writeHead(200, { "content-type": types[pathname.split(".").pop()] ?? "text/plain" }); return response.end(file); }
  if (pathname === "/api/uploads" && request.method === "GET") return answer(200, { items: [...uploads.values()].filter(one => !one.done).map(({ id, path, size }) => ({ id, path, size, partSize, partCount: 1 })) });
  if (pathname === "/api/uploads") { const asked = JSON.parse(body), one = { id: randomUUID(), ...asked, parts: new Map() }; uploads.set(one.id, one); return answer(201, { id: one.id, partSize, partCount: Math.max(1, Math.ceil(asked.size / partSize)), datasetId: randomUUID() }); }
  if (!upload) return answer(404, { detail: "There is no such upload." });
  if (request.method === "DELETE") { uploads.delete(id); return answer(200); }
  if (request.method === "GET") return answer(200, { id, status: "Open", partSize, parts: [...upload.parts].map(([number, bytes]) => ({ number, size: bytes.length, etag: `"e${number}"` })) });
  if (what === "parts" && request.method === "POST") return answer(200, { url: `/api/uploads/${id}/bytes/${number}?sha=${JSON.parse(body).sha256}`, headers: {}, expiresAt: "2100-01-01" });
  if (what === "bytes") {
    if (refuse > 0 && number !== "1") { refuse--; return request.socket.destroy(); }
    if (createHash("sha256").update(body).digest("hex") !== new URL(request.url, "http://here").searchParams.get("sha")) return answer(400, { detail: "Another checksum." });
    upload.parts.set(Number(number), body); sent.push(`${upload.path}#${number}`);
    return answer(200, {}, { etag: `"e${number}"` });
  }
  const whole = Buffer.concat([...upload.parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
  upload.right = createHash("sha256").update(whole).digest("hex") === JSON.parse(body).sha256 && whole.length === upload.size;
  upload.done = true;
  answer(200, { datasetId: randomUUID(), jobId: null });
});

await new Promise(done => server.listen(0, done));
const origin = `http://localhost:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless=new", "--no-sandbox", "--disable-background-networking"] });
const until = async (page, wanted) => { await page.waitForFunction(n => window.received >= n, wanted, { timeout: 60000 }); };

async function open() {
  const page = await (await browser.newContext()).newPage();
  page.on("pageerror", error => console.log("page:", error.message));
  await page.addInitScript(() => { window.received = 0; addEventListener("dataset-received", () => window.received++); });
  await page.goto(origin);
  await page.waitForSelector(".uppy-Dashboard-input", { state: "attached" });
  return page;
}

const drop = (page, files) => page.locator(".uppy-Dashboard-input").first().setInputFiles(files);
const file = (name, size, seed = 1) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.alloc(size, (_ => seed)()) });

const tests = {
  async "200 small files and one empty one arrive whole, with the right checksum"() {
    const page = await open();
    await drop(page, [...Array.from({ length: 200 }, (_, i) => file(`f${i}.mrc`, 100 + i, i % 250 + 1)), file("empty.txt", 0)]);
    await until(page, 201);
    assert.equal([...uploads.values()].filter(one => one.right).length, 201);
    await page.context().close();
  },
  async "a file of three parts comes back in one piece, and a broken connection resends the part"() {
    const page = await open();
    refuse = 1;
    await drop(page, [file("stack.mrc", 2 * partSize + 12345, 7)]);
    await until(page, 1);
    assert.equal([...uploads.values()].find(one => one.path === "stack.mrc").right, true);
    await page.context().close();
  },
  async "the same file picked again after a pause sends only what is missing"() {
    const page = await open(), bytes = file("resumed.mrc", 2 * partSize + 99, 9), id = randomUUID();
    uploads.set(id, { id, path: "resumed.mrc", size: bytes.buffer.length, parts: new Map([[1, bytes.buffer.subarray(0, partSize)]]) });
    await drop(page, [bytes]);
    await until(page, 1);
    assert.equal(uploads.get(id).right, true);
    assert.deepEqual(sent.filter(part => part.startsWith("resumed")).sort(), ["resumed.mrc#2", "resumed.mrc#3"]);
    await page.context().close();
  },
  async "a file that changed during the pause starts anew"() {
    const page = await open(), id = randomUUID(), bytes = file("changed.mrc", 5000, 3);
    uploads.set(id, { id, path: "changed.mrc", size: 5000, parts: new Map([[1, Buffer.alloc(5000, 4)]]) });
    await page.evaluate(id => localStorage.setItem(`cryohub-upload-${id}`, "5000 1"), id);
    await drop(page, [bytes]);
    await until(page, 1);
    assert.equal(uploads.has(id), false);
    assert.equal([...uploads.values()].find(one => one.path === "changed.mrc").right, true);
    await page.context().close();
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try { await test(); console.log(`passed  ${name}`); } catch (error) { failed++; console.log(`FAILED  ${name}\n  ${error.message}`); }
}
await browser.close();
server.close();
process.exitCode = failed ? 1 : 0;
