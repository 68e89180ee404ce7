import fc from 'fast-check';
import { operations } from '../../simulator/kms/operations.ts';
import { operationNames } from '../../simulator/kms/service.ts';
import type { Shape } from '../../simulator/kms/shapes.ts';
import { type Credentials, requestFor } from '../simulator/endpoint/world.ts';

/** What is sent over one connection, and how. */
export interface Attack {
  readonly what: string;
  readonly pieces: readonly Uint8Array[];
  /** `answer`: each request gets one. `any`: an answer or the end of the connection. `leave`: nobody waits for one. */
  readonly expects: 'answer' | 'any' | 'leave';
  /** How many answers there have to be at least. */
  readonly answers: number;
  /** Milliseconds between the pieces. */
  readonly pause?: number;
}

interface Raw {
  readonly method?: string;
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function bytesOf({ method = 'POST', path = '/', headers, body }: Raw, connection = 'close'): Buffer {
  const all = { ...headers, 'content-length': String(body.length), connection };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, ' ')}\r\n`);
  return Buffer.concat([latin(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

const one = (what: string, bytes: Uint8Array, expects: Attack['expects'] = 'answer'): Attack => ({
  what,
  pieces: [bytes],
  expects,
  answers: expects === 'answer' ? 1 : 0,
});

/** Attacks on a server that knows these credentials, and has keys under these aliases. */
export function attacks(credentials: Credentials, aliases: readonly string[]): fc.Arbitrary<Attack> {
  const ask = (operation: string, input: unknown, headers: Readonly<Record<string, string>> = {}) =>
    requestFor({ operation, input, credentials, headers, region: 'eu-central-1' });
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      ...aliases,
      '',
      '__proto__',
      'AQID',
      '{}',
      '\ud800',
      '\u0000',
      '{"Version":"2012-10-17"}',
      '%s',
      '../',
    ),
  );
  const anything: fc.Arbitrary<unknown> = fc.oneof(
    text,
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(-1, 0, 1e308, 2 ** 53, 0.5, null, true, [], {}, [[]], { a: null }),
    fc.dictionary(text, fc.oneof(text, fc.integer()), { maxKeys: 5 }),
    fc.array(fc.dictionary(text, text, { maxKeys: 3 }), { maxLength: 5 }),
  );
  const sound = (name: string, shape: Shape<unknown>): fc.Arbitrary<unknown> =>
    shape.choices
      ? // Keys of RSA take seconds to make.
        fc.constantFrom(...shape.choices.filter((each) => !/RSA_(3072|4096)/.test(each)))
      : name.endsWith('KeyId')
        ? fc.constantFrom(...aliases)
        : shape.type === 'Blob'
          ? fc.base64String({ maxLength: 60 })
          : text;
  const operation = fc.constantFrom(...operationNames);

  /** One member has another type, all others may be sound. */
  const wrongMember = operation.chain((name) => {
    const members = Object.entries(operations[name].members);
    if (members.length === 0) return fc.constant(one('no members', bytesOf(ask(name, { Other: 1 }))));
    return fc
      .tuple(
        fc.constantFrom(...members.map(([member]) => member)),
        anything,
        fc.record(Object.fromEntries(members.map(([member, { shape }]) => [member, sound(member, shape)])), {
          requiredKeys: members.flatMap(([member, { required }]) => (required ? member : [])),
        }),
      )
      .map(([member, value, input]) =>
        one(`${name} with another ${member}`, bytesOf(ask(name, JSON.stringify({ ...input, [member]: value })))),
      );
  });

  const json = fc
    .tuple(
      operation,
      fc.oneof(
        fc.constantFrom(
          '',
          '{',
          '[]',
          'null',
          '1',
          '"a"',
          '{"KeyId":"alias/a","KeyId":"alias/a"}',
          '{"KeyId":"alias/a","KeyId":{"a":1}}',
          '{"__proto__":{"KeyId":"alias/a"},"constructor":1}',
          '\ufeff{}',
          '{"KeyId":"\\ud800"}',
          '{"a":1e400}',
          '{"KeyId":"alias/a",}',
          '{"Plaintext":"A"}',
          '{"Plaintext":"A=B="}',
          '{"CiphertextBlob":"=====","KeyId":"alias/a"}',
          '{"CiphertextBlob":"AQ==\\n"}',
          `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
          `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
          `{"EncryptionContext":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
          `{"KeyId":"${'a'.repeat(900_000)}"}`,
          `{"Description":"${'\u00e9'.repeat(300_000)}"}`,
          `{"Plaintext":"${'A'.repeat(900_000)}","KeyId":"alias/a"}`,
          `{"KeyId":"alias/a","EncryptionContext":{${Array.from({ length: 30_000 }, (_, at) => `"k${at}":"v"`).join()}}}`,
          `{"KeyId":"alias/a","GrantTokens":[${'"a",'.repeat(100_000)}"a"]}`,
          `{"a":"${'a'.repeat(1_100_000)}"}`,
        ),
        fc.string({ unit: 'binary', maxLength: 60 }),
      ),
    )
    .map(([name, body]) => one(`${name} of ${body.slice(0, 40)}`, bytesOf(ask(name, body))));

  const target = text.map((each) =>
    one('another target', bytesOf(ask('ListKeys', {}, { 'x-amz-target': latinOnly(each) }))),
  );

  const header = fc.constantFrom(
    'authorization',
    'x-amz-date',
    'content-type',
    'host',
    'x-amz-content-sha256',
    'origin',
  );
  const values = fc.oneof(
    text,
    fc.constantFrom(
      'AWS4-HMAC-SHA256 Credential=,SignedHeaders=,Signature=',
      `AWS4-HMAC-SHA256 Credential=${credentials.id}/20261128/eu-central-1/kms/aws4_request, SignedHeaders=host;x-amz-date, Signature=00`,
      `AWS4-HMAC-SHA256 Credential=${credentials.id}/20261128/__proto__/kms/aws4_request, SignedHeaders=__proto__, Signature=__proto__`,
      `AWS4-HMAC-SHA256 ${'Credential=a/b,'.repeat(500)}`,
      '20261128T000000Z',
      '99999999T999999Z',
      '00000000T000000Z',
      'localhost.example.com',
      'text/html',
    ),
  );
  const headers = fc
    .tuple(operation, fc.dictionary(header, values, { minKeys: 1, maxKeys: 3 }))
    .map(([name, changes]) => {
      const request = ask(name, { KeyId: 'alias/a' });
      const clean = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, latinOnly(value)]));
      return one(`headers ${Object.keys(changes)}`, bytesOf({ ...request, headers: { ...request.headers, ...clean } }));
    });

  const valid = bytesOf(ask('Encrypt', { KeyId: 'alias/a', Plaintext: 'AQID' }));
  const mutated = fc
    .array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    .map((changes) => {
      const bytes = Buffer.from(valid);
      for (const [at, byte] of changes) bytes[at] = byte;
      return one('a valid request with other bytes', bytes, 'any');
    });
  const cut = fc.nat(valid.length).map((length) => one('a part of a request', valid.subarray(0, length), 'any'));
  const noise = fc.uint8Array({ maxLength: 3000 }).map((bytes) => one('bytes', bytes, 'any'));

  const http = fc
    .constantFrom(
      'GET / HTTP/1.1\r\n\r\n',
      'POST / HTTP/1.0\r\n\r\n',
      'POST / HTTP/9.9\r\nhost: localhost\r\n\r\n',
      'POST /\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'CONNECT kms.eu-central-1.amazonaws.com:443 HTTP/1.1\r\nhost: localhost\r\n\r\n',
      'POST http://169.254.169.254/ HTTP/1.1\r\nhost: localhost\r\n\r\n',
      'POST / HTTP/1.1\nhost: localhost\n\n',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99999999999999999999\r\n\r\n',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
      'POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n1;a=b\r\n{\r\n1\r\n}\r\n0\r\nx: y\r\n\r\n',
      'POST / HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
      'POST / HTTP/1.1\r\nhost: localhost\r\nexpect: the-worst\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
      'GET / HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
      'POST / HTTP/1.1\r\nhost: localhost\r\na\u0000b: c\r\n\r\n',
      'POST / HTTP/1.1\r\nhost : localhost\r\n\r\n',
      'POST / HTTP/1.1\r\nhost: localhost\r\nhost: example.com\r\nconnection: close\r\n\r\n',
      'POST / HTTP/1.1\r\n__proto__: a\r\nconstructor: b\r\nhost: localhost\r\nconnection: close\r\n\r\n',
      `POST / HTTP/1.1\r\nhost: localhost\r\na: ${'b'.repeat(20_000)}\r\n\r\n`,
      `POST / HTTP/1.1\r\nhost: localhost\r\n${'a: b\r\n'.repeat(3_000)}\r\n`,
      `POST /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    )
    .map((each) => one(each.slice(0, 60), latin(each), 'any'));

  const control = fc
    .tuple(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'),
      fc.constantFrom(
        'health',
        'trail?follow=false',
        'clock',
        'reset',
        '',
        '__proto__',
        'constructor',
        'health/../clock',
        '%00',
        'trail?follow=false&follow=true',
      ),
      fc.oneof(
        anything.map((value) => JSON.stringify(value)),
        fc.constantFrom(
          '{"advance":"PT1S"}',
          '{"advance":"-PT1S"}',
          '{"advance":"P1Y"}',
          '{"advance":"P99999999999Y"}',
          '{"advance":"P1D","set":"2030-01-01T00:00:00Z"}',
          '{"set":"1970-01-01T00:00:00Z"}',
          '{"set":"+275760-09-13T00:00:00.000Z"}',
          '{"set":"never"}',
          '{"advance":1}',
          '{"advance":',
        ),
      ),
    )
    .map(([method, path, body]) =>
      one(
        `${method} ${path}`,
        bytesOf({ method, path: `/_kms-lens/${path}`, headers: { host: 'localhost' }, body: Buffer.from(body) }),
      ),
    );

  const pipelined = fc.array(operation, { minLength: 2, maxLength: 8 }).map((names): Attack => {
    const all = names.map((name, index) =>
      bytesOf(ask(name, { KeyId: 'alias/a' }), index === names.length - 1 ? 'close' : 'keep-alive'),
    );
    return { what: `pipelined ${names}`, pieces: [Buffer.concat(all)], expects: 'answer', answers: names.length };
  });
  const slow = fc.array(fc.nat(valid.length), { minLength: 1, maxLength: 5 }).map((places): Attack => {
    const at = [...new Set([0, ...places, valid.length])].sort((a, b) => a - b);
    const pieces = at.slice(1).map((end, index) => valid.subarray(at[index], end));
    return { what: 'a slow request', pieces, expects: 'answer', answers: 1, pause: 5 };
  });
  const left = fc.oneof(
    fc.nat(valid.length).map((length) => valid.subarray(0, length)),
    fc.constant(latin('GET /_kms-lens/trail HTTP/1.1\r\nhost: localhost\r\n\r\n')),
  );
  const leaving = left.map((bytes) => one('somebody who leaves', bytes, 'leave'));

  return fc.oneof(
    { weight: 12, arbitrary: wrongMember },
    { weight: 3, arbitrary: json },
    target,
    { weight: 3, arbitrary: headers },
    { weight: 2, arbitrary: mutated },
    cut,
    noise,
    { weight: 2, arbitrary: http },
    { weight: 2, arbitrary: control },
    pipelined,
    slow,
    leaving,
  );
}

/** What a header can hold. */
const latinOnly = (text: string): string => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?');
