// Sends requests that are written beforehand over connections that stay open, each as soon as the last one is answered. Reads of
// an answer no more than it has to, so that the server is what is measured.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import { REGION } from './world.mjs';

const CONNECTIONS = 16;

/** Requests with all the headers that the AWS SDK for JavaScript sends. Without credentials they are not signed. */
export async function requestsFor({ url, operation, inputs, credentials }) {
  const { host, hostname } = new URL(url);
  const signer = credentials && new SignatureV4({ service: 'kms', region: REGION, credentials, sha256: Sha256 });
  return Promise.all(
    inputs.map(async (input) => {
      const body = JSON.stringify(input);
      const headers = {
        host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `TrentService.${operation}`,
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-user-agent': 'aws-sdk-js/3.940.0',
        'user-agent': 'aws-sdk-js/3.940.0 ua/2.1 os/linux#6.18 lang/js md/nodejs#20.20.2 api/kms#3.940.0 m/E,n',
        'amz-sdk-invocation-id': randomUUID(),
        'amz-sdk-request': 'attempt=1; max=3',
      };
      const request = { method: 'POST', protocol: 'http:', hostname, path: '/', query: {}, headers, body };
      const sent = signer ? (await signer.sign(request)).headers : headers;
      const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
      return Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}connection: keep-alive\r\n\r\n${body}`);
    }),
  );
}

/** The bodies of the answers to each of the requests, once. */
export async function bodiesOf(url, requests) {
  const found = [];
  const connection = await open(url);
  for (const request of requests) found.push(JSON.parse(await connection.ask(request)));
  connection.end();
  return found;
}

/** How many requests were answered in so many milliseconds, and how long that took. */
export async function load(url, requests, milliseconds) {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(url)));
  const began = performance.now();
  const until = began + milliseconds;
  let answered = 0;
  // A server that is slower than its client would else wake it up with each answer, which costs a third of what HTTP does.
  const stayAwake = () => performance.now() < until && setImmediate(stayAwake);
  stayAwake();
  await Promise.all(
    connections.map(
      (connection, index) =>
        new Promise((resolve, reject) => {
          let next = Math.floor((index * requests.length) / CONNECTIONS);
          const one = () => {
            if (performance.now() >= until) return resolve();
            connection.send(requests[next++ % requests.length], (isGood) => {
              if (!isGood) return reject(new Error('a request was refused'));
              answered++;
              one();
            });
          };
          one();
        }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const each of connections) each.end();
  return { answered, seconds };
}

async function open(url) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let taken = '';
  let done;
  socket.on('data', (data) => {
    taken += data.latin1Slice();
    const end = taken.indexOf('\r\n\r\n');
    if (end < 0) return;
    const at = taken.search(/\r\ncontent-length: /i) + '\r\ncontent-length: '.length;
    const whole = end + 4 + Number.parseInt(taken.slice(at, at + 8), 10);
    if (taken.length < whole) return;
    const answer = taken;
    taken = '';
    done(answer.startsWith('HTTP/1.1 200'), answer.slice(end + 4));
  });
  const send = (request, then) => {
    done = then;
    socket.write(request);
  };
  const ask = (request) =>
    new Promise((resolve, reject) =>
      send(request, (isGood, body) => (isGood ? resolve(body) : reject(new Error(`refused: ${body}`)))),
    );
  return { send, ask, end: () => socket.destroy() };
}

class Sha256 {
  constructor(secret) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data) {
    this.hash.update(data);
  }

  async digest() {
    return this.hash.digest();
  }
}
