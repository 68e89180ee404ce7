import { request } from 'node:http';
import { dateOf } from './authorization.ts';
import type { LoopbackAddress } from './loopback.ts';
import { authorizationOf } from './signature.ts';
import { writeInput } from './wire.ts';

/** A call of a KMS on this machine. */
export interface WireCall {
  readonly to: LoopbackAddress;
  readonly operation: string;
  readonly input: object;
  readonly region: string;
  readonly credentials: WireCredentials;
}

export interface WireCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** What KMS answers is far shorter. */
const MOST_ANSWER = 1024 * 1024;
const PATIENCE = 30_000;

/** Rejects with what the system says where there is no answer. */
export async function callOverWire(call: WireCall): Promise<WireAnswer> {
  const { to, operation, input, region, credentials } = call;
  const body = Buffer.from(writeInput(input));
  const name = to.host.includes(':') ? `[${to.host}]` : to.host;
  const date = dateOf(Date.now());
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    host: `${name}:${to.port}`,
    'x-amz-date': date,
    'x-amz-target': `TrentService.${operation}`,
  };
  const { accessKeyId, secretAccessKey: secret } = credentials;
  const scope = { accessKeyId, secret, region, service: 'kms' };
  const authorization = await authorizationOf({ method: 'POST', headers, body }, date, scope);
  return send(to, { ...headers, authorization, 'user-agent': 'kms-lens' }, body);
}

function send({ host, port }: LoopbackAddress, headers: Record<string, string>, body: Buffer): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    // An agent of its own: nothing in the environment may lead it through a proxy.
    const options = { host, port, method: 'POST', path: '/', headers, agent: false, timeout: PATIENCE } as const;
    const sent = request(options, (response) => {
      const pieces: Buffer[] = [];
      let length = 0;
      response.on('data', (piece: Buffer) => {
        length += piece.length;
        if (length > MOST_ANSWER) sent.destroy(new Error('the answer is longer than any of KMS'));
        else pieces.push(piece);
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
      );
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`there was no answer within ${PATIENCE / 1000} seconds`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
