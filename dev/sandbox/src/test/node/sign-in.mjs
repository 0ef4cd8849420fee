// usage: node sign-in.mjs <mcp url> <chromium>
// Signs in as users do and calls tools with what comes of it. Prints a line for each step that
// holds; ends with status 1 at the first that does not.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client as V1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1Http } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client as V2, StreamableHTTPClientTransport as V2Http } from '@modelcontextprotocol/client';
import { openBrowser, signIn } from './browser.mjs';
import { Provider } from './provider.mjs';

const [url, chromium] = process.argv.slice(2);
const PATIENCE_SECONDS = 120;
const ada = { email: 'ada@acme.test', password: 'ada-demo' };
const bob = { email: 'bob@acme.test', password: 'bob-demo' };
const gus = { email: 'gus@globex.test', password: 'gus-demo' };
const v1 = () => new V1({ name: 'check', version: '1' });
const modern = () => new V2({ name: 'check', version: '1' },
  { versionNegotiation: { mode: { pin: '2026-07-28' } } });

// Connects without tokens, follows the way the server names, and connects again.
async function connected(browser, provider, user, make, Http, finish) {
  const first = new Http(new URL(url), { authProvider: provider });
  await assert.rejects(make().connect(first), /[Uu]nauthorized/);
  assert.equal(provider.asked.searchParams.get('resource'), url);
  const { consent } = await signIn(browser, provider.asked.href, user);
  const answer = await provider.answer();
  assert.equal(answer.get('state'), provider.lastState);
  assert.equal(answer.get('iss'), provider.asked.origin);
  await finish(first, answer);
  const client = make();
  await client.connect(new Http(new URL(url), { authProvider: provider }));
  return { client, consent };
}

async function names(client) {
  return (await client.listTools()).tools.map(tool => tool.name);
}

async function registeredClientReadsAndWrites(browser) {
  const provider = await Provider.listen();
  const { client, consent } = await connected(browser, provider, ada, v1, V1Http,
    (transport, answer) => transport.finishAuth(answer.get('code')));
  assert.match(consent, /Sign-in check/);
  assert.match(consent, /Create, change and delete contacts/);
  assert.equal((await names(client)).length, 26);
  const email = `signed-in-${Date.now()}@new.test`;
  const created = await client.callTool({ name: 'create_contact', arguments: { email } });
  assert.ok(!created.isError, JSON.stringify(created));
  const read = await client.callTool({
    name: 'get_contact',
    arguments: { contact_id: created.structuredContent.contact.contact_id },
  });
  assert.equal(read.structuredContent.contact.properties.email, email);
  await client.close();

  // An access token that is no longer good: the client refreshes without the user.
  const before = provider.tokens();
  provider.saveTokens({ ...before, access_token: 'expired' });
  provider.asked = undefined;
  const again = v1();
  await again.connect(new V1Http(new URL(url), { authProvider: provider }));
  assert.equal((await names(again)).length, 26);
  assert.equal(provider.asked, undefined);
  assert.notEqual(provider.tokens().refresh_token, before.refresh_token);
  await again.close();
  provider.close();
}

async function selfDescribedClientOfAReaderSeesNoWrites(browser) {
  const provider = await Provider.listen({ describesItself: true });
  const { client, consent } = await connected(browser, provider, bob, modern, V2Http,
    (transport, answer) => transport.finishAuth(answer));
  assert.match(consent, /client\.json/);
  assert.doesNotMatch(consent, /Create, change and delete/);
  const tools = await names(client);
  assert.ok(tools.includes('list_contacts'));
  assert.deepEqual(tools.filter(name => /^(create|update|delete)_/.test(name)), []);
  const types = await client.callTool({ name: 'get_event_types', arguments: {} });
  assert.ok(types.structuredContent.event_types.length > 0);
  await client.close();
  provider.close();
}

async function whoDeniesIsNotConnected(browser) {
  const provider = await Provider.listen();
  const transport = new V2Http(new URL(url), { authProvider: provider });
  await assert.rejects(modern().connect(transport), /[Uu]nauthorized/);
  await signIn(browser, provider.asked.href, ada, 'deny');
  const answer = await provider.answer();
  assert.equal(answer.get('error'), 'access_denied');
  assert.equal(answer.get('code'), null);
  await assert.rejects(transport.finishAuth(answer));
  provider.close();
}

// mcp-remote, with which clients that know no HTTP connect. Its own small client lists the tools.
async function mcpRemoteLists(browser) {
  const config = await mkdtemp(join(tmpdir(), 'mcp-remote-'));
  const remote = spawn(process.execPath,
    [new URL('node_modules/mcp-remote/dist/client.js', import.meta.url).pathname, url,
      '--auth-timeout', String(PATIENCE_SECONDS)],
    // No browser of its own: the address it prints is opened here.
    { env: { ...process.env, MCP_REMOTE_CONFIG_DIR: config, BROWSER: 'true', PATH: '' } });
  const said = [];
  let signedIn;
  const over = setTimeout(() => remote.kill(), 2 * PATIENCE_SECONDS * 1000);
  const listen = stream => createInterface({ input: stream }).on('line', line => {
    said.push(line);
    const address = /https?:\S+\/oauth2\/authorize\S+/.exec(line);
    signedIn ??= address ? signIn(browser, address[0], gus) : undefined;
    if (/list_contacts/.test(said.join('\n')) && /batch_get_details/.test(said.join('\n'))) {
      remote.kill();
    }
  });
  listen(remote.stdout);
  listen(remote.stderr);
  await new Promise(resolve => remote.on('close', resolve));
  clearTimeout(over);
  await signedIn;
  await rm(config, { recursive: true, force: true });
  assert.match(said.join('\n'), /list_contacts[\s\S]*batch_get_details/, said.join('\n'));
}

const browser = await openBrowser(chromium);
try {
  for (const step of [registeredClientReadsAndWrites, selfDescribedClientOfAReaderSeesNoWrites,
    whoDeniesIsNotConnected, mcpRemoteLists]) {
    await step(browser);
    console.log(`ok ${step.name}`);
  }
} catch (failure) {
  console.log(`FAILED ${failure.stack}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
