// The client's side of OAuth for the official TypeScript clients: keeps everything in memory, and
// listens for the answer that the browser brings back.
import http from 'node:http';

export class Provider {
  #answers = [];
  #waiting = [];
  #client;
  #tokens;
  #verifier;
  #server;

  // With `describesItself`, the client is known by the address of its document; else it registers.
  static async listen({ describesItself = false } = {}) {
    const provider = new Provider();
    provider.#server = http.createServer((request, response) => provider.#serve(request, response));
    await new Promise(resolve => provider.#server.listen(0, '127.0.0.1', resolve));
    provider.origin = `http://127.0.0.1:${provider.#server.address().port}`;
    if (describesItself) {
      provider.#client = { client_id: `${provider.origin}/client.json` };
    }
    return provider;
  }

  #serve(request, response) {
    const address = new URL(request.url, this.origin);
    if (address.pathname === '/client.json') {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ client_id: `${this.origin}/client.json`, ...this.clientMetadata }));
    } else if (address.pathname === '/callback') {
      response.end('done');
      (this.#waiting.shift() ?? (answer => this.#answers.push(answer)))(address.searchParams);
    } else {
      response.statusCode = 404;
      response.end();
    }
  }

  // What the browser was sent to the callback with.
  answer() {
    return this.#answers.length > 0
      ? Promise.resolve(this.#answers.shift())
      : new Promise(resolve => this.#waiting.push(resolve));
  }

  get redirectUrl() {
    return `${this.origin}/callback`;
  }

  get clientMetadata() {
    return {
      client_name: 'Sign-in check',
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    };
  }

  clientInformation() {
    return this.#client;
  }

  saveClientInformation(client) {
    this.#client = client;
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(tokens) {
    this.#tokens = tokens;
  }

  redirectToAuthorization(address) {
    this.asked = address;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  codeVerifier() {
    return this.#verifier;
  }

  state() {
    this.lastState = crypto.randomUUID();
    return this.lastState;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
