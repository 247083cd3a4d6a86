// Filters, sorts, searches and loads findings. Data comes from this page alone.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("script");
  const $ = (id) => document.getElementById(id);
  const THEMES = ["auto", "light", "dark"];
  let theme = 0;
  $("theme").addEventListener("click", () => {
    theme = (theme + 1) % THEMES.length;
    const name = THEMES[theme];
    if (name === "auto") delete root.dataset.theme; else root.dataset.theme = name;
    $("theme").textContent = `Theme: ${name}`;
  });

  // Texts side by side scroll together, by the part of each that was passed.
  let leader = null;
  document.addEventListener("scroll", (event) => {
    const pane = event.target;
    if (!(pane instanceof HTMLElement) || !pane.closest(".synced") || (leader && leader !== pane)) return;
    leader = pane;
    const part = pane.scrollTop / Math.max(1, pane.scrollHeight - pane.clientHeight);
    for (const other of pane.closest(".synced").querySelectorAll("blockquote")) {
      if (other !== pane) other.scrollTop = part * (other.scrollHeight - other.clientHeight);
    }
    requestAnimationFrame(() => requestAnimationFrame(() => { leader = null; }));
  }, true);

  const list = $("list");
  if (!list) return;

  const SEVERITIES = ["error", "warning", "info"];
  const STEP = Number($("index").dataset.step);
  const index = JSON.parse($("index").textContent)
    .map(([anchor, code, severity, rule, sources, words, headline, status], place) =>
      ({ anchor, code, severity, rule, sources, words, headline, status, place, text: null }));
  const byAnchor = new Map(index.map((entry) => [entry.anchor, entry]));
  const articles = new Map([...list.children].map((article) => [article.id, article]));
  const parcels = new Map();
  const fields = Object.fromEntries(["search", "kind", "severity", "rule", "baseline", "source", "words", "sort"].map((id) => [id, $(id)]));
  let shown = [];
  let count = 0;
  let run = 0;

  // A parcel holds STEP findings: raw deflate in Base64.
  const unpack = (number) => {
    if (!parcels.has(number)) {
      parcels.set(number, (async () => {
        const element = document.getElementsByClassName("parcel")[number];
        const bytes = Uint8Array.from(atob(element.textContent), (c) => c.charCodeAt(0));
        const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
        return JSON.parse(await new Response(stream).text());
      })());
    }
    return parcels.get(number);
  };
  const load = async (entry) => (await unpack(Math.floor(entry.place / STEP)))[entry.place % STEP];

  const article = async (entry) => {
    if (!articles.has(entry.anchor)) {
      const template = document.createElement("template");
      template.innerHTML = (await load(entry)).html;
      articles.set(entry.anchor, template.content.firstElementChild);
    }
    return articles.get(entry.anchor);
  };

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const searched = async (entry) => {
    if (entry.text === null) {
      const { finding } = await load(entry);
      const of = finding.members.flatMap((member) => [member.path, member.quote, member.reading ? member.reading.text : ""]);
      entry.text = fold([finding.code, finding.rule, finding.message, ...entry.sources, ...of].join("\n"));
    }
    return entry.text;
  };

  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const ORDERS = {
    "": (a, b) => a.place - b.place,
    words: (a, b) => b.words - a.words,
    source: (a, b) => compare(a.sources[0], b.sources[0]),
    rule: (a, b) => compare(a.rule, b.rule),
    place: (a, b) => compare(a.at, b.at),
  };

  const filter = async () => {
    const own = ++run;
    const wanted = fold(fields.search.value).split(/\s+/).filter(Boolean);
    const source = fold(fields.source.value.trim());
    const least = Number(fields.words.value) || 0;
    let entries = index.filter((entry) =>
      (!fields.severity.value || SEVERITIES[entry.severity] === fields.severity.value) &&
      (!fields.rule.value || entry.rule === fields.rule.value) &&
      (!fields.baseline.value || entry.status === fields.baseline.value) &&
      (!source || entry.sources.some((one) => fold(one).includes(source))) &&
      entry.words >= least);
    if (wanted.length) {
      $("status").textContent = "Searching…";
      const texts = await Promise.all(entries.map(searched));
      entries = entries.filter((_, place) => wanted.every((word) => texts[place].includes(word)));
    }
    const counts = new Map();
    for (const { code } of entries) counts.set(code, (counts.get(code) ?? 0) + 1);
    entries = entries.filter((entry) => !fields.kind.value || entry.code === fields.kind.value);
    if (fields.sort.value === "place") {
      for (const entry of entries) {
        const { start, path } = (await load(entry)).finding.members[0];
        entry.at = `${path}\n${String(start.byte).padStart(15, "0")}`;
      }
    }
    if (own !== run) return;
    shown = entries.sort((a, b) => ORDERS[fields.sort.value](a, b) || a.place - b.place);
    for (const chip of document.querySelectorAll(".chip")) {
      chip.setAttribute("aria-pressed", String(chip.dataset.kind === fields.kind.value));
      chip.querySelector(".count").textContent = counts.get(chip.dataset.kind) ?? 0;
    }
    await draw(STEP, own);
  };

  const draw = async (wanted, own = run) => {
    const part = await Promise.all(shown.slice(0, wanted).map(article));
    if (own !== run) return;
    count = part.length;
    list.replaceChildren(...part);
    tell();
    if (!$("text").hidden) await plain();
  };

  const tell = () => {
    const of = shown.length === index.length ? `${index.length}` : `${shown.length} of ${index.length}`;
    const noun = index.length === 1 ? "finding" : "findings";
    $("status").textContent = shown.length ? `${of} ${noun}` : `No finding of ${index.length} meets the filters.`;
    $("end").hidden = count >= shown.length || !$("text").hidden;
    $("more").textContent = `Show more (${shown.length - count} left)`;
  };

  let isGrowing = false;
  const grow = async () => {
    if (isGrowing || count >= shown.length) return;
    isGrowing = true;
    const own = run;
    const next = await Promise.all(shown.slice(count, count + STEP).map(article));
    if (own === run) {
      list.append(...next);
      count += next.length;
      tell();
    }
    isGrowing = false;
  };

  // Plain text of what is shown, to be copied into a mail.
  const plain = async () => {
    const own = run;
    const blocks = [];
    for (const entry of shown) {
      const { finding } = await load(entry);
      const places = finding.members.map((member) => {
        const read = member.reading ? `  (read as ${member.reading.text})` : "";
        return `  ${member.path}:${member.start.line}:${member.start.column}${read}\n    ${member.quote.replace(/\s+/g, " ").slice(0, 600)}`;
      });
      blocks.push(`${finding.severity}[${finding.code}] ${finding.message}\n${places.join("\n")}`);
    }
    if (own === run) $("text").textContent = blocks.join("\n\n");
  };

  const save = (name, type, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const COLUMNS = ["finding", "code", "severity", "rule", "message", "role", "path", "line", "column", "end_line", "end_column", "source", "published", "reading", "quote", "fingerprint"];
  const cell = (value) => {
    const text = String(value ?? "");
    // A spreadsheet would take these for formulas.
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const loaded = async () => Promise.all(shown.map(load));
  $("csv").addEventListener("click", async () => {
    const rows = (await loaded()).flatMap(({ finding, origins }, number) => finding.members.map((member, place) => [
      number + 1, finding.code, finding.severity, finding.rule, finding.message, member.role, member.path,
      member.start.line, member.start.column, member.end.line, member.end.column,
      ...origins[place], member.reading ? member.reading.text : "", member.quote, finding.fingerprint]));
    save("findings.csv", "text/csv", [COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n");
  });
  $("json").addEventListener("click", async () =>
    save("findings.json", "application/json", JSON.stringify((await loaded()).map(({ finding }) => finding), null, 2) + "\n"));
  $("plain").addEventListener("click", async () => {
    const isPlain = $("text").hidden;
    $("text").hidden = !isPlain;
    list.hidden = isPlain;
    $("plain").setAttribute("aria-pressed", String(isPlain));
    if (isPlain) await plain();
    tell();
  });

  let waiting;
  const form = document.querySelector(".filters");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  form.addEventListener("reset", () => setTimeout(filter));
  for (const chip of document.querySelectorAll(".chip")) {
    chip.addEventListener("click", () => {
      fields.kind.value = fields.kind.value === chip.dataset.kind ? "" : chip.dataset.kind;
      filter();
    });
  }
  $("more").addEventListener("click", grow);
  new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) grow(); }, { rootMargin: "800px" }).observe($("end"));

  // A link may lead to a finding that is not in the page yet, or is filtered out.
  const go = async (anchor) => {
    const entry = byAnchor.get(anchor);
    if (!entry) return;
    if (!shown.includes(entry)) {
      for (const field of Object.values(fields)) field.value = "";
      await filter();
    }
    if (!$("text").hidden) $("plain").click();
    const place = shown.indexOf(entry);
    if (place >= count) await draw(Math.ceil((place + 1) / STEP) * STEP);
    focus(entry);
  };
  const focus = (entry) => {
    const target = articles.get(entry.anchor);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  };
  const hash = () => location.hash.slice(1);
  addEventListener("hashchange", () => go(hash()));
  document.addEventListener("click", async (event) => {
    if (!(event.target instanceof Element)) return;
    const copy = event.target.closest(".copy-link");
    const part = event.target.closest("[data-go]");
    if (part) location.hash = part.dataset.go;
    if (!copy) return;
    location.hash = copy.dataset.anchor;
    try {
      await navigator.clipboard.writeText(location.href);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "In the address bar";
    }
    setTimeout(() => { copy.textContent = "Copy link"; }, 2000);
  });

  const current = () => shown.findIndex((entry) => articles.get(entry.anchor)?.contains(document.activeElement));
  const step = async (by, isWanted = () => true) => {
    const from = current();
    let place = from < 0 ? (by > 0 ? 0 : -1) : from + by;
    while (place >= 0 && place < shown.length && from >= 0 && !isWanted(shown[place], shown[from], place)) place += by;
    if (place < 0 || place >= shown.length) return;
    if (place >= count) await draw(Math.ceil((place + 1) / STEP) * STEP);
    focus(shown[place]);
  };
  const isOtherKind = (entry, from) => entry.code !== from.code;
  const isFirstOfOther = (entry, from, place) => isOtherKind(entry, from) && shown[place - 1]?.code !== entry.code;
  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    n: () => step(1, isOtherKind),
    p: () => step(-1, isFirstOfOther),
    "/": () => fields.search.focus(),
    "?": () => $("help").showModal(),
  };
  $("help-open").addEventListener("click", () => $("help").showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  shown = index.slice();
  count = articles.size;
  tell();
  performance.mark("usable");
  // What follows the script is only there when the page is read to its end.
  if (hash()) addEventListener("DOMContentLoaded", () => go(hash()));
})();
