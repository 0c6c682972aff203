import { chromium } from "playwright-core";
const [out, width, columns, ...files] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--allow-file-access-from-files"] });
const p = await b.newPage({ viewport: { width: Number(width) * Number(columns), height: 100 } });
const fs = await import("node:fs");
await p.setContent(`<body style="margin:0;display:grid;grid-template-columns:repeat(${columns},1fr);gap:2px;background:#f0f">${files.map(f => `<img style="width:100%" src="data:image/png;base64,${fs.readFileSync(f).toString("base64")}">`).join("")}</body>`);
await p.waitForTimeout(500);
await p.screenshot({ path: out, fullPage: true });
await b.close();
