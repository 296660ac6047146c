/* On a server: shows changed data without a reload, and filters the list while a query is typed.
   Everything else works without this script. */
"use strict";
(() => {
  const POLL = 2000; // milliseconds between two questions whether the data changed
  const PAUSE = 200; // milliseconds without a key before a query is sent
  const PATIENCE = 30000; // milliseconds until a request is given up
  const script = document.currentScript;
  let stamp = script.dataset.stamp; // of the data that the server had last
  let errors = Number(script.dataset.errors); // in the data that the page shows
  let offered = null; // the page that is shown when the reader agrees
  let waiting = false;

  const find = (selector, root = document) => root.querySelector(selector);

  /* Returns the answer to a request as {ok, page}; the page has its own stamp and errors. */
  async function load(address, signal) {
    const answer = await fetch(address, { cache: "no-cache", signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const own = find("script[data-stamp]", page);
    if (!own) throw new Error("not a page");
    return { ok: answer.ok, page, stamp: own.dataset.stamp, errors: Number(own.dataset.errors) };
  }

  /* Messages: one that is seen, and one for screen readers alone. */
  function live(look) {
    const element = document.createElement("p");
    element.setAttribute("role", "status");
    element.className = look;
    find("header").append(element);
    return element;
  }
  const message = live("note");
  const count = live("hidden");
  message.hidden = true;

  function say(text, result = null) {
    offered = result;
    message.hidden = !text;
    message.textContent = text;
    if (!result) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Show the new data";
    button.addEventListener("click", () => show(result));
    message.append(" ", button);
  }

  /* Whether replacing the content would disturb what the reader does. */
  function busy() {
    const main = find("main");
    const selection = getSelection();
    return [...document.querySelectorAll("input, textarea")].some((i) => i.value !== i.defaultValue)
      || main.contains(document.activeElement)
      || (!selection.isCollapsed && selection.containsNode(main, true));
  }

  function replace(selector, page) {
    const old = find(selector);
    const fresh = find(selector, page);
    if (old && fresh && old.innerHTML !== fresh.innerHTML) {
      const opened = [...old.querySelectorAll("details")].map((details) => details.open);
      const folds = fresh.querySelectorAll("details");
      if (folds.length === opened.length) folds.forEach((fold, n) => { fold.open = opened[n]; });
      old.replaceWith(document.adoptNode(fresh));
    }
  }

  function show(result) {
    const place = scrollY;
    replace("main", result.page);
    replace("#notes", result.page);
    if (!find("nav").contains(document.activeElement)) replace("nav", result.page);
    document.title = result.page.title;
    errors = result.errors;
    repaint(result.stamp);
    scrollTo({ top: place, behavior: "instant" });
    say("");
  }

  /* Loads the colours of parties again, without a moment without any. */
  function repaint(version) {
    const old = find('link[href*="party.css"]');
    const fresh = old.cloneNode();
    fresh.href = `${old.getAttribute("href").split("?")[0]}?${version}`;
    fresh.addEventListener("load", () => old.remove());
    old.after(fresh);
  }

  async function look() {
    const answer = await fetch("/stamp", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    const now = await answer.text();
    if (!answer.ok) return;
    if (now === stamp) {
      if (message.dataset.lost) say("");
      if (offered && message.dataset.busy && !busy()) show(offered);
      return;
    }
    const result = await load(location.href, AbortSignal.timeout(PATIENCE));
    stamp = result.stamp;
    const broken = !result.ok || result.errors > errors;
    message.dataset.busy = broken ? "" : "true";
    if (!broken && !busy()) show(result);
    else if (!broken) say("The data changed.", result);
    else {
      replace("#notes", result.page);
      const reason = result.ok ? "" : ` Now: ${find("main .lead", result.page)?.textContent ?? ""}.`;
      say(`The data changed and has errors. This page is as it was before.${reason}`, result);
    }
  }

  async function poll() {
    if (!waiting && document.visibilityState === "visible") {
      waiting = true;
      try {
        await look();
        delete message.dataset.lost;
      } catch {
        if (!offered) {
          say("The server does not answer. This page may be out of date.");
          message.dataset.lost = "true";
        }
      }
      waiting = false;
    }
  }

  async function repeat() {
    await poll();
    setTimeout(repeat, POLL);
  }
  setTimeout(repeat, POLL);
  document.addEventListener("visibilitychange", poll);

  /* The list of claims: filter while a query is typed. */
  const input = find("main input[name=q]");
  if (!input) return;
  const form = input.form;
  const wrong = document.createElement("div");
  wrong.setAttribute("role", "status");
  form.after(wrong);
  let timer = 0;
  let request = new AbortController();

  /* Replaces what is in an element, except for the part in which the reader types. */
  function replaceAround(old, fresh, kept) {
    const inside = [...old.children].find((child) => child.contains(kept));
    const counterpart = [...fresh.children].find((child) => child.contains(find(`#${kept.id}`, fresh)));
    if (inside === undefined || counterpart === undefined) return;
    for (const node of [...old.childNodes]) if (node !== inside && node !== wrong) node.remove();
    let before = true;
    for (const node of [...fresh.childNodes]) {
      if (node === counterpart) before = false;
      else if (before) inside.before(node);
      else old.append(node);
    }
    if (inside !== form) replaceAround(inside, counterpart, kept);
  }

  async function filter() {
    request.abort();
    request = new AbortController();
    const address = new URL(form.action);
    const sort = new URLSearchParams(location.search).get("sort");
    if (input.value.trim()) address.searchParams.set("q", input.value);
    if (sort) address.searchParams.set("sort", sort);
    let result;
    try {
      result = await load(address, request.signal);
    } catch {
      return; // another key was pressed, or there is no server, which the next poll says
    }
    if (!result.ok) {
      const parts = result.page.querySelectorAll("main .lead, main pre, main .lead ~ p:not(.block)");
      wrong.replaceChildren(...parts);
      return;
    }
    wrong.replaceChildren();
    replaceAround(find("main"), find("main", result.page), input);
    replace("#notes", result.page);
    replace("nav", result.page);
    history.replaceState(history.state, "", address);
    document.title = result.page.title;
    [stamp, errors] = [result.stamp, result.errors];
    count.textContent = find("main h2")?.textContent ?? "";
  }

  function schedule(event) {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(filter, PAUSE);
  }
  input.addEventListener("input", schedule);
  input.addEventListener("compositionend", schedule);
})();
