// Pictures of every kind of page: phone and desktop in light, dark and sepia, at 200 % zoom, and on paper.
//   node shots.mjs FOLDER INTO [KIND…]
import { promises as fs } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { files, kinds } from "./kinds.mjs";
import { serve } from "./serve.mjs";

const [folder, into, ...only] = process.argv.slice(2);
// zoom of 200 % is half as many CSS pixels, each twice as large
const DEVICES = { phone: [390, 844, 2], desktop: [1280, 900, 1], zoom: [640, 450, 2] };
const TALL = 3200;

const names = [];
for await (const name of files(folder)) names.push(name);
const { server, url } = await serve(folder);
await fs.mkdir(into, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"],
});
let count = 0;
for (const [kind, address] of kinds(names).filter(([name]) => !only.length || only.includes(name))) {
  for (const [device, [width, height, scale]] of Object.entries(DEVICES)) {
    for (const scheme of device === "zoom" ? ["light"] : ["light", "dark", "sepia"]) {
      const context = await browser.newContext({
        viewport: { width, height }, deviceScaleFactor: scale, colorScheme: scheme === "dark" ? "dark" : "light",
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      if (scheme === "sepia") await page.addInitScript(() => localStorage.setItem("theme", "sepia"));
      await page.goto(url + address, { waitUntil: "networkidle" });
      const tall = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.screenshot({
        path: path.join(into, `${kind}-${device}-${scheme}.png`), fullPage: true,
        clip: { x: 0, y: 0, width, height: Math.min(TALL, tall) },
      });
      count += 1;
      if (device === "desktop" && scheme === "light") {
        await page.pdf({ path: path.join(into, `${kind}.pdf`), format: "A4", printBackground: false });
      }
      await context.close();
    }
  }
}
await browser.close();
server.close();
console.log(`${count} pictures and the printed pages are in ${into}`);
