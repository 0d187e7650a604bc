// The first screen, chosen before the first paint: the welcome, with the first question
// behind it, for somebody who has no diary yet; the frame of the screen that comes for all
// others. The build helper puts this file into the page itself (src/bin/finish_release).
//
//   window.footingAdopt(hear)    called by the app when it is there and the welcome is to
//                                stay: from now on `hear` is told what is chosen, an object
//                                {step, site, side, ask}; at once what was chosen so far. A
//                                tap that waited for the app is among it. False when there
//                                is no welcome
(function () {
  "use strict";

  const root = document.getElementById("first");
  const all = (selector) => root.querySelectorAll(selector);
  const setup = window.footingItem("setup");

  // A tap that waits for the app: it is seen as taken, and a second one counts for nothing.
  const wait = (target) => {
    for (const other of all("[aria-busy]")) other.ariaBusy = null;
    if (target) target.ariaBusy = "true";
  };

  const isNew = () => {
    if (!["", "#", "#/", "#/today", "#/setup"].includes(location.hash)) return false;
    if (!["about", "site", undefined].includes(setup.step)) return false;
    try {
      const [entry, live] = ["entry/", "live"].map((name) => window.footingPlace + name);
      return !Object.keys(localStorage).some((key) => key.startsWith(entry) || key === live);
    } catch {
      return true; // storage is blocked
    }
  };

  const write = (tag) => {
    document.documentElement.lang = tag;
    const words = JSON.parse(document.getElementById("words").textContent)[tag];
    const fill = (key, { dataset }) => words[key].replace(/{{(\w+)}}/g, (_, name) => dataset[name]);
    for (const place of all("[data-word]")) place.textContent = fill(place.dataset.word, place);
    for (const place of all("[data-label]")) place.ariaLabel = fill(place.dataset.label, place);
  };

  const welcome = () => {
    const main = root.querySelector("main");
    const forms = {};
    for (const form of all("form")) forms[form.dataset.step] = form;
    const card = root.querySelector("[data-t=install-card]");
    const fault = root.querySelector(".fault");

    const answer = {};
    let hear = () => {};
    const tell = (change) => hear(Object.assign(answer, change));
    const show = (step) => {
      main.replaceChildren(forms[step]);
      tell({ step });
    };
    const go = (step) => {
      wait();
      show(step);
      scrollTo(0, 0);
      main.querySelector("h1").focus({ preventScroll: true });
    };

    const agent = navigator.userAgent;
    const apple = /iPhone|iPad|iPod/.test(agent) || (agent.includes("Macintosh") && navigator.maxTouchPoints > 1);
    const installed = navigator.standalone || matchMedia("(display-mode: standalone), (display-mode: fullscreen)").matches;
    if (!apple || installed || window.footingItem("prefs").install_hidden) card.remove();

    for (const name of ["site", "side"]) {
      const chosen = root.querySelector(`[data-t="${name}-${setup[name]}"]`);
      if (!chosen) continue;
      chosen.checked = true;
      answer[name] = setup[name];
    }
    const taps = {
      "setup-next": (target) => {
        if (answer.step === "about") return go("site");
        fault.hidden = Boolean(answer.site);
        if (!answer.site) return;
        wait(target);
        tell({ step: "since" });
      },
      "setup-back": () => go("about"),
      "demo-look": (target) => {
        wait(target);
        tell({ ask: "demo" });
      },
      "install-later": () => {
        card.remove();
        tell({ ask: "hide-install" });
      },
    };
    root.addEventListener("click", (event) => {
      const target = event.target.closest("[data-t]");
      // The second of two quick taps meant what stood there before.
      if (!target || event.detail > 1 || target.ariaBusy) return;
      taps[target.dataset.t]?.(target);
    });
    root.addEventListener("change", ({ target }) => tell({ [target.name]: target.dataset.t.slice(5) }));
    root.addEventListener("submit", (event) => event.preventDefault());
    show(setup.step || "about");
    window.footingAdopt = (listener) => {
      hear = listener;
      tell();
      return true;
    };
  };

  const frame = () => {
    const place = () => {
      const [, tab] = /^#\/(journey|diary|progress|care)$/.exec(location.hash) || [, "today"];
      for (const link of all("nav a")) link.ariaCurrent = link.dataset.t === "tab-" + tab ? "page" : null;
    };
    place();
    addEventListener("hashchange", place);
    // Screens without tabs have another bar at their top.
    if (/^#\/(?!(today|journey|diary|progress|care)?$)/.test(location.hash)) {
      for (const part of all("nav, .top > *")) part.remove();
    }
  };

  window.footingAdopt = () => false;
  write(window.footingSpoken());
  const [face, other] = isNew() ? [welcome, "frame"] : [frame, "welcome"];
  for (const part of all(`[data-face=${other}]`)) part.remove();
  face();
  root.dataset.chosen = "";
  // A link leads on by itself, to where the app will look when it is there.
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-t]");
    if (link) wait(link);
  });
})();
