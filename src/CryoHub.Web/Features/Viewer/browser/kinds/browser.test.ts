import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { specimens } from "./specimens.ts";

const patience = 90_000;
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:";
const head =
  ["tokens", "app"].map(name => `<link rel=stylesheet href=/css/${name}.css>`).join("") +
  "<link rel=icon href=data:,><link rel=stylesheet href=/js/viewer.css>";
const wwwroot = new URL("../../../../wwwroot", import.meta.url);

/** The site as far as the viewer needs it: its own files, a page a specimen, and what the API says of it. */
const server = createServer(async (request, response) => {
  const url = new URL(request.url!, "http://here"), steps = url.pathname.slice(1).split("/");
  const say = (status: number, type: string, body: string | Buffer): void => {
    response.writeHead(status, { "content-type": type, "content-security-policy": policy }).end(body);
  };
  if (["js", "css", "fonts"].includes(steps[0]!)) {
    const ending = url.pathname.split(".").at(-1)!, type = { js: "text/javascript", css: "text/css" }[ending] ?? "application/octet-stream";
    return say(200, type, await readFile(new URL(`${wwwroot.pathname}${url.pathname}`, wwwroot)));
  }
  if (steps[0] === "datasets") {
    const viewer = `<cryohub-viewer data-theme=dark data-dataset="${steps[1]}" data-signal=0></cryohub-viewer>`;
    return say(200, "text/html", `<!DOCTYPE html><html lang=en><title>Viewer</title>${head}${viewer}<script type=module src=/js/viewer.js></script></html>`);
  }
  const drawing: Record<string, unknown> = {   // nobody draws here
    classes: [], changes: [], paint: [], layer: { id: "l", sequence: 0, lockedBy: "", canDraw: false, unit: "px", me: "m" }, negotiate: { availableTransports: [] },
  };
  const asked = drawing[steps.at(-1)!];
  if (asked) return say(200, "application/json", JSON.stringify(asked));
  const specimen = specimens[steps[2] ?? ""];
  if (!specimen) return say(404, "application/json", "{}");
  if (steps.length === 3)
    return say(
      200,
      "application/json",
      JSON.stringify({ id: steps[2], name: steps[2], projectId: "p", status: "ready", signals: [specimen.signal] }),
    );
  if (steps.length === 5 && steps[4] === "0") return say(200, "application/json", JSON.stringify(specimen.signal));
  const file = specimen.files.get(`/${steps.slice(5).join("/")}`);
  return say(file ? 200 : 404, "application/octet-stream", file?.() ?? "");
});

const pictures = new URL("../../../../../../artifacts/screenshots/", import.meta.url).pathname;
let shown = "";

/** A picture at both sizes; on a phone nothing is wider than the screen. */
async function keep(): Promise<void> {
  await page.screenshot({ path: `${pictures}view-${shown}-1280.png` });
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBe(390);
  await page.screenshot({ path: `${pictures}view-${shown}-390.png` });
  await page.setViewportSize({ width: 1280, height: 800 });
}

let browser: Browser;
let page: Page;
const complaints: string[] = [];
const part = (name: string) => page.locator(`[data-part=${name}]`);

async function open(name: string, query = ""): Promise<void> {
  complaints.length = 0;
  shown = name;
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/datasets/${name}/view${query}`);
  await page.waitForSelector("cryohub-viewer[data-ready]", { timeout: 20_000 });
}

/** Puts the cursor on a pixel of a picture that is fitted into the canvas; 64-fold is the largest zoom. */
async function pointAt(x: number, y: number, columns: number, rows: number): Promise<void> {
  await page.click("[data-act=fit]");
  const box = (await part("canvas").boundingBox())!, scale = Math.min(64, box.width / columns, box.height / rows);
  const [left, top] = [box.x + (box.width - scale * columns) / 2 + scale * (x + 0.5), box.y + (box.height - scale * rows) / 2 + scale * (y + 0.5)];
  await page.mouse.move(left - 1, top);
  await page.mouse.move(left, top);
}

const shows = async (name: string, words: RegExp): Promise<void> =>
  void (await page.waitForFunction(
    ([which, pattern]) => new RegExp(pattern!).test(document.querySelector(`[data-part=${which}]`)!.textContent!),
    [name, words.source],
  ));

/** Share of the scene's pixels that are not background. */
const drawnShare = async (selector: string): Promise<number> => {
  const picture = await page.locator(selector).first().screenshot();
  return await page.evaluate(async base64 => {
    const image = Object.assign(new Image(), { src: `data:image/png;base64,${base64}` });
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d")!;
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    let lit = 0;
    for (let i = 0; i < data.length; i += 4) if (Math.max(data[i]!, data[i + 1]!, data[i + 2]!) > 40) lit++;
    return lit / (data.length / 4);
  }, picture.toString("base64"));
};

beforeAll(async () => {
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: false });
  page = await context.newPage();
  page.on("pageerror", error => complaints.push(String(error)));
  page.on("console", message => { if (message.type() === "error") complaints.push(message.text()); });
}, patience);

afterAll(async () => {
  await browser.close();
  server.close();
});

describe("first views", { timeout: patience }, () => {
  afterEach(keep);

  test("a table draws the rows in sight, sorts by a heading and says units there", async () => {
    await open("table");
    expect(await page.locator("thead:visible th").allTextContents()).toEqual(["Particle", "Defocus Å", "Micrograph"]);
    expect(await page.locator("tbody tr:not([aria-hidden])").count()).toBeLessThan(80);
    await page.click("thead:visible th:nth-child(2) button");
    expect(await page.locator("tbody tr:not([aria-hidden])").first().locator("td").nth(1).textContent()).toBe("0");
    await part("canvas").evaluate(body => { body.scrollTop = body.scrollHeight; });
    await page.waitForFunction(() => /4999/.test(document.querySelector("tbody")!.textContent!));
    await shows("position", /of 5,000/);
    expect(complaints).toEqual([]);
  });

  test("a trace goes to and fro, its axes are chosen and its cursors tell the difference", async () => {
    await open("trace");
    const heads = await page.locator(".sec table tbody tr td:first-child").allTextContents();
    expect(heads).toEqual(["time/s", "Ewe/V", "I/A"]);
    await page.locator("select").nth(1).selectOption("1");   // the voltage across: a loop
    await page.focus(".plot");
    await page.keyboard.press("PageDown");
    // Row 100 of the loop: 1.5 sin(π / 2) V.
    expect(await page.locator(".sec table tbody tr").first().locator("td").nth(1).textContent()).toBe("1.5000");
    expect(complaints).toEqual([]);
  });

  test("ions stand in space, coloured by the peaks of their mass spectrum", async () => {
    await open("points");
    expect(await page.locator(".keys.boxes li").count()).toBe(4);
    expect(await page.locator(".keys.boxes li").first().textContent()).toMatch(/^6\.\d+ to 7\.\d+ Da/);
    const all = await drawnShare(".space");
    expect(all).toBeGreaterThan(0.01);
    for (const box of await page.locator(".keys.boxes input").all()) await box.uncheck();
    expect(await drawnShare(".space")).toBeLessThan(all / 20);
    expect(complaints).toEqual([]);
  });

  test("contours stand in space beside their numbers", async () => {
    await open("model");
    expect(await page.locator(".sec").first().textContent()).toContain("2 objects, 4 contours, 120 points");
    expect(await drawnShare(".space")).toBeGreaterThan(0.001);
    expect(complaints).toEqual([]);
  });

  test("text is searched line by line", async () => {
    await open("document");
    await page.fill("[aria-label='Find in the text']", "current");
    await page.waitForFunction(() => document.querySelectorAll(".text mark").length === 8);
    await page.press("[aria-label='Find in the text']", "Enter");
    expect(await page.locator(".text .on").textContent()).toContain("57 Beam current");
    expect(complaints).toEqual([]);
  });

  test("rock salt has its cell, its 27 atoms and its spacings", async () => {
    await open("structure");
    await shows("position", /^27 atoms/);
    const first = await page.locator(".lists table").nth(1).locator("tbody tr").first().locator("td").allTextContents();
    // a / sqrt 3 of halite, 8 planes.
    expect([first[0], Number(first[1]), first[3]]).toEqual(["1 1 1", Number((5.6402 / Math.sqrt(3)).toFixed(4)), "8"]);
    expect(await drawnShare(".space")).toBeGreaterThan(0.02);
    expect(complaints).toEqual([]);
  });

  test("grains have the colours of their orientation, with a key, and phases and quality by choice", async () => {
    await open("ebsd");
    expect(await page.locator("[data-field=shown] option").allTextContents())
      .toEqual(["Orientation, Z of the sample", "Orientation, X of the sample", "Orientation, Y of the sample", "Phase", "BC", "MAD (deg)"]);
    expect(await page.locator(".ipf canvas").count()).toBe(1);
    await pointAt(30, 5, 40, 30);
    await shows("value", /φ1 0°, Φ 45\.00°, φ2 0°/);
    await page.selectOption("[data-field=shown]", "phase");
    await shows("value", /Iron bcc/);
    await page.selectOption("[data-field=shown]", "column-6");
    await shows("value", /170/);
    await shows("scale", /µm/);
    expect(complaints).toEqual([]);
  });

  test("a pattern is logarithmic, its centre is crossed and rings tell their spacing", async () => {
    await open("diffraction");
    expect(await page.getAttribute("[data-scale=log]", "aria-pressed")).toBe("true");
    await pointAt(167.5, 127.5, 256, 256);
    await shows("saved", /q (1\.9[5-9]\d|2\.0[0-4]\d) 1\/nm, d (49|50)\d\.\d pm/);   // 40 pixels of 0.05 1/nm make 0.5 nm; good to a pixel
    await page.click("[data-tab=measure]");
    await page.fill("[data-ring=radius]", "40");
    await page.press("[data-ring=radius]", "Enter");
    expect(await page.locator("[data-part=rings] .keys li").textContent()).toContain("q 2.000 1/nm, d 500.0 pm");
    expect(complaints).toEqual([]);
  });

  test("a scan shows the pattern of the chosen pixel", async () => {
    await open("scan");
    for (const [name, value] of [["x", "5"], ["y", "2"]] as const) {
      await page.fill(`[data-region=${name}]`, value);
      await page.press(`[data-region=${name}]`, "Enter");
    }
    await shows("pattern-name", /pixel 5, 2/);
    const box = (await page.locator(".pattern canvas").boundingBox())!;
    await page.mouse.move(box.x + box.width * 20.5 / 32, box.y + box.height * 8.5 / 32);
    await shows("pattern-says", /value 900/);
    expect(complaints).toEqual([]);
  });

  test("a photograph is shown as it was taken", async () => {
    await open("photo");
    expect(await part("histogram").isVisible()).toBe(false);
    expect(await page.isVisible("[data-tool=profile]")).toBe(false);
    await page.click("[data-act=plus]");
    expect(complaints).toEqual([]);
  });

  test("shapes are not drawn into the canvas of the painted labels", async () => {
    await open("photo");
    await page.waitForSelector(".ol-layers canvas.paint", { state: "attached" });
    expect(await page.locator(".ol-layers > canvas.paint").count()).toBe(0); // the map draws the next layer into such a canvas
    expect(complaints).toEqual([]);
  });

  test("64-bit counts are read out to the last digit, and pixels in picometres", async () => {
    await open("counts");
    await pointAt(1, 0, 3, 2);
    await shows("value", /\u22129007199254740993$/);
    await pointAt(2, 1, 3, 2);
    await shows("value", /9223372036854775807$/);
    await shows("calibration", /^50\.00 pm\/px$/);
    expect(complaints).toEqual([]);
  });
});
