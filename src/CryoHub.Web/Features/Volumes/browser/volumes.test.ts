import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const patience = 90_000,
  size = 24,
  policy =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:";
let browser: Browser, page: Page;
const complaints: string[] = [];

/** A ball of value 1000 and radius 8 about the middle, on a gentle ramp 10 z + y + 0.1 x that tells the place. */
const ball = Float32Array.from({ length: size ** 3 }, (_, i) => {
  const z = Math.floor(i / size ** 2), y = Math.floor(i / size) % size, x = i % size;
  return Math.hypot(z - 12, y - 12, x - 12) < 8 ? 1000 : 10 * z + y + 0.1 * x;
});
const array = {
  zarr_format: 3,
  node_type: "array",
  shape: [size, size, size],
  data_type: "float32",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [size, size, size] } },
  chunk_key_encoding: { name: "default" },
  codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  fill_value: 0,
  attributes: {},
};
const axes = ["z", "y", "x"].map(name => ({ name, size, unit: "nm", role: "space", step: 2, origin: 0 }));
const group = {
  zarr_format: 3,
  node_type: "group",
  attributes: {
    cryohub: { display: "", axes },
    ome: { version: "0.5", multiscales: [{ axes: axes.map(({ name }) => ({ name, type: "space" })), datasets: [{ path: "0" }] }] },
  },
};

/** Labels of the same box at half the resolution: 1 in the ball, 2 in a corner. */
const half = size / 2;
const labels = Uint8Array.from({ length: half ** 3 }, (_, i) => {
  const z = Math.floor(i / half ** 2), y = Math.floor(i / half) % half, x = i % half;
  return Math.hypot(z - 5.75, y - 5.75, x - 5.75) < 4 ? 1 : z + y + x < 4 ? 2 : 0;
});
const classes = [{ value: 1, name: "lithium", colour: "#ff2020" }, { value: 2, name: "corner", colour: "#20ff20" }];
const labelArray = {
  ...array, shape: [half, half, half], data_type: "uint8",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [half, half, half] } },
};
const labelGroup = {
  ...group,
  attributes: { ...group.attributes, cryohub: { display: "", pixelType: "uint8", labels: classes,
    axes: axes.map(axis => ({ ...axis, size: half, step: 4 })) } },
};
const result = { items: [{ index: 0, kind: "Volume", name: "Values" }, { index: 1, kind: "Volume", name: "Labels" }], provenance: { inputs: [] } };

const files: Record<string, () => unknown> = {
  "/api/results/r": () => JSON.stringify(result),
  "/api/results/r/items/0.zarr/zarr.json": () => JSON.stringify(group),
  "/api/results/r/items/0.zarr/0/zarr.json": () => JSON.stringify(array),
  "/api/results/r/items/0.zarr/0/c/0/0/0": () => Buffer.from(ball.buffer),
  "/api/results/r/items/1.zarr/zarr.json": () => JSON.stringify(labelGroup),
  "/api/results/r/items/1.zarr/0/zarr.json": () => JSON.stringify(labelArray),
  "/api/results/r/items/1.zarr/0/c/0/0/0": () => Buffer.from(labels.buffer),
  "/v.zarr/zarr.json": () => JSON.stringify(group),
  "/v.zarr/0/zarr.json": () => JSON.stringify(array),
  "/v.zarr/0/c/0/0/0": () => Buffer.from(ball.buffer),
};
const server = createServer(async (request, response) => {
  const path = request.url!.split("?")[0]!;
  if (path.startsWith("/js/"))
    return void response
      .writeHead(200, { "content-type": path.endsWith(".css") ? "text/css" : "text/javascript" })
      .end(await readFile(new URL(`../../../wwwroot${path}`, import.meta.url)));
  if (path.startsWith("/page"))
    return void response
      .writeHead(200, { "content-type": "text/html", "content-security-policy": policy })
      .end(
        "<!DOCTYPE html><html lang=en><title>Volume</title><meta name=viewport content='width=device-width'>" +
        "<link rel=icon href=data:,><link rel=stylesheet href=/js/volumes.css>" +
          `<cryohub-volume data-src="${path.slice(5)}"></cryohub-volume>` +
          `<button data-place="9 24 24" data-object="1">1</button><script type=module src=/js/volumes.js></script>`,
      );
  const found = files[path];
  response.writeHead(found ? 200 : 404).end(found?.());
});

beforeAll(async () => {
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("pageerror", error => complaints.push(String(error)));
  page.on("console", message => { if (message.type() === "error") complaints.push(message.text()); });
}, patience);
afterAll(async () => { await browser.close(); server.closeAllConnections(); server.close(); });

const open = (source: string): Promise<unknown> => page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page${source}`);
const says = (): Promise<string | null> => page.locator("[data-part=says]").textContent();
const until = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: patience, interval: 100 });

test("the cross starts in the middle of the ball, and the readout has units", async () => {
  await open("/v.zarr");
  await until(async () => expect(await says()).toBe("x 24.00 nm, y 24.00 nm, z 24.00 nm: 1,000"));
  expect(await page.locator(".slice:not(.oblique) .bar").allTextContents()).toEqual([
    expect.stringMatching(/nm$/),
    expect.stringMatching(/nm$/),
    expect.stringMatching(/nm$/),
  ]);
}, patience);

test("pointing in one section moves the cross in the others", async () => {
  await open("/v.zarr");
  await until(async () => expect(await says()).toContain("1,000"));
  const box = (await page.locator(".slice canvas").first().boundingBox())!;
  // The square section fills the height; voxel (2, 1) of 24 lies at 2.5/24 and 1.5/24 of it.
  await page.mouse.click(box.x + (box.width - box.height) / 2 + box.height * 2.5 / size, box.y + box.height * 1.5 / size);
  await until(async () => expect(await says()).toBe("x 4.000 nm, y 2.000 nm, z 24.00 nm: 121.2"));   // 10 * 12 + 1 + 0.1 * 2
  await page.locator(".slice canvas").first().press("PageDown");
  await until(async () => expect(await says()).toBe("x 4.000 nm, y 2.000 nm, z 26.00 nm: 131.2"));
}, patience);

test("cloud and surface show the ball, under the site's policy, without a complaint", async () => {
  await open("/v.zarr");
  await until(async () => expect(await says()).toContain("1,000"));
  for (const mode of ["cloud", "surface"]) {
    await page.locator("[data-part=mode]").selectOption(mode);
    await until(async () => expect(await middleAndCorner()).toEqual({ middle: true, corner: false }));
  }
  expect(complaints).toEqual([]);
}, patience);

test("labels of the same result lie over the values, by name, and as bodies", async () => {
  await open("/api/results/r/items/0.zarr");
  await page.locator("[data-part=over]").selectOption("Labels");
  await until(async () => expect(await says()).toBe("x 24.00 nm, y 24.00 nm, z 24.00 nm: 1,000, lithium"));
  await page.locator("[data-part=mode]").selectOption("labels");
  await page.locator("[data-part=slanted]").check();
  await page.locator("[data-part=opacity]").fill("60");
  await until(async () => expect(await middleAndCorner()).toEqual({ middle: true, corner: false }));
  await picture("volume-labels");
  expect(complaints).toEqual([]);
}, patience);

test("a link brings back cross, slab, plane and camera", async () => {
  await open("/api/results/r/items/0.zarr?v0=cross:0.05,0.1,0.2~slab:3~how:max~tilt:40~turn:90~mode:surface~iso:300~camera:1,1,1,0.5,0.5,0.5,0,0,1,0.5");
  await until(async () => expect(await says()).toContain("x 8.000 nm, y 4.000 nm, z 2.000 nm"));
  expect(await page.locator("[data-part=slab]").inputValue()).toBe("3");
  expect(await page.locator(".oblique").isVisible()).toBe(true);
  await page.locator(".slice canvas").first().press("ArrowRight");
  await until(async () => expect(decodeURIComponent(page.url())).toMatch(/camera:1,1,1,0\.5,0\.5,0\.5,0,0,1,0\.5.*slab:3.*tilt:40/));
}, patience);

test("an object of a table is pointed at and shown as a body", async () => {
  await open("/api/results/r/items/1.zarr");
  await until(async () => expect(await says()).toContain("lithium"));
  await page.locator("[data-place]").click();
  await until(async () => expect(await says()).toContain("x 8.000 nm, y 24.00 nm, z 24.00 nm"));   // 9 nm lies in the voxel from 6 to 10 nm
  await until(async () => expect(await middleAndCorner()).toEqual({ middle: true, corner: false }));
  await page.setViewportSize({ width: 390, height: 844 });
  await picture("volume-390");
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(complaints).toEqual([]);
}, patience);

test("a missing part of the volume is said in words, never shown as black", async () => {
  await open("/absent.zarr");
  await until(async () => expect(await says()).toContain("missing in the store (404)"));
}, patience);

/** Whether the three-dimensional view differs from its background, by a screenshot decoded in the page. */
async function middleAndCorner(): Promise<{ middle: boolean; corner: boolean }> {
  const shot = (await page.locator(".solid").screenshot()).toString("base64");
  return await page.evaluate(async data => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas"), context = canvas.getContext("2d")!;
    canvas.width = image.width;
    canvas.height = image.height;
    context.drawImage(image, 0, 0);
    const bright = (x: number, y: number): boolean => Math.max(...context.getImageData(x, y, 1, 1).data.slice(0, 3)) > 60;
    return { middle: bright(image.width / 2, image.height / 2), corner: bright(4, 4) };
  }, shot);
}

/** A picture for people, where a folder is named. */
async function picture(name: string): Promise<void> {
  const folder = process.env["PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
