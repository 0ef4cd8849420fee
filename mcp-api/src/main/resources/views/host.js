"use strict";
// The host's side of MCP Apps (io.modelcontextprotocol/ui, revision 2026-01-26): JSON-RPC over postMessage.

const host = (() => {
  const PROTOCOL = "2026-01-26";
  const root = document.documentElement;
  const context = {};
  let view;

  // The parent's origin is unknown to a sandboxed page; what is sent holds no secrets.
  const send = (message) => parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
  const notify = (method, params = {}) => send({ method, params });

  function take(changed) {
    Object.assign(context, changed);
    const dark = context.theme ? context.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "dark" : "light";
    for (const [name, value] of Object.entries(context.styles?.variables ?? {})) {
      if (name.startsWith("--") && value) {
        root.style.setProperty(name, value);
      }
    }
    view.themed?.();
  }

  function answered(result) {
    if (result.isError) {
      tell(text(result) || "The tool reported an error.");
      return;
    }
    try {
      view.show(result.structuredContent ?? JSON.parse(text(result)));
    } catch {
      tell("This answer cannot be drawn.");
    }
    document.getElementById("view").removeAttribute("aria-busy");
  }

  const text = (result) => (result.content ?? []).find((part) => part.type === "text")?.text ?? "";

  function tell(message) {
    const main = document.getElementById("view");
    main.removeAttribute("aria-busy");
    main.replaceChildren(make("p", { class: "quiet", role: "status" }, message));
  }

  const heard = {
    "ui/notifications/tool-result": answered,
    "ui/notifications/tool-cancelled": () => tell("The call was cancelled."),
    "ui/notifications/host-context-changed": take,
  };

  function listen(event) {
    const message = event.data;
    if (event.source !== parent || message?.jsonrpc !== "2.0") {
      return;
    }
    if (message.method === undefined) {
      if (message.id === 1 && message.result) {
        take(message.result.hostContext ?? {});
        notify("ui/notifications/initialized");
        new ResizeObserver(resized).observe(document.body);
      }
    } else if (message.id === undefined) {
      heard[message.method]?.(message.params ?? {});
    } else if (message.method === "ui/resource-teardown" || message.method === "ping") {
      send({ id: message.id, result: {} });
    } else {
      send({ id: message.id, error: { code: -32601, message: "There is no such method." } });
    }
  }

  function resized() {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    notify("ui/notifications/size-changed", { width: Math.ceil(root.clientWidth), height });
    view.resized?.();
  }

  return {
    context,
    connect(shown) {
      view = shown;
      addEventListener("message", listen);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => take({}));
      take({});
      send({
        id: 1,
        method: "ui/initialize",
        params: {
          protocolVersion: PROTOCOL,
          appInfo: { name: "pathbound", version: "1" },
          appCapabilities: { availableDisplayModes: ["inline", "fullscreen"] },
        },
      });
    },
  };
})();

/** An element; text goes in as text, never as markup. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children);
  return element;
}

/** A name of the data in words: `unique_contacts` is "unique contacts". */
const words = (name) => name.replaceAll("_", " ").replaceAll(".", " ");

function numeral(value) {
  if (typeof value !== "number") {
    return value === null || value === undefined ? "–" : String(value);
  }
  return value.toLocaleString(host.context.locale, { maximumFractionDigits: 2 });
}

/** Buttons of which one is chosen; arrow keys move between them. */
function tabs(label, names, chosen, choose) {
  const list = make("div", { class: "tabs", role: "tablist", "aria-label": label });
  const buttons = names.map((name) => {
    const on = name === chosen;
    const button = make("button", { role: "tab", type: "button", "aria-selected": on, tabindex: on ? 0 : -1 }, name);
    button.addEventListener("click", () => choose(name));
    return button;
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(names[(names.indexOf(chosen) + step + names.length) % names.length]);
      document.querySelector('[role="tab"][aria-selected="true"]').focus();
    }
  });
  list.append(...buttons);
  return list;
}
