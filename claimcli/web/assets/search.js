// The list of claims of a static site: shows the claims that the query in the address or in the
// box selects. The markup is that of web/templates/lists.html.j2; tests/web compares the two.
"use strict";

(() => {
  const ROWS = 100;
  const PAUSE = 200;  // milliseconds without a key until the list follows the box
  const box = document.getElementById("q");
  const split = document.querySelector(".split");
  if (!box || !split) return;
  const all = split.innerHTML;
  const order = split.querySelector(".above").textContent.trim();
  const escape = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  const thousands = (number) => number.toLocaleString("en-US");
  let data, search;

  // The data is read when it is first needed: it can have megabytes.
  const script = (address) => new Promise((resolve, reject) => {
    const element = document.createElement("script");
    Object.assign(element, { src: address, onload: resolve, onerror: reject });
    document.head.append(element);
  });
  let loading;
  const load = () => (loading ??= (async () => {
    const here = document.querySelector("script[data-claims]");
    await Promise.all([script(here.dataset.query), script(here.dataset.claims)]);
    data = claimcliData;
    search = claimcliQuery(data);
  })());

  const cell = (column, claim) => {
    const [values, at] = data.columns[column];
    return values[at[claim]];
  };
  const row = (claim) => data.rows[1][claim].map((number) => data.rows[0][number]).join("")
    .replaceAll("\x02", data.ids[claim])
    .replaceAll("\x01", () => escape(data.statements[claim]));
  const address = (query, page = 1) => {
    const given = new URLSearchParams({ ...(query && { q: query }), ...(page > 1 && { page }) });
    return escape(`${data.list}?${given}`.replace(/\?$/, ""));
  };

  // Facets, as claimcli/dossier/index/facets.py counts them.
  const withParents = (parties) => {
    const named = new Set(parties);
    for (const id of named) {
      const parent = data.parties.find((party) => party.id === id)?.part_of;
      if (parent) named.add(parent);
    }
    return [...named];
  };
  const known = (sources) => sources.filter((source) => data.sources.includes(source));
  const values = {
    party: (claim) => withParents(cell("parties", claim)),
    issue: (claim) => [cell("issue", claim) ?? ""],
    status: (claim) => [cell("status", claim)],
    source: (claim) => (cell("sources", claim).length ? known(cell("sources", claim)) : [""]),
    tag: (claim, spelling) => new Set(cell("tags", claim).map(spelling)),
  };
  const tally = (claims, read) => {
    const counts = new Map();
    for (const claim of claims) {
      for (const value of read(claim)) counts.set(value, (counts.get(value) || 0) + 1);
    }
    return counts;
  };
  const firstSpellings = (claims) => {
    const tags = [...new Set(claims.flatMap((claim) => cell("tags", claim)))].sort().reverse();
    const first = new Map(tags.map((tag) => [search.foldName(tag), tag]));
    return (tag) => first.get(search.foldName(tag));
  };
  const ranked = (field, claims) => {
    const spelling = field === "tag" && firstSpellings(claims);
    const counts = [...tally(claims, (claim) => values[field](claim, spelling))];
    const order = ([one, n], [other, m]) => (one === "") - (other === "") || m - n || (one < other ? -1 : 1);
    return counts.sort(order);
  };
  const years = (claims) => {
    const spans = claims.map((claim) => cell("when", claim)).filter(Boolean)
      .map(search.bounds).map(({ from, to }) => [from.slice(0, 4), to.slice(0, 4)]);
    const last = new Set(spans.filter(([from, to]) => !from || from === to).map(([, to]) => to));
    const counts = [...last].map((year) =>
      [year, spans.filter(([from, to]) => from <= year && year <= to).length]);
    const frequent = counts.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, data.most);
    const undated = claims.length - spans.length;
    const listed = [...frequent.sort(), ...(undated ? [["", undated]] : [])];
    return { listed, more: counts.length - frequent.length };
  };
  const facet = ({ field, title, labels, looks }, query, claims) => {
    const termOf = (value) => (Array.isArray(labels[value]) ? labels[value][1] : `${field}:${value}`);
    let listed, more;
    if (field === "when") {
      ({ listed, more } = years(claims));
    } else {
      const every = ranked(field, claims);
      listed = every.filter(([value], n) => (n < data.most || value === "") && termOf(value));
      more = every.length - listed.length;
    }
    const items = listed.map(([value, count]) => {
      const label = [labels[value] ?? value].flat()[0];
      const { text, chosen } = search.toggle(query, termOf(value));
      const key = !looks ? "" : `<svg class="${`key ${looks[value]}`.trim()}" viewBox="0 0 32 8" ` +
        `aria-hidden="true"><path d="M0 4h32"/></svg>`;
      const shown = `${key}<bdi>${escape(label)}</bdi>`;
      const number = `<span class="num">${thousands(count)}</span>`;
      return chosen
        ? `<li class="chosen"><span>${shown} <a href="${address(text)}" class="meta">remove` +
          `<span class="hidden"> ${escape(label)}</span></a></span>${number}</li>`
        : `<li><a href="${address(text)}">${shown}</a>${number}</li>`;
    });
    if (!items.length) return "";
    if (more) items.push(`<li class="meta">and ${thousands(more)} more</li>`);
    const rest = listed.length - 10;
    return `<section><h3>${title}</h3><ul>${(rest > 0 ? items.slice(0, 10) : items).join("")}</ul>` +
      (rest > 0 ? `<details><summary class="meta">${rest} more</summary>` +
        `<ul>${items.slice(10).join("")}</ul></details>` : "") + "</section>";
  };

  // The parts of the page.
  const head = `<table class="claims">${split.querySelector("thead")?.outerHTML}<tbody>`;
  const list = (query, claims, page) => {
    const pages = Math.max(1, Math.ceil(claims.length / ROWS));
    const number = Math.min(Math.max(1, page), pages);
    const first = (number - 1) * ROWS;
    const shown = claims.slice(first, first + ROWS);
    const every = data.ids.length;
    const before = number > 1 ? `<a rel="prev" href="${address(query, number - 1)}">Previous</a> ` : "";
    const after = number < pages ? ` <a rel="next" href="${address(query, number + 1)}">Next</a>` : "";
    const part = `${thousands(first + 1)}–${thousands(first + shown.length)} of ${thousands(claims.length)}`;
    return '<section aria-labelledby="list">' +
      `<h2 id="list">${thousands(claims.length)} of ${thousands(every)} claim${every === 1 ? "" : "s"}</h2>` +
      `<p class="meta above">${order} <a class="act" href="${address("")}">All ${thousands(every)}</a></p>` +
      (shown.length ? `${head}${shown.map(row).join("")}</tbody></table>` : "<p>No claim matches.</p>") +
      '<nav class="pager" aria-label="Parts of the list">' +
      `${shown.length ? `<span>${before}${part}${after}</span>` : ""}</nav></section>`;
  };
  const facets = (query, claims) => {
    const sections = data.facets.map((one) => facet(one, query, claims)).join("");
    return sections && '<nav class="facets" aria-labelledby="narrow"><h2 id="narrow">Narrow</h2>' +
      `<div>${sections}</div></nav>`;
  };
  const width = (text) => [...text].reduce((sum, char) => sum + (/[\p{Mn}\p{Me}\p{Cf}]/u.test(char) ? 0
    : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
      .test(char) ? 2 : 1), 0);
  const message = ({ message, hint, start, end }, query) => {
    let excerpt = "";
    if (start !== undefined) {
      const from = Math.max(0, query.length > 80 ? start - 40 : 0);
      const marked = query.slice(start, Math.min(end, from + 80)).trimEnd();
      excerpt = '<pre class="scroll" tabindex="0" role="region" aria-label="The query, with carets under ' +
        `the part that the message is about">${escape(query.slice(from, from + 80))}\n` +
        `${" ".repeat(width(query.slice(from, start)))}${"^".repeat(Math.max(1, width(marked)))}</pre>`;
    }
    return `<section><h2 id="list" class="lead">${escape(message)}</h2>${excerpt}` +
      `${hint ? `<p>${escape(hint)}</p>` : ""}</section>`;
  };

  const show = async (query, page) => {
    if (!query.trim()) {
      split.removeAttribute("aria-busy");
      split.innerHTML = all;
      return;
    }
    split.setAttribute("aria-busy", "true");
    await load();
    if (box.value !== query) return;
    split.removeAttribute("aria-busy");
    try {
      const claims = search.find(query);
      split.innerHTML = list(query, claims, page) + facets(query, claims);
    } catch (error) {
      if (!("hint" in error)) throw error;
      split.innerHTML = message(error, query);
    }
  };
  const asked = new URLSearchParams(location.search);
  const query = asked.get("q") || "";
  if (query) {
    box.value = query;
    show(query, parseInt(asked.get("page"), 10) || 1);
  }
  let timer;
  box.addEventListener("focus", load, { once: true });
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const query = box.value;
      await show(query, 1);
      const asked = query.trim() ? `?${new URLSearchParams({ q: query })}` : "";
      history.replaceState(null, "", location.pathname + asked);
    }, PAUSE);
  });
})();
