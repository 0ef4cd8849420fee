// Opens each view in Chromium, checks what stands there, and takes its picture.
//   node check.mjs <input.json> <pictures directory> <chromium>
// input.json: {pages: {numbers, timeline}, calls: {groups, series, split, timeline: {arguments, result}}}
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import puppeteer from "puppeteer-core";

const [input, pictures, chromium] = process.argv.slice(2);
const { pages, calls } = JSON.parse(readFileSync(input, "utf8"));
mkdirSync(pictures, { recursive: true });

const WIDTH = 720;
const BYTES_MAX = 150 * 1024;
const LIGHT = { theme: "light", locale: "en-GB", timeZone: "Europe/Madrid" };

const bundle = await build({
  entryPoints: [new URL("host.mjs", import.meta.url).pathname],
  bundle: true,
  format: "iife",
  write: false,
  nodePaths: [new URL("node_modules", `file://${process.cwd()}/`).pathname],
});
const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--hide-scrollbars", "--force-color-profile=srgb"],
});
const page = await browser.newPage();
await page.setViewport({ width: WIDTH, height: 900 });
const troubles = [];
page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
page.on("pageerror", (error) => troubles.push(String(error)));
page.on("request", (request) => {
  if (!/^(about|data|blob):/.test(request.url())) {
    troubles.push(`asked the network for ${request.url()}`);
  }
});
await page.setContent(
  "<!doctype html><style>body{margin:0}iframe{border:0;display:block;width:100%}</style><body></body>",
);
await page.addScriptTag({ content: bundle.outputFiles[0].text });

async function show(name, call, context = LIGHT) {
  await page.evaluate(
    (html, args, result, given) => window.open_(html, args, result, given),
    pages[name],
    call.arguments,
    call.result,
    context,
  );
  const frame = await (await page.$("iframe")).contentFrame();
  await frame.waitForSelector("#view:not([aria-busy])");
  return frame;
}

const count = (frame, selector) => frame.$$eval(selector, (found) => found.length);
const texts = (frame, selector) => frame.$$eval(selector, (found) => found.map((each) => each.textContent));
const press = async (key) => page.keyboard.press(key);

async function settled() {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Both themes, by telling the page that the host's has changed. */
async function picture(frame, name) {
  for (const theme of ["light", "dark"]) {
    await page.evaluate((context) => window.context(context), { ...LIGHT, theme });
    await frame.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, {}, theme);
    await frame.evaluate(() => document.activeElement?.blur());
    await new Promise((done) => setTimeout(done, 400));
    await settled();
    await (await page.$("iframe")).screenshot({ path: `${pictures}/${name}-${theme}.png` });
  }
  const back = await frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.notEqual(back, "rgb(255, 255, 255)", "dark has a dark ground");
}

const checks = {
  async "pages are small and keep to themselves"() {
    for (const [name, html] of Object.entries(pages)) {
      assert.ok(html.length < BYTES_MAX, `${name} has ${html.length} bytes`);
      assert.match(html, /default-src 'none'/);
      assert.doesNotMatch(html, /<script[^>]* src=|<link /);
    }
  },

  async "groups show as bars with their names and numbers"() {
    const { structuredContent: answer } = calls.groups.result;
    const frame = await show("numbers", calls.groups);
    const rest = answer.other ? 1 : 0;
    assert.equal(await count(frame, ".bars .bar"), answer.groups.length + rest);
    const names = await texts(frame, ".bars th");
    const key = answer.group_by[0];
    assert.equal(names[0], String(answer.groups[0].key[key] ?? "none"));
    const widths = await frame.$$eval(".bars .bar", (bars) => bars.map((bar) => parseFloat(bar.style.width)));
    assert.equal(widths[0], 100);
    const numbers = await texts(frame, ".bars .number");
    assert.equal(numbers[0].replace(/\D/g, ""), String(answer.groups[0].count));
    const sizes = await page.evaluate(() => window.seen);
    assert.equal(sizes.app.name, "pathbound");
    assert.ok(sizes.sizes.at(-1) > 100, "the host knows the height");
    await picture(frame, "groups");
  },

  async "the keyboard alone reaches the table"() {
    const { structuredContent: answer } = calls.groups.result;
    const frame = await show("numbers", calls.groups);
    await frame.focus('[role="tab"][aria-selected="true"]');
    await press("ArrowRight");
    assert.deepEqual(await texts(frame, '[role="tab"][aria-selected="true"]'), ["Table"]);
    assert.equal(await frame.evaluate(() => document.activeElement.textContent), "Table");
    assert.equal(await count(frame, ".table tbody tr"), answer.groups.length + (answer.other ? 1 : 0));
    assert.ok((await texts(frame, ".table thead th")).includes("count"));
    await press("ArrowRight");
    assert.ok((await count(frame, ".bars .bar")) > 0, "the tabs go round");
  },

  async "statistics show their totals and a line that reads by keyboard"() {
    const { stats } = calls.series.result.structuredContent;
    const frame = await show("numbers", calls.series);
    assert.equal(await count(frame, ".tiles li"), Object.values(stats).filter((n) => typeof n === "number").length);
    assert.equal(await count(frame, ".plot canvas"), 1);
    assert.match(await frame.$eval(".plot", (plot) => plot.getAttribute("aria-label")), /points/);
    const inked = await frame.$eval("canvas", (canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value, i) => i % 4 === 3 && value > 0);
    });
    assert.ok(inked, "something is drawn");
    await frame.focus(".plot");
    await press("Home");
    const first = stats.series[0];
    await frame.waitForFunction(
      (day) => document.querySelector(".readout").textContent.startsWith(day),
      {},
      first.bucket.slice(0, 10),
    );
    assert.match(await frame.$eval(".readout", (p) => p.textContent), new RegExp(`: ${first.count}$`));
    await press("ArrowRight");
    await frame.waitForFunction(
      (day) => document.querySelector(".readout").textContent.startsWith(day),
      {},
      stats.series[1].bucket.slice(0, 10),
    );
    await picture(frame, "series");
    await frame.evaluate(() => [...document.querySelectorAll('[role="tab"]')].find((tab) => tab.textContent === "By type").click());
    assert.equal(await count(frame, ".bars .bar"), stats.by_type.length);
  },

  async "a series of several groups has a line each and a legend"() {
    const frame = await show("numbers", calls.split);
    const names = new Set(calls.split.result.structuredContent.groups.map((group) => Object.values(group.key)[0]));
    assert.equal(await count(frame, ".legend li"), Math.min(6, names.size));
  },

  async "a timeline shows each entry, by day, and hides a kind on demand"() {
    const { entries } = calls.timeline.result.structuredContent;
    const frame = await show("timeline", calls.timeline);
    assert.equal(await count(frame, ".entry"), entries.length);
    assert.ok((await count(frame, "h2")) > 0);
    await picture(frame, "timeline");
    const type = entries[0].type;
    await frame.focus(`.chip[data-type="${type}"]`);
    await press("Space");
    assert.equal(await count(frame, ".entry"), entries.filter((entry) => entry.type !== type).length);
    assert.equal(await frame.evaluate(() => document.activeElement.getAttribute("aria-pressed")), "false");
    await press("Space");
    assert.equal(await count(frame, ".entry"), entries.length);
  },

  async "what tenants wrote is text, never markup"() {
    const title = "<img src=x onerror=parent.hurt=1>";
    const entry = { type: "note", at: "2026-06-11T10:00:00Z", source: title, id: "n", title };
    const frame = await show("timeline", { arguments: {}, result: { content: [], structuredContent: { entries: [entry] } } });
    assert.equal(await count(frame, "img"), 0);
    assert.match(await frame.$eval(".entry", (item) => item.textContent), /<img/);
  },

  async "an error, a cancelled call and nothing at all are said in words"() {
    const failed = { isError: true, content: [{ type: "text", text: "No such contact." }] };
    const frame = await show("timeline", { arguments: {}, result: failed });
    assert.equal(await frame.$eval("#view", (main) => main.textContent), "No such contact.");
    await page.evaluate(() => window.cancel());
    await frame.waitForFunction(() => /cancelled/.test(document.body.textContent));
    const empty = { content: [{ type: "text", text: '{"entity":"events","group_by":["event"],"groups":[],"total":0}' }] };
    const none = await show("numbers", { arguments: {}, result: empty });
    assert.match(await none.$eval("#view", (main) => main.textContent), /nothing to count/);
  },

  async "nothing moves for those who want no motion"() {
    const motion = (value) => page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value }]);
    const moving = async () => {
      const frame = await show("numbers", calls.groups);
      return frame.$eval(".bar", (bar) => getComputedStyle(bar).transitionDuration);
    };
    await motion("no-preference");
    assert.equal(await moving(), "0.25s");
    await motion("reduce");
    assert.equal(await moving(), "0s");
    await motion("no-preference");
  },

  async "without a theme the view follows the system, and it ends when told"() {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    const frame = await show("timeline", calls.timeline, {});
    assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), "dark");
    await page.evaluate(() => window.teardown());
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    assert.deepEqual(troubles.splice(0), [], "the browser complains about nothing");
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
await browser.close();
process.exitCode = failed === 0 ? 0 : 1;
