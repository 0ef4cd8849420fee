// A host as clients have one: the extension's own bridge around a sandboxed frame.
import { AppBridge, PostMessageTransport } from "@modelcontextprotocol/ext-apps/app-bridge";

let bridge;
window.seen = { initialized: false, sizes: [], violations: [] };

/** Shows a page and gives it the result of a call. */
window.open_ = async (html, args, result, context) => {
  window.seen = { initialized: false, sizes: [], app: undefined };
  await bridge?.close();
  document.body.replaceChildren();
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.title = "view";
  document.body.append(frame);
  bridge = new AppBridge(null, { name: "check", version: "1" }, {}, { hostContext: context });
  const ready = new Promise((resolve) => {
    bridge.oninitialized = resolve;
  });
  bridge.onsizechange = ({ height }) => {
    window.seen.sizes.push(height);
    frame.style.height = `${height}px`;
  };
  await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  frame.srcdoc = html;
  await ready;
  window.seen.initialized = true;
  window.seen.app = bridge.getAppVersion();
  await bridge.sendToolInput({ arguments: args });
  await bridge.sendToolResult(result);
};
window.context = (context) => bridge.setHostContext(context);
window.teardown = () => bridge.teardownResource({});
window.cancel = () => bridge.sendToolCancelled({ reason: "user action" });
