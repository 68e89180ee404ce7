/** Programs that are started, and how long they take until they have done what they were started for. */
import { spawn } from 'node:child_process';

/** In milliseconds, until `initialize` is answered. */
export async function replyTime(program) {
  const server = new Server(program);
  await server.initialize();
  return server.end();
}

/** In milliseconds, until an editor that opens a policy at once has its diagnostics. */
export async function diagnosticsTime(program) {
  const server = new Server(program);
  await server.initialize();
  const textDocument = { uri: 'file:///orders.key-policy.json' };
  server.send({ method: 'initialized', params: {} });
  server.send({
    method: 'textDocument/didOpen',
    params: { textDocument: { ...textDocument, languageId: 'kms-key-policy', version: 1, text: '{"Statement": []}' } },
  });
  await server.ask('textDocument/diagnostic', { textDocument });
  return server.end();
}

/** In milliseconds, until a command has ended. */
export function commandTime(program, ...args) {
  const start = performance.now();
  const child = spawn(process.execPath, [program, ...args], { stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code !== 0) reject(new Error(`kms-lens ${args.join(' ')} ended with ${code}`));
      resolve(performance.now() - start);
    });
  });
}

/** A language server that was just started, and the clock that runs since. */
class Server {
  #start = performance.now();
  #child;
  #output = Buffer.alloc(0);
  #answered = () => {};

  constructor(program) {
    this.#child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout.on('data', (data) => this.#read(data));
  }

  initialize() {
    const capabilities = { textDocument: { diagnostic: {} } };
    return this.ask('initialize', { processId: process.pid, rootUri: null, workspaceFolders: null, capabilities });
  }

  ask(method, params) {
    const answered = new Promise((resolve, reject) => {
      this.#child.on('exit', () => reject(new Error('the server ended')));
      this.#answered = ({ result, error }) =>
        result ? resolve(result) : reject(new Error(`${method}: ${error?.message}`));
    });
    this.send({ id: method, method, params });
    return answered;
  }

  send(message) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  /** Ends the server; the time until now. */
  end() {
    const time = performance.now() - this.#start;
    const ended = new Promise((resolve) => this.#child.on('exit', () => resolve(time)));
    this.#child.kill('SIGKILL');
    return ended;
  }

  #read(data) {
    this.#output = Buffer.concat([this.#output, data]);
    for (;;) {
      const head = this.#output.indexOf('\r\n\r\n');
      const [, length] = /Content-Length: (\d+)/.exec(this.#output.toString('latin1', 0, head)) ?? [];
      const end = head + 4 + Number(length);
      if (head < 0 || this.#output.length < end) return;
      const message = JSON.parse(this.#output.toString('utf8', head + 4, end));
      this.#output = this.#output.subarray(end);
      if (message.id !== undefined && message.method === undefined) this.#answered(message);
    }
  }
}
