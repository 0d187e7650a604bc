// What ten years of diary cost: the cold start without network, an answer of the rules,
// every tap. Run by .ci/measure, which has playwright-core and a Chromium at hand; the
// CPU is throttled four times throughout. Arguments: dist/, and the file that remembers
// the last figures.
import { createServer } from "node:http";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const [dist, remembered] = process.argv.slice(2);
const STARTS = Number(process.env.STARTS ?? 5);
const ENTRIES = 5000;
/** Most, in milliseconds: until Today can be used, for guidance, for an input event. */
const LIMITS = { "cold start": 800, guidance: 20, "slowest tap": 50 };

const TYPES = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
  ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain",
  ".webmanifest": "application/manifest+json",
};

const host = createServer((request, answer) => {
  const path = new URL(request.url, "http://host").pathname;
  const file = join(dist, path.endsWith("/") ? "index.html" : path);
  if (!existsSync(file)) return answer.writeHead(404).end();
  answer.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  answer.end(readFileSync(file));
});
await new Promise((ready) => host.listen(0, "127.0.0.1", ready));
const url = `http://127.0.0.1:${host.address().port}/`;

/** A morning a day and a session every third or so, for ten years up to the day before yesterday. */
const tenYears = (most) => {
  let n = 0;
  const put = (ms, kind, more) => {
    n += 1;
    const id = `019cad00-0000-7000-8000-${String(n).padStart(12, "0")}`;
    const at = new Date(ms).toISOString().replace("Z", "+00:00");
    localStorage.setItem(`footing/entry/${id}`, JSON.stringify({ id, at, kind, ...more }));
  };
  const day = 864e5, hour = 36e5;
  const first = Math.floor(Date.now() / day) * day - 3650 * day;
  const injury = { profile: "joint", site: "knee", side: "right", since: "2015-01-01" };
  put(first + 6 * hour, "plan", { injury, no_clinician: true, start_stage: "run-walk", start_level: "R1" });
  for (let d = 0; d < 3649 && n < most; d += 1) {
    put(first + d * day + 7 * hour, "morning", { pain: d % 37 === 0 ? 2 : 0 });
    if (d % 3 && d % 27 !== 1) continue;
    const level = `R${1 + (Math.floor(d / 40) % 8)}`;
    const felt = { pain_during: d % 29 === 0 ? 2 : 0, mood: 4, effort: 4 };
    put(first + d * day + 18 * hour, "session", { activity: "run-walk", level, run_min: 8 + (d % 5), walk_min: 20, ...felt });
  }
  return n;
};

/** In the page before its own scripts: when the first screen stands, and what taps cost. */
const watch = () => {
  const drawn = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
  const look = () => (document.querySelector("#app h1") ? drawn(() => (window.usableAt = performance.now())) : requestAnimationFrame(look));
  requestAnimationFrame(look);
  window.taps = [];
  const heard = (list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) window.taps.push([entry.name, entry.duration]);
  };
  new PerformanceObserver(heard).observe({ type: "event", durationThreshold: 16, buffered: true });
};

const profile = mkdtempSync(join(tmpdir(), "ten-years-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
  viewport: { width: 412, height: 915 },
});

const throttled = async () => {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(watch);
  await page.goto(url);
  await page.waitForFunction(() => window.usableAt);
  return page;
};
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const merged = () => !!document.querySelector("[data-t=to-recovery]");

const figures = {};
try {
  // One visit, the diary, and a start that fills the second store.
  let visit = await context.newPage();
  await visit.goto(url);
  await visit.evaluate(() => navigator.serviceWorker.ready);
  const entries = await visit.evaluate(tenYears, ENTRIES);
  await visit.close();
  visit = await context.newPage();
  await visit.goto(url);
  await visit.waitForFunction(merged);
  const both = () => new Promise((done) => {
    indexedDB.open("footing").onsuccess = (opened) => {
      const base = opened.target.result;
      base.transaction("entries").objectStore("entries").count().onsuccess = (count) => {
        base.close();
        done(count.target.result);
      };
    };
  });
  while ((await visit.evaluate(both)) < entries) await visit.waitForTimeout(200);
  await visit.close();
  host.close();
  host.closeAllConnections();

  const starts = [];
  for (let n = 0; n < STARTS; n += 1) {
    const page = await throttled();
    starts.push(await page.evaluate(() => window.usableAt));
    await page.close();
  }
  figures["cold start"] = median(starts);

  // Another day is another answer: the clock that tests set moves on by one, and the tick
  // that sees it does nothing else before it returns.
  const page = await throttled();
  await page.waitForFunction(merged);
  const answers = await page.evaluate(async () => {
    const times = [];
    for (let n = 1; n <= 21; n += 1) {
      sessionStorage.setItem("footing-test-offset-ms", String(n * 864e5));
      const start = performance.now();
      dispatchEvent(new Event("footing-test-tick"));
      times.push(performance.now() - start);
      await new Promise((next) => setTimeout(next, 50));
    }
    sessionStorage.removeItem("footing-test-offset-ms");
    return times;
  });
  figures.guidance = median(answers);
  await page.close();

  // A morning answered, a session logged, every tab.
  const taps = await throttled();
  await taps.waitForFunction(merged);
  const tap = async (id, then) => {
    await taps.locator(`[data-t="${id}"]`).first().click();
    await taps.waitForSelector(then);
    await taps.waitForTimeout(300);
    const costs = await taps.evaluate(() => window.taps.splice(0));
    const cost = Math.max(0, ...costs.map(([, ms]) => ms));
    figures[`tap ${id}`] = cost;
    figures["slowest tap"] = Math.max(figures["slowest tap"] ?? 0, cost);
  };
  const screen = (name) => `[data-screen="${name}"]`;
  for (const tab of ["journey", "diary", "progress", "care", "today"]) await tap(`tab-${tab}`, screen(tab));
  await tap("log-without-timer", screen("log"));
  await tap("all-quiet", screen("log"));
  await taps.locator("[data-t=log-walk-min]").fill("20");
  await tap("log-save", screen("today"));
  await taps.close();
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}

const last = existsSync(remembered) ? JSON.parse(readFileSync(remembered, "utf8")) : {};
writeFileSync(remembered, JSON.stringify(figures));
console.log(`\n${ENTRIES} entries, CPU four times slower (ms)         now    last    at most`);
for (const [what, ms] of Object.entries(figures)) {
  const cell = (value) => (value === undefined ? "-" : value.toFixed(what === "guidance" ? 1 : 0)).padStart(8);
  console.log(what.padEnd(46) + cell(ms) + cell(last[what]) + cell(LIMITS[what]).padStart(11));
}
