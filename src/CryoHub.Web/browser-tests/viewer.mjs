// What a person sees in Chromium: node browser-tests/viewer.mjs [folder for pictures]
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { server } from "./mock-server.mjs";

const pictures = process.argv[2] ?? "artifacts/viewer";
await mkdir(pictures, { recursive: true });
await new Promise(done => server.listen(0, done));
const origin = `http://localhost:${server.address().port}`;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless=new", "--no-sandbox", "--disable-background-networking", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });

async function open(dataset, query = "", viewport = { width: 1280, height: 800 }) {
  const page = await browser.newPage({ viewport });
  page.problems = [];
  page.on("pageerror", error => page.problems.push(error.message));
  page.on("console", message => { if (message.type() === "error" && !message.text().includes("404")) page.problems.push(message.text()); });
  await page.goto(`${origin}/datasets/${dataset}/view${query}`);
  await page.waitForSelector("cryohub-viewer[data-ready]", { timeout: 15000 }).catch(async () => assert.fail(`${dataset} did not open: ${page.problems.join("; ")} ${await page.textContent("[data-part=problem]")}`));
  await page.waitForLoadState("networkidle");
  return page;
}

const tests = {
  async "the lattice shows with its scale bar, and the value under the cursor is the file's"() {
    const page = await open("image", "?x=700&y=500&zoom=1");
    await page.mouse.move(500, 300);
    await page.waitForFunction(() => /value −?\d/.test(document.querySelector("[data-part=value]").textContent));
    assert.match(await page.textContent("[data-part=scale]"), /^\s*5 nm/);
    await page.screenshot({ path: `${pictures}/image-1280.png` });
    assert.deepEqual(page.problems, []);
    await page.close();
  },
  async "a missing chunk and pixels that are no numbers are hatched, with the reason"() {
    const page = await open("image");
    await page.waitForSelector("[data-part=problem]:not([hidden])");
    assert.match(await page.textContent("[data-part=problem]"), /missing in the store \(404\)/);
    assert.equal(await page.isVisible("[data-part=hatch]"), true);
    await page.screenshot({ path: `${pictures}/hatched-1280.png` });
    await page.close();
  },
  async "the Fourier box reads the spacing of the fringes, and the profile has units"() {
    const page = await open("image", "?x=700&y=500&zoom=1&map=viridis");
    await page.click("[data-tab=measure]");
    await page.fill("[data-field=bx]", "300"); await page.fill("[data-field=by]", "300"); await page.press("[data-field=by]", "Enter");
    await page.waitForSelector("[data-part=fft]:not([hidden]) canvas");
    const box = await page.locator("[data-part=fft] canvas").boundingBox();
    await page.mouse.move(box.x + box.width * (0.5 + 0.035 / 0.25), box.y + box.height / 2);
    const d = Number(/d = ([\d.]+)/.exec(await page.textContent("[data-part=fft]"))[1]) * (/pm/.test(await page.textContent("[data-part=fft]")) ? 1e-3 : 1);
    assert.ok(Math.abs(d - 0.25) < 0.02, `d = ${d} nm`);
    for (const [name, value] of [["x0", "300"], ["y0", "300"], ["x1", "420"], ["y1", "300"]]) { await page.fill(`[data-field=${name}]`, value); await page.press(`[data-field=${name}]`, "Enter"); }
    await page.waitForSelector("[data-part=profile] canvas");
    await page.screenshot({ path: `${pictures}/measure-1280.png` });
    assert.deepEqual(page.problems, []);
    await page.close();
  },
  async "the tilt slider says the real angle, keys step and the link keeps the frame"() {
    const page = await open("tilts", "?frame=5");
    assert.match(await page.textContent("[data-part=frames]"), /tilt −15\.00 °, 6 of 21/);
    await page.focus("[data-part=canvas]"); await page.keyboard.press("]");
    await page.waitForFunction(() => new URLSearchParams(location.search).get("frame") === "6");
    assert.match(await page.textContent("[data-part=scale]"), /px, uncalibrated/);
    await page.screenshot({ path: `${pictures}/tilts-1280.png` });
    assert.deepEqual(page.problems, []);
    await page.close();
  },
  async "a window typed makes its map and a pixel its spectrum"() {
    const page = await open("spectra");
    await page.waitForSelector("[data-part=spectrum] canvas");
    await page.waitForSelector("figure[data-ready]");
    assert.ok(Math.abs(Number(await page.inputValue("[data-edge=from]")) - 55) < 1.5, "the first window stands at the edge at 55 eV");
    assert.match(await page.textContent("[data-part=fit]"), /exponent r2\.600 ± 0\.10/);
    assert.match(await page.textContent(".poor"), /fits poorly/);
    await page.fill("[data-region=width]", "999"); await page.press("[data-region=width]", "Enter");
    assert.equal(await page.inputValue("[data-region=width]"), "32");
    await page.fill("[data-edge=to]", "75"); await page.press("[data-edge=to]", "Enter");
    await page.waitForFunction(() => /to 75/.test(document.querySelector("figcaption").textContent));
    assert.match(await page.textContent("figcaption"), /to 75\.0 eV \(counts\)/);
    await page.screenshot({ path: `${pictures}/spectra-1280.png` });
    assert.deepEqual(page.problems, []);
    await page.close();
  },
  async "regions are kept over each other, in any unit, and leave as CSV, SVG and PNG"() {
    const page = await open("spectra");
    await page.waitForSelector("figure.map[data-ready]");
    await page.click("[data-do=keep]");
    await page.fill("[data-region=x]", "10");
    await page.fill("[data-region=width]", "8");
    await page.press("[data-region=width]", "Enter");
    await page.waitForFunction(() => /8 × 1 px/.test(document.querySelector("[data-part=spectrum-name]").textContent));
    await page.click("[data-do=keep]");
    assert.equal(await page.locator("[data-part=kept] .chip").count(), 2);
    await page.click("[data-do=log]");
    await page.click("[data-do=each]");
    await page.selectOption("[data-part=unit]", "keV");
    assert.equal(await page.textContent(".unitbox i"), "keV");
    await page.screenshot({ path: `${pictures}/bench-1280.png` });
    for (const [kind, start] of [["csv", /^x \(keV\),"?Spectrum of/], ["svg", /^<svg .*>/], ["png", /^.PNG/]]) {
      const [file] = await Promise.all([page.waitForEvent("download"), page.click(`[data-do=${kind}]`)]);
      assert.match(await readFile(await file.path(), "latin1"), start);
    }
    await page.click("[data-drop='0']");
    assert.equal(await page.locator("[data-part=kept] .chip").count(), 1);
    assert.deepEqual(page.problems, []);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator("[data-part=bench]").scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${pictures}/bench-390.png` });
    await page.close();
  },
  async "a line of spectra shows its picture, the spectrum of a position and its map"() {
    const page = await open("line");
    await page.waitForSelector("figure[data-ready]");
    assert.match(await page.textContent("[data-part=spectrum-name]"), /pixel 20, 0/);
    await page.focus("[data-part=canvas]"); await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.querySelector("[data-region=x]").value === "21");
    assert.deepEqual(page.problems, []);
    await page.close();
  },
  async "only buttons are pressed, and arrow keys move between tabs"() {
    const page = await open("image");
    assert.equal(await page.locator("[aria-pressed]:not(button)").count(), 0);
    await page.focus("[data-tab=display]"); await page.keyboard.press("ArrowRight");
    assert.equal(await page.getAttribute("[data-tab=measure]", "aria-selected"), "true");
    assert.equal(await page.isVisible("[data-panel=measure]"), true);
    await page.close();
  },
  async "a phone shows the picture, the tools and the panels below each other"() {
    for (const dataset of ["image", "tilts", "spectra", "line"]) {
      const page = await open(dataset, "", { width: 390, height: 844 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
      await page.screenshot({ path: `${pictures}/${dataset}-390.png` });
      await page.close();
    }
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try { await test(); console.log(`passed  ${name}`); } catch (error) { failed++; console.log(`FAILED  ${name}\n  ${error.message}`); }
}
await browser.close();
server.close();
process.exitCode = failed ? 1 : 0;
