// Between the page and its service worker; the app hears of it through
//
//   window.footingUpdate           {state}: "unsupported" | "starting" | "failed" |
//                                  "ready-offline" | "waiting"
//   event "footing-update"         detail {state}, on window, at each change:
//                                  "ready-offline" once in the life of an
//                                  installation, "waiting" when an update waits
//   window.footingAcceptUpdate()   Promise of "accepted" (the page reloads),
//                                  "session" (a run is going on, here or in
//                                  another page) or "none"
//   window.footingSession(running) said by the app when a live session starts
//                                  (or is restored) and when it has ended
//   window.footingInstall()        Promise of "accepted" | "dismissed" | "none";
//   event "footing-install"        detail {state: "available" | "installed"}
//
// The page reloads for one reason only: the runner accepted an update.
(function () {
  "use strict";

  const version = document.querySelector('meta[name="footing-version"]').content;
  const HOUR = 3600000;

  // --- installing (Chromium only; the event comes before the app is mounted)
  let installPrompt = null;
  const tell = (name, state) => window.dispatchEvent(new CustomEvent(name, { detail: { state } }));
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installPrompt = event;
    window.footingInstall.state = "available";
    tell("footing-install", "available");
  });
  window.addEventListener("appinstalled", () => {
    installPrompt = null;
    window.footingInstall.state = "installed";
    tell("footing-install", "installed");
  });
  window.footingInstall = async () => {
    if (!installPrompt) return "none";
    const prompt = installPrompt;
    installPrompt = null;
    window.footingInstall.state = "none";
    prompt.prompt();
    return (await prompt.userChoice).outcome;
  };
  window.footingInstall.state = "none";

  // --- locks: what the worker must know of its pages
  const locks = navigator.locks;
  const place = window.footingPlace; // see look.js
  const named = (lock) => (place === "footing/" ? `footing-${lock}` : place + lock);
  const forever = new Promise(() => {});
  if (locks) locks.request(named("page-" + version), { mode: "shared" }, () => forever).catch(() => {});

  let running = false;
  let endSession = null;
  window.footingSession = (now) => {
    running = Boolean(now);
    if (!locks) return;
    if (running && !endSession) {
      const ended = new Promise((resolve) => (endSession = resolve));
      locks.request(named("session"), { mode: "shared" }, () => ended).catch(() => {});
    } else if (!running && endSession) {
      endSession();
      endSession = null;
    }
  };

  // --- the worker
  const supported = "serviceWorker" in navigator && version !== "dev";
  window.footingUpdate = { state: supported ? "starting" : "unsupported" };
  const set = (state, silent) => {
    if (window.footingUpdate.state === state) return;
    window.footingUpdate = { state };
    if (!silent) tell("footing-update", state);
  };

  let registration = null;
  let stale = false; // this page's release is no longer the active one
  let accepted = false;
  let reloading = false;
  const reloadOnce = () => {
    if (!accepted || reloading) return;
    reloading = true;
    location.reload();
  };

  window.footingAcceptUpdate = async () => {
    if (running) return "session";
    const waiting = registration && registration.waiting;
    if (!waiting) {
      if (!stale) return "none";
      accepted = true;
      reloadOnce();
      return "accepted";
    }
    const channel = new MessageChannel();
    const reply = new Promise((resolve) => (channel.port1.onmessage = (event) => resolve(event.data)));
    // The new worker may be active before its answer arrives. A page without
    // a controller gets no controllerchange, so watch the worker as well.
    accepted = true;
    waiting.addEventListener("statechange", () => {
      if (waiting.state === "activated") reloadOnce();
      // Overtaken by a newer release, which will be offered in its turn.
      else if (waiting.state === "redundant") channel.port1.onmessage({ data: { accepted: false, reason: "none" } });
    });
    waiting.postMessage({ type: "accept-update" }, [channel.port2]);
    const { accepted: agreed, reason } = await reply;
    if (agreed) return "accepted";
    accepted = false;
    return reason;
  };

  if (!supported) return;

  const watched = new Set();
  function watch(worker, first) {
    if (!worker || watched.has(worker)) return;
    watched.add(worker);
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed" && !first) set("waiting");
      if (worker.state === "activated") {
        // Not the first: another page accepted it, or this page was loaded
        // without a worker and could not hold the new one back.
        stale = !first;
        set(first ? "ready-offline" : "waiting");
      }
      // Not stored, or not wholly: the app works from the network for now.
      if (worker.state === "redundant" && first) set("failed");
    });
  }

  async function register() {
    try {
      registration = await navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" });
    } catch {
      set("failed"); // a blocked worker or no network: the app works all the same
      return;
    }
    const { installing, waiting, active } = registration;
    if (waiting) set("waiting");
    else if (active && active.state === "activated") set("ready-offline", true);
    else watch(active, true);
    watch(waiting, false);
    watch(installing, !active);
    registration.addEventListener("updatefound", () => watch(registration.installing, !registration.active));

    // An installed app may stay open for weeks: ask now and then, never in a run.
    let asked = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible" || running || Date.now() - asked < HOUR) return;
      asked = Date.now();
      registration.update().catch(() => {}); // no network: next time
    });
  }

  // A newer worker gives this page the files of the release that it runs.
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data && event.data.type === "which-release") event.ports[0].postMessage(version);
  });
  navigator.serviceWorker.startMessages();

  if (navigator.serviceWorker.controller) {
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (accepted) return reloadOnce();
      stale = true;
      set("waiting");
    });
  }
  // Not before `load`: the download of the release would slow its own start.
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register);
})();
