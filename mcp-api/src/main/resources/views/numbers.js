// Groups, counts and series: answers of aggregate_data and get_event_stats.

const BARS_MAX = 40;
const LINES_MAX = 6;
const HEIGHT = 240;
const HINT = "Point at the line, or use the arrow keys, to read it.";
const state = { answer: undefined, panel: undefined, form: undefined, metric: undefined };
let plot;

/** What an answer has to show: panels of rows, each row with its key and its numbers. */
function panels(answer) {
  return answer.stats ? statPanels(answer.stats) : [groupPanel(answer)];
}

function statPanels(stats) {
  const found = [];
  if (stats.series) {
    found.push({
      name: "Over time",
      keys: ["bucket"],
      metrics: ["count"],
      rows: stats.series.map((item) => ({ key: { bucket: item.bucket }, count: item.count })),
    });
  }
  const counted = (name, key, items) => ({
    name,
    keys: [key],
    metrics: ["count"],
    rows: (items ?? []).map((item) => ({ key: { [key]: item[key] }, count: item.count })),
  });
  found.push(counted("By type", "event", stats.by_type), counted("By page", "url", stats.top_urls));
  return found;
}

function groupPanel(answer) {
  const groups = answer.groups ?? [];
  const keys = [...(answer.group_by ?? []), ...(answer.interval ? ["bucket"] : [])];
  const metrics = Object.keys(answer.totals ?? groups[0] ?? {}).filter((name) => name !== "key");
  const rest = answer.other && { key: {}, rest: `${answer.total_groups - answer.returned} others`, ...answer.other };
  return { name: "Groups", keys, metrics, rows: groups, rest, totals: answer.totals };
}

const isSeries = (panel) => panel.keys.at(-1) === "bucket" && panel.keys.length <= 2 && panel.rows.length > 1;
const forms = (panel) => (isSeries(panel) ? ["Line", "Bars", "Table"] : ["Bars", "Table"]);

function label(panel, row) {
  if (row.rest) {
    return row.rest;
  }
  const parts = panel.keys.map((key) => (key === "bucket" ? day(row.key[key]) : keyText(key, row.key[key])));
  return parts.join(" · ") || "all";
}

function keyText(name, value) {
  if (name === "day_of_week" && value) {
    return ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][value - 1];
  }
  return value === null || value === undefined ? "none" : String(value);
}

/** A bucket as its answer writes it, without the parts that are zero. */
function day(bucket) {
  const hour = bucket.slice(11, 16);
  return hour === "00:00" ? bucket.slice(0, 10) : `${bucket.slice(0, 10)} ${hour}`;
}

/** Seconds, so that an hour the clocks repeat is two. */
const seconds = (bucket) => Date.parse(bucket) / 1000;

/** The zone of the buckets, if the browser knows it. */
function zone() {
  const timeZone = state.answer.timezone ?? state.answer.stats?.timezone ?? "UTC";
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return timeZone;
  } catch {
    return "UTC";
  }
}

function draw() {
  plot?.destroy();
  plot = undefined;
  const all = panels(state.answer);
  const panel = all.find((each) => each.name === state.panel) ?? all[0];
  const form = forms(panel).includes(state.form) ? state.form : forms(panel)[0];
  const metric = panel.metrics.includes(state.metric) ? state.metric : panel.metrics[0];
  const tools = make("div", { class: "tools" });
  if (panel.metrics.length > 1 && form !== "Table") {
    tools.append(metrics(panel, metric));
  }
  if (all.length > 1) {
    tools.append(tabs("What", all.map((each) => each.name), panel.name, (name) => change({ panel: name })));
  }
  tools.append(tabs("Form", forms(panel), form, (name) => change({ form: name })));
  const main = document.getElementById("view");
  const body = make("section", { class: "panel", "aria-label": `${panel.name}, ${form.toLowerCase()}` });
  main.replaceChildren(make("div", { class: "head" }, make("h1", {}, title(panel, metric)), tools), ...tiles(), body);
  if (panel.rows.length === 0) {
    body.append(make("p", { class: "quiet" }, "There is nothing to count."));
  } else if (form === "Line") {
    line(body, panel, metric);
  } else if (form === "Bars") {
    body.append(bars(panel, metric));
  } else {
    body.append(table(panel));
  }
  main.append(make("p", { class: "quiet" }, foot(panel)));
}

function change(what) {
  Object.assign(state, what);
  draw();
}

function title(panel, metric) {
  const by = panel.keys.map((key) => (key === "bucket" ? state.answer.interval ?? state.answer.stats?.interval : key));
  const of = state.answer.entity ?? "events";
  const what = !metric || metric === "count" ? of : `${words(metric)} of ${of}`;
  return what[0].toUpperCase() + what.slice(1) + (by.length ? ` by ${by.map(words).join(" and ")}` : "");
}

function foot(panel) {
  const parts = [];
  if (state.answer.total !== undefined) {
    parts.push(`${numeral(state.answer.total)} ${state.answer.entity ?? ""} in all`);
  }
  if (panel.rest) {
    parts.push(`${numeral(panel.rows.length)} of ${numeral(state.answer.total_groups)} groups shown`);
  }
  if (panel.keys.includes("bucket")) {
    parts.push(`times in ${state.answer.timezone ?? state.answer.stats?.timezone}`);
  }
  return parts.join(" · ");
}

function tiles() {
  const stats = state.answer.stats;
  if (!stats) {
    return [];
  }
  const names = Object.keys(stats).filter((name) => typeof stats[name] === "number");
  const items = names.map((name) => make("li", {}, make("b", {}, numeral(stats[name])), words(name)));
  return [make("ul", { class: "tiles" }, ...items)];
}

function metrics(panel, chosen) {
  const select = make("select", { "aria-label": "Number shown" });
  for (const name of panel.metrics) {
    const option = make("option", { value: name }, words(name));
    option.selected = name === chosen;
    select.append(option);
  }
  select.addEventListener("change", () => {
    change({ metric: select.value });
    document.querySelector("select").focus();
  });
  return select;
}

/** A table whose numbers have a length too, so that it reads without the picture. */
function bars(panel, metric) {
  const shown = panel.rows.slice(0, BARS_MAX);
  const rows = panel.rest ? [...shown, panel.rest] : shown;
  const most = Math.max(...shown.map((row) => Math.abs(row[metric]) || 0), 0) || 1;
  const body = make("tbody");
  for (const row of rows) {
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${Math.min(100, (100 * Math.abs(row[metric] || 0)) / most)}%`;
    const name = label(panel, row);
    body.append(
      make(
        "tr",
        { class: row.rest ? "rest" : undefined },
        make("th", { scope: "row", title: name }, name),
        make("td", { class: "fill" }, bar),
        make("td", { class: "number" }, numeral(row[metric])),
      ),
    );
  }
  const cut = panel.rows.length - shown.length;
  const caption = cut > 0 ? [make("caption", {}, `The first ${shown.length} of ${panel.rows.length}; the table has all.`)] : [];
  return make("table", { class: "bars" }, ...caption, body);
}

function table(panel) {
  const names = panel.keys.map((key) => make("th", { scope: "col" }, words(key)));
  const numbers = panel.metrics.map((name) => make("th", { scope: "col", class: "number" }, words(name)));
  const body = make("tbody");
  for (const row of panel.rest ? [...panel.rows, panel.rest] : panel.rows) {
    const keys = panel.keys.map((key, i) => {
      const text = row.rest ? (i === 0 ? row.rest : "") : key === "bucket" ? day(row.key[key]) : keyText(key, row.key[key]);
      return make(i === 0 ? "th" : "td", i === 0 ? { scope: "row" } : {}, text);
    });
    body.append(make("tr", {}, ...keys, ...panel.metrics.map((name) => make("td", { class: "number" }, numeral(row[name])))));
  }
  const head = make("thead", {}, make("tr", {}, ...names, ...numbers));
  return make("div", { class: "scroll" }, make("table", { class: "table" }, head, body));
}

/** One line for each value of the first key, the greatest ones; or one line for all. */
function lines(panel, metric) {
  const split = panel.keys.length === 2 ? panel.keys[0] : undefined;
  const byName = new Map();
  for (const row of panel.rows) {
    const name = split ? keyText(split, row.key[split]) : words(metric);
    byName.set(name, [...(byName.get(name) ?? []), row]);
  }
  const size = (rows) => rows.reduce((sum, row) => sum + (row[metric] || 0), 0);
  const named = [...byName].sort((one, other) => size(other[1]) - size(one[1])).slice(0, LINES_MAX);
  const times = [...new Set(panel.rows.map((row) => seconds(row.key.bucket)))].sort((a, b) => a - b);
  const values = named.map(([, rows]) => {
    const at = new Map(rows.map((row) => [seconds(row.key.bucket), row[metric]]));
    return times.map((time) => at.get(time) ?? (metric === "count" ? 0 : null));
  });
  return { names: named.map(([name]) => name), all: byName.size, times, values };
}

function line(body, panel, metric) {
  const { names, all, times, values } = lines(panel, metric);
  if (names.length > 1) {
    const items = names.map((name, i) => make("li", {}, make("i", { class: `c${i + 1}` }), name));
    body.append(make("ul", { class: "legend" }, ...items));
    if (all > names.length) {
      body.append(make("p", { class: "quiet" }, `The ${names.length} greatest of ${all}; the table has all.`));
    }
  }
  const total = `${names.length === 1 ? "A line" : `${names.length} lines`} over ${times.length} points. `;
  const area = make("div", {
    class: "plot",
    tabindex: 0,
    role: "img",
    "aria-label": `${title(panel, metric)}. ${total}Arrow keys read the points; the table has them all.`,
  });
  const readout = make("p", { class: "quiet readout", "aria-live": "polite" }, HINT);
  body.append(area, readout);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colours = names.map((_, i) => colour(i === 0 ? "--accent" : `--accent-${i + 1}`));
  const axis = { stroke: colour("--quiet"), grid: { stroke: colour("--rule"), width: 1 }, ticks: { show: false } };
  plot = new uPlot(
    {
      width: Math.max(240, area.clientWidth),
      height: HEIGHT,
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), zone()),
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } },
      scales: { y: { range: (_, low, high) => [Math.min(0, low), high <= 0 ? 1 : high * 1.08] } },
      axes: [
        { ...axis, size: 30, grid: { show: false }, values: (_, marks) => marks.map(mark) },
        { ...axis, size: 56, values: (_, marks) => marks.map(numeral) },
      ],
      series: [{}, ...names.map((name, i) => ({ label: name, stroke: colours[i], width: 2, points: { show: times.length < 40, size: 5 } }))],
      hooks: { setCursor: [(chart) => read(readout, chart.cursor.idx, panel, names, times, values)] },
    },
    [times, ...values],
    area,
  );
  area.addEventListener("keydown", (event) => {
    const at = plot.cursor.idx ?? -1;
    const to = { ArrowRight: at + 1, ArrowLeft: at < 0 ? times.length - 1 : at - 1, Home: 0, End: times.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const index = Math.max(0, Math.min(times.length - 1, to));
      plot.setCursor({ left: plot.valToPos(times[index], "x"), top: 10 });
    }
  });
}

/** A time on the axis: the hour, or at midnight the day. */
function mark(at) {
  const time = new Date(at * 1000);
  const hour = time.toLocaleTimeString("en-GB", { timeZone: zone(), hour: "2-digit", minute: "2-digit" });
  return hour === "00:00" ? time.toLocaleDateString(host.context.locale, { timeZone: zone(), day: "numeric", month: "short" }) : hour;
}

function read(readout, index, panel, names, times, values) {
  if (index === null || index === undefined) {
    readout.textContent = HINT;
    return;
  }
  const when = panel.rows.find((row) => seconds(row.key.bucket) === times[index])?.key.bucket;
  const numbers = names.map((name, i) => `${names.length > 1 ? `${name} ` : ""}${numeral(values[i][index])}`);
  readout.textContent = `${day(when)}: ${numbers.join(", ")}`;
}

host.connect({
  show(answer) {
    state.answer = answer;
    draw();
  },
  themed() {
    if (state.answer) {
      draw();
    }
  },
  resized() {
    const area = plot?.root.parentElement;
    if (area && area.clientWidth !== plot.width && area.clientWidth > 240) {
      plot.setSize({ width: area.clientWidth, height: HEIGHT });
    }
  },
});
