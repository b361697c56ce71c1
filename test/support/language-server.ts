import { type ChildProcess, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** A fault that an editor would underline. */
export interface Diagnostic {
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly message: string;
}

export interface Completion {
  readonly label: string;
  readonly documentation?: unknown;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly uri?: string;
    readonly diagnostics?: readonly Diagnostic[];
    readonly items?: readonly { readonly section?: string }[];
  };
  readonly result?: unknown;
}

/** A running YAML language server, as an editor talks to it: messages in JSON with their length before them. */
export class LanguageServer {
  private readonly waiting = new Map<string, (message: Message) => void>();
  private unread = Buffer.alloc(0);
  private asked = 0;

  private constructor(
    private readonly server: ChildProcess,
    private readonly settings: object,
  ) {
    server.stdout?.on('data', (bytes: Buffer) => this.receive(bytes));
  }

  /** Starts one with the editor's settings under `yaml`; it ends with the test. */
  static async start(program: string, settings: object): Promise<LanguageServer> {
    const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    onTestFinished(() => void server.kill());
    const client = new LanguageServer(server, settings);
    await client.ask('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    client.send({ method: 'initialized', params: {} });
    client.send({ method: 'workspace/didChangeConfiguration', params: { settings: null } });
    return client;
  }

  /** What it says of a file. */
  async open(uri: string, text: string): Promise<readonly Diagnostic[]> {
    const said = this.next(`diagnostics ${uri}`);
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    this.send({ method: 'textDocument/didOpen', params: { textDocument } });
    return (await said).params?.diagnostics ?? [];
  }

  /** What it offers at a place in a file that is open; lines and characters count from 0. */
  async complete(uri: string, line: number, character: number): Promise<Completion[]> {
    const params = { textDocument: { uri }, position: { line, character } };
    const { result } = await this.ask('textDocument/completion', params);
    return (result as { items: Completion[] }).items;
  }

  private ask(method: string, params: object): Promise<Message> {
    this.asked += 1;
    const answer = this.next(`answer ${this.asked}`);
    this.send({ id: this.asked, method, params });
    return answer;
  }

  private next(what: string): Promise<Message> {
    return new Promise((resolve) => this.waiting.set(what, resolve));
  }

  private send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.server.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  private receive(bytes: Buffer): void {
    this.unread = Buffer.concat([this.unread, bytes]);
    for (;;) {
      const end = this.unread.indexOf('\r\n\r\n');
      const [, length] =
        /Content-Length: (\d+)/.exec(this.unread.toString('latin1', 0, Math.max(end, 0))) ?? [];
      if (length === undefined || this.unread.length < end + 4 + Number(length)) return;
      const text = this.unread.toString('utf8', end + 4, end + 4 + Number(length));
      this.unread = this.unread.subarray(end + 4 + Number(length));
      this.handle(JSON.parse(text));
    }
  }

  private handle(message: Message): void {
    const { id, method, params } = message;
    if (method === 'textDocument/publishDiagnostics') {
      this.answer(`diagnostics ${params?.uri}`, message);
    } else if (method === undefined) this.answer(`answer ${id}`, message);
    // It asks for the settings of each section, or to be told of more, which nobody does.
    else if (id !== undefined) {
      this.send({
        id,
        result: params?.items?.map(({ section }) => (section === 'yaml' ? this.settings : {})) ?? null,
      });
    }
  }

  private answer(what: string, message: Message): void {
    this.waiting.get(what)?.(message);
    this.waiting.delete(what);
  }
}
