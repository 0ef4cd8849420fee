// What happened with one contact: answers of get_contact_timeline.

const COLOURS = { event: "c1", note: "c2", email: "c3", conversation: "c4", change: "c6" };
const hidden = new Set();
let shown;

const clock = (at, options) =>
  new Intl.DateTimeFormat(host.context.locale ?? "en", { timeZone: host.context.timeZone ?? "UTC", ...options }).format(new Date(at));

function draw() {
  const entries = shown.entries ?? [];
  const types = [...new Set(entries.map((entry) => entry.type))];
  const main = document.getElementById("view");
  const list = make("ol", { class: "days" });
  let day;
  let within;
  for (const entry of entries.filter((each) => !hidden.has(each.type))) {
    const date = clock(entry.at, { weekday: "long", year: "numeric", month: "long", day: "numeric" });
    if (date !== day) {
      day = date;
      within = make("ol", { class: "entries" });
      list.append(make("li", {}, make("h2", {}, date), within));
    }
    within.append(item(entry));
  }
  const head = make("div", { class: "head" }, make("h1", {}, "Timeline"), chips(types, entries));
  main.replaceChildren(head, entries.length ? list : make("p", { class: "quiet" }, "Nothing happened in this time."));
  main.append(make("p", { class: "quiet" }, foot(entries)));
}

function item(entry) {
  const where = path(entry.url);
  const title = entry.page_title && !where?.endsWith(`/${entry.page_title}`) ? entry.page_title : undefined;
  const more = [title, where, entry.type === "event" ? undefined : entry.source].filter(Boolean);
  return make(
    "li",
    { class: "entry", "data-type": entry.type },
    make("i", { class: COLOURS[entry.type] ?? "c5", "aria-hidden": "true" }),
    make("time", { datetime: entry.at }, clock(entry.at, { hour: "2-digit", minute: "2-digit", hour12: false })),
    make("div", { class: "what" }, heading(entry), ...(more.length ? [make("span", { class: "more" }, more.join(" · "))] : [])),
  );
}

const heading = (entry) => (entry.type === "event" ? words(entry.title ?? "event") : `${words(entry.type)}: ${entry.title ?? ""}`);

function path(url) {
  try {
    return url && new URL(url).pathname;
  } catch {
    return url;
  }
}

function chips(types, entries) {
  const group = make("div", { class: "tools", role: "group", "aria-label": "Kinds shown" });
  for (const type of types) {
    const count = entries.filter((entry) => entry.type === type).length;
    const chip = make("button", { class: "chip", type: "button", "aria-pressed": !hidden.has(type), "data-type": type }, `${words(type)} ${count}`);
    chip.addEventListener("click", () => {
      hidden.has(type) ? hidden.delete(type) : hidden.add(type);
      draw();
      document.querySelector(`.chip[data-type="${CSS.escape(type)}"]`).focus();
    });
    group.append(chip);
  }
  return group;
}

function foot(entries) {
  const zone = host.context.timeZone ?? "UTC";
  const total = shown.total ?? entries.length;
  return `${numeral(entries.length)} of ${numeral(total)} entries${shown.truncated ? ", newest first; ask for more" : ""} · times in ${zone}`;
}

host.connect({
  show(answer) {
    shown = answer;
    draw();
  },
  themed() {
    if (shown) {
      draw();
    }
  },
});
