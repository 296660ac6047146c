// The query language, over the claims of a static site: data/claims.js, which
// claimcli/web/site/search_data.py writes. It means the same as on the command line
// (claimcli/core/query_parser.py, claimcli/core/query.py, claimcli/dossier/index/where.py);
// tests/web/queries.json compares the two. What it does not support is an error.
"use strict";

var claimcliQuery = (data) => {
  const language = data.language;
  const SPACE = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const SPACES = new RegExp(`[${SPACE}]+`, "u");
  const NFC = (text) => text.normalize("NFC");
  const lower = (text) => NFC(text).toLowerCase();
  const words = (text) => text.split(SPACES).filter(Boolean);
  const isBlank = (text) => !words(text).length;
  const thousands = (number) => number.toLocaleString("en-US");
  const once = (make) => { let made; return () => (made ??= make()); };

  class QueryError extends Error {
    constructor(message, hint, at) {
      super(message);
      Object.assign(this, { hint, start: at?.start, end: at?.end });
    }
  }
  const fail = (message, hint, at) => { throw new QueryError(message, hint, at); };

  // Letters: case and typography are folded as in claimcli/core/text/normal_forms.py.
  const casefold = (text) => text.replace(/[^\u0131]/gu, (char) =>
    char === "\u1e9e" ? "ss" : char.toUpperCase().toLowerCase());
  const foldCase = (text) => NFC(casefold(text.normalize("NFD")));
  const foldName = (text) => words(foldCase(text)).join(" ");
  const foldTypography = (text) =>
    foldCase(NFC(text)
      .replace(/[\u0132\u0133\u0587\u3000\ufb00-\ufb1f\ufb2a-\ufdff\ufe70-\uffef]/g,
        (char) => char.normalize("NFKC"))
      .replace(/[\u2010\u2011\u2212]/g, "-"));
  const edge = ` ${language.quotes}`;
  const strip = (text) => {
    let start = 0;
    while (start < text.length && edge.includes(text[start])) start++;
    return stripEnd(text.slice(start));
  };
  const stripEnd = (text) => {
    let end = text.length;
    while (end && edge.includes(text[end - 1])) end--;
    return text.slice(0, end);
  };
  const positionKey = (text) => {
    const key = strip(words(foldTypography(text)).join(" "));
    return /[.\u3002]$/.test(key) ? stripEnd(key.slice(0, -1)) : key;
  };

  // Words of free text, as SQLite's full-text search divides and folds them.
  const letters = once(() => {
    const separator = new RegExp(`[${data.letters.separators}]`, "u");
    const [accents, ...folds] = data.letters.folds.split(" ");
    const folded = new Map([...accents].map((accent) => [accent, ""]));
    for (const [letter, ...others] of folds) {
      for (const other of others) folded.set(other, letter);
    }
    return (char) => {
      if (!folded.has(char)) folded.set(char, separator.test(char) ? " " : char);
      return folded.get(char);
    };
  });
  const foldWords = (text) => {
    const fold = letters();
    return ` ${text
      .replace(/[^\0-\x7f]/gu, fold)
      .replace(/[A-Z]+/g, (upper) => upper.toLowerCase())
      .replace(/[\0-/:-@[-`{-\x7f]+/g, " ")
      .trim()} `;
  };

  // Similar words, by the normalised indel distance, as rapidfuzz computes it.
  const common = (one, other) => {
    let row = new Uint16Array(other.length + 1);
    for (const char of one) {
      const next = new Uint16Array(other.length + 1);
      for (let n = 0; n < other.length; n++) {
        next[n + 1] = char === other[n] ? row[n] + 1 : Math.max(row[n + 1], next[n]);
      }
      row = next;
    }
    return row[other.length];
  };
  const didYouMean = (word, known, otherwise) => {
    const typed = [...casefold(word)].slice(0, 200);
    let best = 0, match = null;
    for (const name of [...new Set(known)].sort()) {
      const letters = [...casefold(name)];
      const total = typed.length + letters.length;
      if (20 * Math.min(typed.length, letters.length) < 7 * total) continue;
      const same = common(typed, letters);
      if (20 * same >= 7 * total && same / total > best) [best, match] = [same / total, name];
    }
    return match === null ? otherwise : `did you mean '${match}'?`;
  };
  const listSome = (names) =>
    names.slice(0, 8).join(", ") +
    (names.length > 8 ? ` and ${thousands(names.length - 8)} more` : "");
  const listNames = (what, names) =>
    names.length ? `the ${what} are ${listSome(names)}` : `this dossier has no ${what}`;

  // Dates: the first and last moment that each can mean, as text that sorts by time.
  const FIRST = "0001-01-01T00:00:00", LAST = "9999-12-31T23:59:59";
  const DAY = new RegExp(
    "^(\\d{4}|\\d{3}X|\\d{2}XX)(?:-(\\d{2}|XX)(?:-(\\d{2}|XX))?)?" +
    "(?:T(\\d{2}):(\\d{2})(?::(\\d{2}))?(Z|[+-]\\d{2}(?::?\\d{2})?)?)?[~?%]?$");
  const monthLength = (year, month) =>
    month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28)
      : [4, 6, 9, 11].includes(month) ? 30 : 31;
  const day = (year, month, day) => {
    const real = year >= 1 && month >= 1 && month <= 12 && day >= 1
      && day <= monthLength(year, month);
    if (!real) throw new RangeError();
    return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}` +
      `-${String(day).padStart(2, "0")}`;
  };
  const days = (yearText, month, dayText) => {
    let first = Math.max(+yearText.replace(/X/g, "0"), 1), last = +yearText.replace(/X/g, "9");
    const any = month === undefined || month === "XX";
    const [from, to] = any ? [1, 12] : [+month, +month];
    let [start, end] = [1, monthLength(last, to)];
    if (dayText !== undefined && dayText !== "XX") {
      start = end = +dayText;
      if (from === 2 && start === 29) {
        while (first <= last && monthLength(first, 2) < 29) first++;
        while (last >= first && monthLength(last, 2) < 29) last--;
      }
    }
    return { from: `${day(first, from, start)}T00:00:00`, to: `${day(last, to, end)}T23:59:59` };
  };
  const moment = ([, year, month, dayText, hour, minute, second, offset]) => {
    if (/X/.test(year + month + dayText) || hour > 23 || minute > 59 || second > 59) {
      throw new RangeError();
    }
    const start = `${day(+year, +month, +dayText)}T${hour}:${minute}:`;
    const date = { from: start + (second || "00"), to: start + (second || "59") };
    if (!offset) return date;
    const [, sign, hours, minutes] = /^([+-]|Z)(\d\d)?:?(\d\d)?$/.exec(offset);
    const distance = 60 * (hours || 0) + +(minutes || 0);
    if (distance >= 24 * 60) throw new RangeError();
    const shift = (sign === "-" ? 60000 : -60000) * distance;
    const inUTC = (text) => {
      const utc = new Date(Date.parse(`${text}Z`) + shift).toISOString();
      if (utc.length !== 24 || utc < FIRST) throw new RangeError();
      return utc.slice(0, 19);
    };
    return { ...date, utc: [inUTC(date.from), inUTC(date.to)] };
  };
  const single = (text) => {
    const match = DAY.exec(text);
    if (!match || (match[4] && !match[3])
        || (match[2] === "XX" && match[3] !== undefined && match[3] !== "XX")) {
      fail(`no date '${text}'`);
    }
    try {
      return match[4] ? moment(match) : days(match[1], match[2], match[3]);
    } catch (error) {
      fail(`the date '${text}' does not exist`);
    }
  };
  const isReversed = (first, last) =>
    first.utc && last.utc ? first.utc[0] > last.utc[1] : first.from > last.to;
  const parseDate = (text) => {
    if (!text.includes("/")) return single(text);
    const [start, end, more] = text.split("/");
    const isOpen = (part) => part === "" || part === "..";
    if (more !== undefined || (isOpen(start) && isOpen(end))) {
      fail(`no date '${text}'`);
    }
    const first = isOpen(start) ? { from: FIRST, to: FIRST } : single(start);
    const last = isOpen(end) ? { from: LAST, to: LAST } : single(end);
    if (isReversed(first, last)) {
      fail(`'${text}' ends before it begins`, "swap the two");
    }
    const utc = first.utc && last.utc && [first.utc[0], last.utc[1]];
    return { from: first.from, to: last.to, utc };
  };

  // From the text of a query to a tree of conditions.
  const PART = new RegExp(
    `[${SPACE}]*(?:(?<open>\\()|(?<close>\\))|(?<minus>-)(?=[^${SPACE})])|` +
    `(?<field>[A-Za-z_]+:)|(?<quoted>"(?:\\\\.|[^"\\\\])*")|` +
    `(?<pattern>/(?:\\\\.|[^/\\\\])+/)(?=[${SPACE})]|$)|(?<word>[^${SPACE}()]+))`, "suy");
  const VALUE = new RegExp(
    `(?<quoted>"(?:\\\\.|[^"\\\\])*")|(?<pattern>/(?:\\\\.|[^/\\\\])+/)(?=[${SPACE})]|$)|` +
    `(?<word>[^${SPACE}()]+)`, "suy");

  const parse = (text) => {
    let at = 0, depth = 0, count = 0, next = null;
    const match = (pattern) => {
      pattern.lastIndex = at;
      const result = pattern.exec(text);
      if (!result) return null;
      const [mark, part] = Object.entries(result.groups).find((group) => group[1] !== undefined);
      at = pattern.lastIndex;
      return { mark, text: part, start: at - part.length, end: at, field: "" };
    };
    const advance = () => {
      const token = match(PART);
      next = token && (token.mark === "field" ? field(token) : checked(token));
    };
    const field = (token) => {
      const name = token.text.slice(0, -1);
      token.end -= 1;
      if (!language.fields.includes(name.toLowerCase())) {
        const fields = `the fields are ${language.fields.join(", ")}`;
        fail(`no field '${name}'`,
          didYouMean(name, language.fields, `${fields}; or put it in quotation marks`), token);
      }
      const value = match(VALUE);
      if (!value) {
        const example = language.examples[name.toLowerCase()];
        fail(`'${name}:' has no value`,
          `write it right after the colon, as in ${name}:${example}`, token);
      }
      return checked({ ...value, start: token.start, field: name.toLowerCase() });
    };
    const checked = (token) => {
      const open = { start: token.start, end: text.length };
      if (token.mark === "word" && token.text.startsWith('"')) {
        fail("this quotation mark is never closed", "add '\"' at the end", open);
      }
      if (token.mark === "word" && !language.slashed.includes(token.field)
          && /^\/[^/]+$/u.test(token.text)) {
        fail("this pattern is never closed", "add '/', or quote it", open);
      }
      if (token.mark === "word" && !token.field && ["AND", "OR", "NOT"].includes(token.text)) {
        token.mark = token.text;
      }
      if (token.mark === "quoted") token.text = token.text.slice(1, -1).replaceAll('\\"', '"');
      if (token.mark === "pattern") token.text = token.text.slice(1, -1).replaceAll("\\/", "/");
      return token;
    };
    const takes = (mark) => {
      const taken = next !== null && next.mark === mark;
      if (taken) advance();
      return taken;
    };
    const either = () => {
      const nodes = [both()];
      while (takes("OR")) nodes.push(both());
      return nodes.length === 1 ? nodes[0] : { some: nodes };
    };
    const both = () => {
      const nodes = [one()];
      while (takes("AND") || (next && next.mark !== "close" && next.mark !== "OR")) {
        nodes.push(one());
      }
      return nodes.length === 1 ? nodes[0] : { all: nodes };
    };
    const one = () => {
      const token = next;
      if (!token) {
        const end = text.replace(new RegExp(`[${SPACE}]+$`, "u"), "").length;
        fail("the query ends where a condition is expected", "add one",
          { start: end, end: end + 1 });
      }
      if (["close", "AND", "OR"].includes(token.mark)) {
        const before = text.slice(token.start, token.end);
        fail(`a condition is expected before '${before}'`, "add one", token);
      }
      depth += 1;
      if (depth > language.depth) {
        fail(`nested more than ${language.depth} deep`, "flatten it", token);
      }
      advance();
      const node = inner(token);
      depth -= 1;
      return node;
    };
    const inner = (token) => {
      if (token.mark === "minus" || token.mark === "NOT") return { not: one() };
      if (token.mark === "open") {
        const node = either();
        if (takes("close")) return node;
        fail("this '(' is never closed", "add ')', or quote it", token);
      }
      count += 1;
      if (count > language.terms) {
        fail(`more than ${language.terms} conditions`, "ask for fewer", token);
      }
      return makeTerm(token);
    };

    if ([...text].length > language.length) {
      fail(`a query of more than ${thousands(language.length)} characters`,
        "shorten it");
    }
    if (isBlank(text)) return { all: [] };
    advance();
    const node = either();
    if (next) fail("this ')' closes nothing", "take it out, or quote it", next);
    return node;
  };

  const makeTerm = (token) => {
    const { mark, text, start, end } = token;
    const field = token.field === "text" ? "" : token.field;
    const wrong = (message, hint) => fail(message, hint, token);
    const odd = /[\0\ud800-\udfff]/u.exec(text);
    if (odd) {
      const code = odd[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      wrong(`the character U+${code} is in no text`, "take it out");
    }
    const term = { field, test: mark, text, start, end };
    const isDate = language.dates.includes(field);
    if (mark === "pattern") {
      if (field && !language.patterns.includes(field)) {
        wrong(`'${field}' takes no pattern`, isDate ? "write a date" : "write a word");
      }
      return term;
    }
    const choices = language.choices[field];
    if (choices) {
      const word = text.toLowerCase();
      if (choices.includes(word)) return { ...term, test: "word", text: word };
      wrong(field === "has" ? `'has' takes no '${text}'` : `no ${field} '${text}'`,
        didYouMean(text, choices, `write one of ${choices.join(", ")}`));
    }
    if (isDate) return { ...term, test: "date", ...dateBounds(text, token) };
    if (isBlank(text)) wrong("there is no text between these quotation marks", "write a word");
    if (mark === "word" && text.includes("*") && !language.wild.includes(field)) {
      if (field && field !== "position") wrong(`'${field}' takes no '*'`, "write the whole name");
      const beginning = text.replace(/\*+$/, "");
      if (!beginning || beginning.includes("*")) {
        wrong(`'${text}' is not the beginning of a word`,
          "write '*' after one, or a pattern as /.../");
      }
      return { ...term, test: "prefix", text: beginning };
    }
    return term;
  };

  const dateBounds = (text, at) => {
    const date = (part) => {
      try {
        return parseDate(part);
      } catch (error) {
        const forms = `${language.forms}, or a range as A..B or >=A`;
        fail(error.message, error.hint || forms, at);
      }
    };
    const compared = /^([<>]=?)([^\n]*)$/.exec(text);
    if (compared) {
      const strict = !compared[1].endsWith("=");
      return { [compared[1][0] === ">" ? "first" : "last"]: date(compared[2]), strict };
    }
    const range = /^([^.]*)\.\.([^.]*)$/.exec(text);
    if (range && !text.includes("/") && text !== "..") {
      const [first, last] = [range[1] && date(range[1]), range[2] && date(range[2])];
      if (first && last && isReversed(first, last)) {
        fail(`'${text}' ends before it begins`, "swap the two", at);
      }
      return { first, last };
    }
    const only = date(text);
    return { first: only, last: only };
  };

  // Names and ids in a query are looked up as in claimcli/dossier/index/resolve.py.
  const sorted = (values) => [...new Set(values)].sort();
  const used = (column) => data.columns[column][0].flat().filter((value) => value !== null);
  const ids = once(() => sorted(data.ids));
  const tags = once(() => sorted(used("tags")));
  const events = once(() => sorted(used("event")));
  const speakers = once(() => sorted([...used("speaker"), ...used("relayed")]));
  const parties = once(() => new Map(data.parties.map((party) => [party.id, party])));
  const known = {
    id: ids, tag: tags, event: events,
    issue: () => data.issues, source: () => data.sources,
    position: once(() => sorted(used("position"))),
  };
  const near = (names, word, rows) => {
    if (rows <= language.candidates) return names;
    const start = casefold([...word].slice(0, 2).join(""));
    return names.filter((name) => name >= start && name < `${start}\u{10ffff}`)
      .slice(0, language.candidates);
  };
  const idsWithPart = (names, word) => {
    const part = word.toLowerCase();
    const among = (matches) => names.filter(matches).slice(0, language.parts);
    const beginning = among((name) => name.startsWith(part));
    const matches = beginning.length ? beginning : among((name) => name.includes(part));
    const listed = new Set(matches);
    return matches.filter((name) => {
      const steps = name.split("/");
      return !steps.some((_, n) => n && listed.has(steps.slice(0, n).join("/")));
    });
  };
  const onlyId = (names, term) => {
    if (names.length < 2) return names[0];
    const part = term.text.toLowerCase();
    const how = names.every((name) => name.startsWith(part)) ? "begin with" : "contain";
    fail(`${thousands(names.length)} ids ${how} '${term.text}': ${listSome(names)}`,
      "write more of one", term);
  };
  const findValues = (term) => {
    const { field, text } = term;
    const names = known[field]();
    const hasParts = ["id", "issue", "source", "event"].includes(field);
    const key = field === "tag" ? foldName : field === "position" ? positionKey : null;
    const wanted = key ? key(text) : text.toLowerCase();
    const exact = names.filter((name) => (key ? key(name) : name) === wanted);
    if (exact.length) return exact;
    if (field === "event" && data.events.includes(wanted)) return [wanted];
    const matches = hasParts ? idsWithPart(names, text) : [];
    const only = onlyId(matches, term);
    if (only !== undefined) return [only];
    if (field === "id" && parties().has(text)) {
      fail(`'${text}' is a party, not a claim`,
        `try 'claimcli list --party ${text}'`, term);
    }
    const what = field === "id" ? "claim" : field;
    const rows = { tag: data.tagged, issue: names.length, source: names.length }[field];
    const otherwise = listNames(`${what}s`, names);
    const hint = didYouMean(text, near(names, text, rows ?? data.ids.length), otherwise);
    fail(`no ${what} '${text}'`, hint, term);
  };
  const partyAndMembers = (term) => {
    const word = term.text;
    const name = foldName(word);
    const byName = () => data.parties.filter((party) => party.id === name || names(party).includes(name));
    const names = (party) => (party.names ?? []).map(foldName);
    const all = data.parties.map((party) => party.id);
    let called = parties().has(word) ? [word] : byName().map((party) => party.id);
    if (!called.length) {
      const only = onlyId(idsWithPart(all, word), term);
      if (only !== undefined) called = [only];
    }
    if (called.length > 1) {
      fail(`'${word}' means ${called.join(" and ")}`, "name one by its id", term);
    }
    if (!called.length) {
      const every = [...all, ...data.parties.flatMap(names)];
      fail(`no party '${word}'`,
        didYouMean(word, every, listNames("parties", all)), term);
    }
    const members = new Set(called);
    for (const id of members) {
      for (const party of data.parties) if (party.part_of === id) members.add(party.id);
    }
    return members;
  };
  const findSpeakers = (term) => {
    const wanted = words(foldCase(term.text));
    const matches = speakers().filter((name) => {
      const own = words(foldCase(name));
      return wanted.every((word) => own.includes(word));
    });
    if (matches.length || data.speakers.map(foldName).includes(foldName(term.text))) {
      return matches;
    }
    const every = speakers().flatMap((name) => [name, ...words(name)]);
    fail(`no speaker '${term.text}'`,
      didYouMean(term.text, every, listNames("speakers", speakers())), term);
  };

  // From a condition to a function that says whether the claim of a number meets it.
  const where = (column, test) => {
    const [values, at] = data.columns[column];
    const results = values.map(test);
    return (claim) => results[at[claim]];
  };
  const glob = (text) => {
    const parts = lower(text).split("*");
    const [first, last] = [parts[0], parts[parts.length - 1]];
    return (value) => {
      const name = value === null ? null : lower(value);
      if (name === null || !name.startsWith(first)) return false;
      let at = first.length;
      for (const part of parts.slice(1, -1)) {
        const found = name.indexOf(part, at);
        if (found < 0) return false;
        at = found + part.length;
      }
      return at <= name.length - last.length && name.endsWith(last);
    };
  };
  const named = (term) => {
    if (term.test === "word" && term.text.includes("*")) return glob(term.text);
    const values = findValues(term);
    return (value) => values.includes(value);
  };
  const inList = (test) => (values) => values.some(test);

  const folded = once(() => data.ids.map((_, claim) => texts(claim).map(foldWords).join("\n")));
  const lowered = once(() => data.ids.map((_, claim) => texts(claim).map(lower).join("\n")));
  const texts = (claim) => {
    const cell = (column) => {
      const [values, at] = data.columns[column];
      return values[at[claim]];
    };
    const people = [cell("speaker"), cell("relayed")].filter((name) => name !== null);
    return [data.statements[claim], data.quotes[claim] || "", people.join(" \ue000 "),
      data.notes[claim] || ""];
  };
  const freeText = (term) => {
    if (!/[\p{L}\p{N}]/u.test(term.text)) {
      fail(`'${term.text}' contains no word to search for`,
        "write a word, or a pattern as /.../", term);
    }
    if (new RegExp(language.unspaced, "u").test(term.text)) {
      const part = lower(term.text);
      return (claim) => lowered()[claim].includes(part);
    }
    const phrases = ["NFC", "NFD"]
      .map((form) => foldWords(term.text.normalize(form)))
      .filter((phrase) => phrase.trim())
      .map((phrase) => (term.test === "prefix" ? phrase.slice(0, -1) : phrase));
    return (claim) => phrases.some((phrase) => folded()[claim].includes(phrase));
  };

  const bounds = (date) =>  // of a moment, only the end is known
    typeof date === "string" ? parseDate(date) : { from: "", to: date[0], utc: ["", date[1]] };
  const within = ({ first, last, strict }) => (date) => {
    if (date === null) return false;
    const { from, to, utc } = bounds(date);
    const inUTC = (bound) => bound.utc && utc?.[1];
    if (first) {
      const [own, bound] = inUTC(first) ? [utc[1], first.utc[+!!strict]] : [to, strict ? first.to : first.from];
      if (own < bound || (strict && own === bound)) return false;
    }
    if (last) {
      const [own, bound] = inUTC(last) ? [utc[0], last.utc[+!strict]] : [from, strict ? last.from : last.to];
      if (own > bound || (strict && own === bound)) return false;
    }
    return true;
  };
  const today = () => {
    const now = new Date();
    return day(now.getFullYear(), now.getMonth() + 1, now.getDate());
  };
  const tests = {
    "": freeText,
    party: (term) => {
      const wanted = partyAndMembers(term);
      return where("parties", inList((party) => wanted.has(party)));
    },
    against: (term) => {
      const wanted = partyAndMembers(term);
      const isTheirs = where("parties", inList((party) => wanted.has(party)));
      return (claim) => (data.opposes[claim] || []).some(isTheirs);
    },
    speaker: (term) => {
      const names = findSpeakers(term);
      const [own, relayed] = ["speaker", "relayed"]
        .map((column) => where(column, (name) => names.includes(name)));
      return (claim) => own(claim) || relayed(claim);
    },
    position: (term) => {
      const key = positionKey(term.text);
      if (term.test === "prefix") {
        return where("position", (value) => value !== null && positionKey(value).startsWith(key));
      }
      const values = findValues(term);
      return where("position", (value) => values.includes(value));
    },
    issue: (term) => where("issue", named(term)),
    event: (term) => where("event", named(term)),
    tag: (term) => where("tags", inList(named(term))),
    source: (term) => where("sources", inList(named(term))),
    id: (term) => {
      const test = named(term);
      return (claim) => test(data.ids[claim]);
    },
    kind: (term) => where("kinds", inList((kind) => kind === term.text)),
    status: (term) => where("status", (status) => status === term.text),
    has: (term) => where("has", inList((what) => what === term.text)),
    asked: (term) => {
      const day = today();
      const isLate = ([state, due]) => state === "open" && due !== null && due < day;
      return where("asked", inList((request) =>
        term.text === "overdue" ? isLate(request) : request[0] === term.text));
    },
    said: (term) => where("said", within(term)),
    when: (term) => where("when", within(term)),
    about: (term) => where("about", within(term)),
    published: (term) => where("published", inList(within(term))),
    file: (term) => {
      if (term.test === "word" && term.text.includes("*")) return where("file", glob(term.text));
      const part = lower(term.text);
      return where("file", (path) => lower(path).includes(part));
    },
  };
  const condition = (node) => {
    if (node.not) {
      const inner = condition(node.not);
      return (claim) => !inner(claim);
    }
    if (node.all) {
      const parts = node.all.map(condition);
      return (claim) => parts.every((part) => part(claim));
    }
    if (node.some) {
      const parts = node.some.map(condition);
      return (claim) => parts.some((part) => part(claim));
    }
    if (node.test === "pattern") {
      fail("the search of these pages does not support patterns",
        "search for words, or run 'claimcli list' on the data", node);
    }
    return tests[node.field](node);
  };

  // The numbers of the claims that a query selects, in order. Throws a QueryError.
  const find = (text) => {
    const node = parse(text);
    for (const term of node.all ?? [node]) {  // the first party is looked up before all others
      if (term.field === "party" && partyAndMembers(term).size === 1) break;
    }
    const test = condition(node);
    return data.ids.map((_, claim) => claim).filter(test);
  };
  // The text of a query with one more condition, or without it if it is one of its parts.
  const textOf = (node, text) => {
    const inParentheses = (part) =>
      part.all || part.some ? `(${textOf(part, text)})` : textOf(part, text);
    if (node.not) return `-${inParentheses(node.not)}`;
    if (node.all) return node.all.map(inParentheses).join(" ");
    if (node.some) return node.some.map((part) => textOf(part, text)).join(" OR ");
    return text.slice(node.start, node.end);
  };
  const identity = (node) => JSON.stringify(node, (key, value) =>
    key === "start" || key === "end" ? undefined : value);
  const toggle = (text, term) => {
    const node = parse(text), wanted = identity(parse(term));
    const parts = node.all ?? node.some ?? [node];
    const rest = parts.filter((part) => identity(part) !== wanted);
    if (rest.length === parts.length) {
      const narrow = node.all ? textOf(node, text) : textOf({ all: [node] }, text);
      return { chosen: false, text: `${narrow} ${term}`.trim() };
    }
    const wider = rest.length === 1 ? rest[0] : node.some ? { some: rest } : { all: rest };
    return { chosen: true, text: textOf(wider, text) };
  };
  return { find, toggle, foldName, bounds };
};
