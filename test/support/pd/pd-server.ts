import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Certificates } from './certificates.ts';
import type { Pd } from './pd.ts';
import { type Answer, answer, NOT_BOOTSTRAPPED } from './pd-api.ts';

/** Reasons why PD may not answer; the response for each is below. */
export type Trouble = keyof typeof TROUBLES;

const TROUBLES = {
  /** The connection is closed. */
  away: undefined,
  /** Another member is asked, or this one while a leader is elected. */
  'no leader': { status: 503, body: 'no leader\n', isText: true },
  /** A leader that steps down says so for a moment. */
  'stepping down': NOT_BOOTSTRAPPED,
  /** Another program answers on its port. */
  'another page': { status: 200, body: '<html>', isText: true },
  'too many requests': { status: 429, body: 'Too Many Requests\n', isText: true },
} satisfies { [trouble: string]: Answer | undefined };

/** Serves a stand-in for PD by HTTP, or by HTTPS to those who have a certificate of its authority. */
export class PdServer {
  trouble: Trouble | undefined;
  /** Called with each request, such as `GET stores`, before it is answered. */
  onRequest: (request: string) => void = () => {};
  readonly requests: string[] = [];
  private readonly server: Server;

  constructor(
    private readonly pd: Pd,
    private readonly certificates?: Certificates,
  ) {
    const listener: RequestListener = (request, response) => {
      void this.respond(request).then((found) => {
        if (found === undefined) {
          request.socket.destroy();
          return;
        }
        response.writeHead(found.status, {
          'Content-Type': found.isText ? 'text/plain' : 'application/json',
        });
        response.end(found.isText ? found.body : JSON.stringify(found.body, undefined, 2));
      });
    };
    this.server =
      certificates === undefined
        ? createServer(listener)
        : createSecureServer(
            { ...certificates.server, requestCert: true, rejectUnauthorized: true },
            listener,
          );
  }

  /** Its URL, once it listens. */
  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    const address = this.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return `${this.certificates === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async respond(request: IncomingMessage): Promise<Answer | undefined> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const url = new URL(request.url ?? '', 'http://pd');
    const said = `${request.method} ${url.pathname.replace('/pd/api/v1/', '')}${url.search}`;
    this.requests.push(said);
    this.onRequest(said);
    const isStored = url.pathname.endsWith('/cluster/status') && this.trouble === 'stepping down';
    if (this.trouble !== undefined && !isStored) return TROUBLES[this.trouble];
    return answer(this.pd, request.method ?? '', url, Buffer.concat(pieces).toString());
  }
}
