// Serves wwwroot, one page a data set and the API the viewer reads, under the site's own content security policy.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { image, lattice, line, spectra, spectrum, tilts } from "./specimens.mjs";

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'";
const types = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", woff2: "font/woff2", json: "application/json", html: "text/html", map: "application/json" };
const space = (name, size, unit, step) => ({ name, size, unit, role: "Space", step, origin: 0 });

function statistics(values) {
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort(), n = sorted.length, low = sorted[0], high = sorted[n - 1], counts = new Array(128).fill(0);
  for (const value of sorted) counts[Math.min(127, Math.floor((value - low) / (high - low) * 128))]++;
  const mean = sorted.reduce((a, b) => a + b, 0) / n, percentiles = Object.fromEntries([0.1, 1, 5, 50, 95, 99, 99.9].map(p => [p, sorted[Math.round((n - 1) * p / 100)]]));
  return { min: low, max: high, mean, std: Math.sqrt(sorted.reduce((a, b) => a + (b - mean) ** 2, 0) / n), notFinite: values.length - n, histogram: { low, high, counts }, percentiles };
}

const sample = (width, height, f) => Array.from({ length: width * height }, (_, i) => f(Math.floor(i / width), i % width));

export const datasets = {
  image: { files: await image(), signal: { kind: "image", pixelType: "float32", shape: [1000, 1400], axes: [space("y", 1000, "nm", 0.035), space("x", 1400, "nm", 0.035)], metadata: { beamEnergyKeV: 300, detector: "K3" }, statistics: statistics(sample(700, 500, (y, x) => lattice(2 * y, 2 * x))) } },
  tilts: { files: await tilts(), signal: { kind: "tilt-series", pixelType: "int16", shape: [21, 512, 512], axes: [{ name: "tilt", size: 21, unit: "deg", role: "Tilt", step: 1, origin: 0, values: Array.from({ length: 21 }, (_, i) => -30 + 3 * i) }, space("y", 512, "", 1), space("x", 512, "", 1)], metadata: {}, statistics: statistics(sample(256, 256, (y, x) => 1000 + 3000 * Math.exp(-((2 * x - 256) ** 2 + (2 * y - 256) ** 2) / 5000))) } },
  spectra: { files: await spectra(), signal: { kind: "spectrum-image", pixelType: "uint16", shape: [64, 64, 256], axes: [space("y", 64, "nm", 1.2), space("x", 64, "nm", 1.2), { name: "energy", size: 256, unit: "eV", role: "Energy", step: 0.25, origin: 30 }], metadata: {}, statistics: statistics(sample(64, 64, (y, x) => Array.from({ length: 256 }, (_, e) => spectrum(y, x, e)).reduce((a, b) => a + b))) } },
  line: { files: await line(), signal: { kind: "spectrum-line", pixelType: "uint16", shape: [40, 256], axes: [space("x", 40, "nm", 1.2), { name: "energy", size: 256, unit: "eV", role: "Energy", step: 0.25, origin: 30 }], metadata: {}, statistics: null } },
};

/** Gross counts of the window: enough to see that the newest window is the one drawn. */
function preview({ parameters, inputs }) {
  const { from, to } = parameters.windows[0], first = Math.max(0, Math.round((from - 30) * 4)), last = Math.min(255, Math.round((to - 30) * 4)), map = new Float32Array(4096);
  for (let i = 0; i < 4096; i++) for (let e = first; e <= last; e++) map[i] += spectrum(i >> 6, i & 63, e);
  const title = `${from.toFixed(1)} to ${to.toFixed(1)} eV`, { x, y, width, height } = parameters.region, energies = Array.from({ length: 256 }, (_, e) => 30 + e * 0.25);
  const curve = (name, y) => ({ name, x: energies, y, xUnit: "eV", yUnit: "counts" });
  const sum = energies.map((_, e) => { let total = 0; for (let j = y; j < y + height; j++) for (let i = x; i < x + width; i++) total += spectrum(j, i, e); return total; });
  const isLine = inputs[0].datasetId === "line", strip = Array.from({ length: 40 }, (_, i) => map[20 * 64 + i]);
  return {
    numbers: [{ name: "Pixels of the region", value: width * height, unit: "" }, { name: `${title}: net counts`, value: 1, unit: "counts" }, { name: `${title}: exponent r`, value: 2.6, unit: "", uncertainty: 0.1 }, { name: `${title}: reduced chi-squared`, value: 4.2, unit: "" }],
    curves: [...isLine ? [{ name: title, x: strip.map((_, i) => i), y: strip, xUnit: "nm", yUnit: "counts" }] : [], curve("Spectrum of the region", sum), curve(`${title}: background`, sum.map(count => count * 0.9)), curve(`${title}: net`, sum.map(count => count * 0.1))],
    images: isLine ? [] : [{ name: title, shape: [64, 64], unit: "counts", data: Buffer.from(map.buffer).toString("base64") }],
    warnings: [`${title}: the power law fits poorly in 12 % of the pixels (reduced chi-squared above 3, counting statistics assumed).`],
  };
}

export const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://here"), parts = pathname.split("/");
  const answer = (status, body, type = "json", headers = {}) => { response.writeHead(status, { "content-type": types[type] ?? "application/octet-stream", "content-security-policy": policy, ...headers }); response.end(body); };
  try {
    if (parts[1] === "datasets") return answer(200, `<!doctype html><html lang="en"><head><title>Viewer</title><meta name="viewport" content="width=device-width,initial-scale=1"><base href="/"><link rel="stylesheet" href="css/tokens.css"><link rel="stylesheet" href="css/app.css"><link rel="stylesheet" href="js/viewer.css"><script type="module" src="js/viewer.js"></script></head><body><cryohub-viewer data-theme="dark" data-dataset="${parts[2]}" data-signal="0"></cryohub-viewer></body></html>`, "html");
    if (pathname === "/api/previews") {
      let body = "";
      for await (const piece of request) body += piece;
      return answer(200, JSON.stringify(preview(JSON.parse(body))));
    }
    const found = datasets[parts[3]];
    if (parts[1] === "api" && parts.length === 4) return answer(200, JSON.stringify({ id: parts[3], name: "SEI edge 04, no wash", projectId: "p", status: "Ready", breadcrumb: [{ name: "Cell C-0198", href: "/samples/1" }, { name: "Grid G-0412", href: "/samples/2" }], signals: [{ index: 0, name: "HRTEM", kind: found.signal.kind }], canEdit: true }));
    if (parts[1] === "api" && parts.length === 6 && !parts[5].endsWith(".zarr")) return answer(200, JSON.stringify({ index: 0, name: "HRTEM", ...found.signal }));
    if (parts[1] === "api") {
      const bytes = found.files.get(`/${parts.slice(6).join("/")}`);
      if (!bytes) return answer(404, "{}");
      const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
      if (!range) return answer(200, bytes, "zarr");
      return answer(206, range[1] === "" ? bytes.subarray(-Number(range[2])) : bytes.subarray(Number(range[1]), Number(range[2]) + 1), "zarr");
    }
    answer(200, await readFile(new URL(`../wwwroot${pathname}`, import.meta.url)), pathname.split(".").pop());
  } catch { answer(404, "{}"); }
});
