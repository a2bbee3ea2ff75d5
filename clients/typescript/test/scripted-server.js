import { once } from 'node:events';
import { createServer } from 'node:http';

/** An HTTP server whose answers the test gives, request by request. */
export class ScriptedServer {
  #asked = [];
  #waiting = [];
  #server = createServer((request, response) => {
    const one = new Asked(request, response);
    const waiting = this.#waiting.shift();
    if (waiting) {
      waiting(one);
    } else {
      this.#asked.push(one);
    }
  });

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** The next request. */
  async next() {
    return this.#asked.shift() ?? (await new Promise((resolve) => this.#waiting.push(resolve)));
  }

  get hasMore() {
    return this.#asked.length > 0;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A request that waits for its answer. */
class Asked {
  #response;

  constructor(request, response) {
    this.request = request;
    this.#response = response;
    this.gone = once(response, 'close');
  }

  get query() {
    return decodeURIComponent(this.request.url.split('?')[1]);
  }

  header(name) {
    return this.request.headers[name.toLowerCase()];
  }

  /** Begins an answer that has no end yet. */
  open() {
    this.#response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    return this.send('retry: 1\n\n');
  }

  send(text) {
    this.#response.write(text);
    return this;
  }

  frame(event, sequence, ...changes) {
    return this.send(`id: ${sequence}\nevent: ${event}\ndata: ${JSON.stringify({ sequence, changes })}\n\n`);
  }

  end() {
    this.#response.end();
  }

  cut() {
    this.#response.destroy();
  }

  answer(status, headers = {}, body = {}) {
    this.#response.writeHead(status, { 'Content-Type': 'application/problem+json', ...headers });
    this.#response.end(status === 204 ? undefined : JSON.stringify(body));
  }
}
