// What a start and a tap cost, on a phone four times slower than this machine: a first visit
// on Slow 4G, starts without a network with no diary, with 500 entries and with ten years of
// them, and every tap on those. Run by .ci/measure, which has playwright-core and a Chromium
// at hand. Arguments: dist/, and the file that remembers the last figures.
//
// "Usable" is when a tap is answered by what it promises: the welcome's button by the first
// question, Today by its answer (and by the question of the morning when that is due).
import { createServer } from "node:http";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const [dist, remembered] = process.argv.slice(2);
const STARTS = Number(process.env.STARTS ?? 5);
const YEARS = 5000;
const MONTHS = 500;
/** What each shall be at most, milliseconds. */
const LIMITS = {
  "first visit: first screen usable": 650,
  "first visit: first question, tapped at once": 900,
  "first visit: the app itself up": 2300,
  "offline, no diary: usable": 300,
  "offline, new process: usable": 550,
  [`offline, ${MONTHS} entries: Today usable`]: 400,
  [`offline, ${MONTHS} entries, morning due: usable`]: 400,
  [`offline, ${YEARS} entries: Today usable`]: 700,
  [`offline, ${YEARS} entries, morning due: usable`]: 700,
  guidance: 15,
  "slowest tap": 50,
  "slowest tap, another 100 ms after it": 50,
  "slowest content of a tab": 300,
};

const TYPES = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
  ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};
const packed = new Map();
const pack = (file) => {
  if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file), { level: 9 }));
  return packed.get(file);
};
const host = createServer((request, answer) => {
  const path = new URL(request.url, "http://host").pathname;
  const file = join(dist, path.endsWith("/") ? "index.html" : path);
  if (!existsSync(file) || statSync(file).isDirectory()) return answer.writeHead(404).end();
  const zip = extname(file) !== ".png";
  const body = zip ? pack(file) : readFileSync(file);
  answer.writeHead(200, {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-length": body.length,
    ...(zip && { "content-encoding": "gzip" }),
  });
  answer.end(body);
});
await new Promise((ready) => host.listen(0, "127.0.0.1", ready));
const url = `http://127.0.0.1:${host.address().port}/`;

/** A morning a day and a session every third or so, up to the day before yesterday; `due`: one
 * yesterday, whose morning is asked about today. */
const lay = async ([most, due]) => {
  let n = 0;
  const put = (ms, kind, more) => {
    n += 1;
    const id = `019cad00-0000-7000-8000-${String(n).padStart(12, "0")}`;
    const at = new Date(ms).toISOString().replace("Z", "+00:00");
    localStorage.setItem(`footing/entry/${id}`, JSON.stringify({ id, at, kind, ...more }));
  };
  localStorage.clear();
  await new Promise((done) => {
    const gone = indexedDB.deleteDatabase("footing");
    gone.onsuccess = gone.onerror = gone.onblocked = done;
  });
  const day = 864e5, hour = 36e5;
  const today = Math.floor(Date.now() / day) * day;
  // So many days that the last of them is the day before yesterday.
  const days = Math.round((most * 3649) / 5000);
  const first = today - (days + 1) * day;
  const injury = { profile: "joint", site: "knee", side: "right", since: "2015-01-01" };
  const session = (ms, d) => {
    const felt = { pain_during: d % 29 === 0 ? 2 : 0, mood: 4, effort: 4 };
    const level = `R${1 + (Math.floor(d / 40) % 8)}`;
    put(ms, "session", { activity: "run-walk", level, run_min: 8 + (d % 5), walk_min: 20, ...felt });
  };
  put(first + 6 * hour, "plan", { injury, no_clinician: true, start_stage: "run-walk", start_level: "R1" });
  for (let d = 0; d < days; d += 1) {
    put(first + d * day + 7 * hour, "morning", { pain: d % 37 === 0 ? 2 : 0 });
    if (d % 3 === 0 || d % 27 === 1) session(first + d * day + 18 * hour, d);
  }
  if (due) session(today - day + 12 * hour, 1);
  return n;
};

/** In the page before its own scripts: when the first screen can be used, and what taps cost. */
const watch = (due) => {
  const seen = (selector) => document.querySelector(selector)?.checkVisibility();
  const look = () => {
    if (!window.buttonAt && seen('[data-t="setup-next"]')) {
      window.buttonAt = performance.now();
      document.querySelector('[data-t="setup-next"]').click();
    }
    const there = seen('[data-step="site"]') || (seen('[data-t="advice"]') && (!due || seen('[data-t="morning-card"]')));
    if (there) requestAnimationFrame(() => (window.usableAt = performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const up = () => {
    if (document.readyState !== "loading" && !document.querySelector(".late")) window.upAt = performance.now();
    else requestAnimationFrame(up);
  };
  requestAnimationFrame(up);
  window.taps = [];
  const heard = (list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) window.taps.push([entry.name, entry.duration]);
  };
  new PerformanceObserver(heard).observe({ type: "event", durationThreshold: 16, buffered: true });
};

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const figures = {};
const CHROMIUM = { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] };
const PHONE = { viewport: { width: 412, height: 915 }, deviceScaleFactor: 2.6, hasTouch: true, isMobile: true };
const slow = async (page) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  return devtools;
};

// --- a first visit on Slow 4G
const visits = [];
for (let n = 0; n < STARTS; n += 1) {
  const browser = await chromium.launch(CHROMIUM);
  const page = await (await browser.newContext(PHONE)).newPage();
  const devtools = await slow(page);
  await devtools.send("Network.enable");
  const line = { offline: false, latency: 150, downloadThroughput: 2e5, uploadThroughput: 93750 };
  await devtools.send("Network.emulateNetworkConditions", line);
  await page.addInitScript(watch);
  await page.goto(url);
  await page.waitForFunction(() => window.usableAt && window.upAt);
  visits.push(await page.evaluate(() => [window.buttonAt, window.usableAt, window.upAt]));
  await browser.close();
}
const [button, question, up] = [0, 1, 2].map((n) => median(visits.map((visit) => visit[n])));
figures["first visit: first screen usable"] = button;
figures["first visit: first question, tapped at once"] = question;
figures["first visit: the app itself up"] = up;

// --- without a network
const profile = mkdtempSync(join(tmpdir(), "ten-years-"));
let context = await chromium.launchPersistentContext(profile, { ...CHROMIUM, ...PHONE });
const start = async (due) => {
  const page = await context.newPage();
  await slow(page);
  await page.addInitScript(watch, due);
  await page.goto(url);
  await page.waitForFunction(() => window.usableAt && window.upAt);
  return page;
};
const starts = async (what, due) => {
  const times = [];
  for (let n = 0; n < STARTS; n += 1) {
    const page = await start(due);
    times.push(await page.evaluate(() => [window.usableAt, window.upAt]));
    await page.close();
  }
  figures[what] = median(times.map(([usable]) => usable));
  return median(times.map(([, at]) => at));
};
const merged = () => !!document.querySelector("[data-t=to-recovery]");

try {
  const visit = await context.newPage();
  await visit.goto(url);
  await visit.evaluate(() => navigator.serviceWorker.ready);
  await visit.close();
  host.close();
  host.closeAllConnections();
  const picture = `${url}icons/icon-192.png`;
  const forget = async () => {
    const page = await context.newPage();
    await page.goto(picture);
    await page.evaluate(() => localStorage.clear());
    await page.close();
  };

  await forget();
  figures["offline, no diary: the app itself up"] = await starts("offline, no diary: usable");
  const anew = [];
  for (let n = 0; n < STARTS; n += 1) {
    await forget();
    await context.close();
    context = await chromium.launchPersistentContext(profile, { ...CHROMIUM, ...PHONE });
    const page = await start();
    anew.push(await page.evaluate(() => window.usableAt));
    await page.close();
  }
  figures["offline, new process: usable"] = median(anew);

  for (const most of [MONTHS, YEARS]) {
    for (const due of [true, false]) {
      const page = await context.newPage();
      await page.goto(picture);
      const entries = await page.evaluate(lay, [most, due]);
      // A start that fills the second store.
      await page.goto(url);
      const both = () => new Promise((done) => {
        indexedDB.open("footing").onsuccess = (opened) => {
          const base = opened.target.result;
          if (!base.objectStoreNames.contains("entries")) return base.close(), done(0);
          base.transaction("entries").objectStore("entries").count().onsuccess = (count) => {
            base.close();
            done(count.target.result);
          };
        };
      });
      await page.waitForFunction(() => document.querySelector("[data-t=advice]"));
      while ((await page.evaluate(both)) < entries) await page.waitForTimeout(200);
      await page.close();
      const what = due ? `offline, ${most} entries, morning due: usable` : `offline, ${most} entries: Today usable`;
      await starts(what, due);
    }
  }

  // Another day is another answer: the clock that tests set moves on by one, and the tick
  // that sees it does nothing else before it returns.
  const page = await start();
  await page.waitForFunction(merged);
  const answers = await page.evaluate(async () => {
    const times = [];
    for (let n = 1; n <= 21; n += 1) {
      sessionStorage.setItem("footing-test-offset-ms", String(n * 864e5));
      const before = performance.now();
      dispatchEvent(new Event("footing-test-tick"));
      times.push(performance.now() - before);
      await new Promise((next) => setTimeout(next, 50));
    }
    sessionStorage.removeItem("footing-test-offset-ms");
    return times;
  });
  figures.guidance = median(answers);
  await page.close();

  // Every tab, a session logged; then the tabs again, each tapped 100 ms after the last.
  const taps = await start();
  await taps.waitForFunction(merged);
  const screen = (name) => `[data-screen="${name}"]`;
  const costs = async () => Math.max(0, ...(await taps.evaluate(() => window.taps.splice(0))).map(([, ms]) => ms));
  const tap = async (id, then) => {
    await taps.locator(`[data-t="${id}"]`).first().click();
    await taps.waitForSelector(then);
    await taps.waitForTimeout(400);
    const cost = await costs();
    figures[`tap ${id}`] = cost;
    figures["slowest tap"] = Math.max(figures["slowest tap"] ?? 0, cost);
  };
  const tabs = ["journey", "diary", "progress", "care", "today"];
  for (const tab of tabs) {
    const content = await taps.evaluate(([id, found]) => new Promise((done) => {
      const before = performance.now();
      const look = () => (document.querySelector(found) ? requestAnimationFrame(() => done(performance.now() - before)) : requestAnimationFrame(look));
      document.querySelector(`[data-t="${id}"]`).click();
      requestAnimationFrame(look);
    }), [`tab-${tab}`, `${screen(tab)} h1`]);
    figures["slowest content of a tab"] = Math.max(figures["slowest content of a tab"] ?? 0, content);
    await taps.waitForTimeout(400);
  }
  await costs();
  for (const tab of tabs) await tap(`tab-${tab}`, screen(tab));
  await tap("log-without-timer", screen("log"));
  await tap("all-quiet", screen("log"));
  await taps.locator("[data-t=log-walk-min]").fill("20");
  await tap("log-save", screen("today"));
  for (const tab of tabs) {
    await taps.touchscreen.tap(...(await taps.locator(`[data-t="tab-${tab}"]`).boundingBox().then((box) => [box.x + box.width / 2, box.y + box.height / 2])));
    await taps.waitForTimeout(100);
  }
  await taps.waitForTimeout(500);
  figures["slowest tap, another 100 ms after it"] = await costs();
  await taps.close();
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}

const last = existsSync(remembered) ? JSON.parse(readFileSync(remembered, "utf8")) : {};
writeFileSync(remembered, JSON.stringify(figures));
console.log(`\nCPU four times slower, milliseconds                 now    last  shall be`);
for (const [what, ms] of Object.entries(figures)) {
  const cell = (value) => (value === undefined ? "-" : value.toFixed(what === "guidance" ? 1 : 0)).padStart(8);
  console.log(what.padEnd(46) + cell(ms) + cell(last[what]) + cell(LIMITS[what]).padStart(10));
}
