import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Endpoint } from './endpoint.ts';
import { type HttpAnswer, type HttpRequest, MOST_BODY } from './http.ts';

export { isSignedWith } from './signature.ts';

/** The endpoint on a port of this machine. */
export interface Listening {
  readonly port: number;
  /** Answers what is being worked on, and ends. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** An address of this machine alone. */
  readonly host: '127.0.0.1' | '::1';
  /** 0: any that is free. */
  readonly port: number;
  /** How long a client may take for its headers, and for the whole request; in milliseconds. */
  readonly patience?: { readonly headers: number; readonly request: number };
}

/** How often what is due happens, where nobody calls. */
const BEAT = 1_000;
/** As long as AWS keeps a connection, roughly: clients use theirs again. */
const KEEP_ALIVE = 60_000;
const PATIENCE = { headers: 10_000, request: 30_000 };
/** How long a client may take to read its last answer. */
const GRACE = 2_000;
/** A reader of the trail that is further behind is let go, since what it has not read stays in memory. */
const MOST_UNREAD = 8 * 1024 * 1024;

/** @throws what the system says where the port cannot be had. */
export async function listen(endpoint: Endpoint, options: ListenOptions): Promise<Listening> {
  const { host, port, patience = PATIENCE } = options;
  const server = createServer(
    {
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      keepAliveTimeout: KEEP_ALIVE,
      connectionsCheckingInterval: Math.min(1_000, patience.headers),
      // The endpoint says itself what a request lacks.
      requireHostHeader: false,
    },
    (request, response) => void respond(endpoint, request, response),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuse(error, socket as Socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const beat = setInterval(() => endpoint.settle(), BEAT).unref();
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        clearInterval(beat);
        server.close(() => resolve());
        for (const response of followed) response.end();
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), GRACE).unref();
      }),
  };
}

/** The readers of trails. */
const followed = new Set<ServerResponse>();

async function respond(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Whoever goes away needs no answer.
  response.on('error', () => undefined);
  request.on('error', () => undefined);
  try {
    const body = await bodyOf(request);
    if (body) send(await endpoint.answer(requestOf(request, body)), response);
    else send(endpoint.answerTooLarge(), response, true);
  } catch {
    // The request broke off.
    response.destroy();
  }
}

/** Undefined: it is too long. The rest of it is not read. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY) return undefined;
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    request.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length <= MOST_BODY) return void pieces.push(piece);
      pieces.length = 0;
      request.pause();
      resolve(undefined);
    });
    request.on('end', () => {
      const [first] = pieces;
      resolve(first && pieces.length === 1 ? first : Buffer.concat(pieces));
    });
    request.on('error', reject);
    // Comes after the end, too.
    request.on('close', () => request.readableEnded || reject(new Error('the request broke off')));
  });
}

/** Node joins headers that came several times by commas, but for this one, which no caller of KMS has a use for. */
function requestOf({ method = '', url = '', headers }: IncomingMessage, body: Uint8Array): HttpRequest {
  const cookies = headers['set-cookie'];
  const single = cookies ? { ...headers, 'set-cookie': cookies.join(',') } : headers;
  return { method, path: url, headers: single as Readonly<Record<string, string>>, body };
}

function send({ status, headers, body, follow }: HttpAnswer, response: ServerResponse, isLast = false): void {
  response.writeHead(status, {
    ...headers,
    ...(follow ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...(isLast ? { connection: 'close' } : {}),
  });
  if (!follow) return void response.end(body);
  response.flushHeaders();
  response.write(body);
  followed.add(response);
  const end = follow((text) => {
    response.write(text);
    if (response.writableLength > MOST_UNREAD) response.destroy();
  });
  response.on('close', () => {
    followed.delete(response);
    end();
  });
}

/** What is no HTTP at all, and who takes too long. */
function refuse({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || code === 'ECONNRESET') return void socket.destroy();
  const status =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
