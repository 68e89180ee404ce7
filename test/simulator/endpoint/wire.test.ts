import { describe, expect, test } from 'vitest';
import { readInput, writeOutput } from '../../../simulator/endpoint/wire.ts';
import { operations } from '../../../simulator/kms/operations.ts';

const bytes = (...values: readonly number[]) => new Uint8Array(values);

describe('what comes in', () => {
  test.each([
    ['Encrypt', { KeyId: 'k', Plaintext: 'AQID' }, { KeyId: 'k', Plaintext: bytes(1, 2, 3) }],
    ['Encrypt', { KeyId: 'k', Plaintext: '' }, { KeyId: 'k', Plaintext: bytes() }],
    ['Encrypt', { KeyId: null, Plaintext: 5, Nonsense: 1 }, { Plaintext: 5 }],
    ['Encrypt', { EncryptionContext: { a: 'AQID' } }, { EncryptionContext: { a: 'AQID' } }],
    [
      'Decrypt',
      { Recipient: { AttestationDocument: 'AQ==', More: 1 } },
      { Recipient: { AttestationDocument: bytes(1) } },
    ],
    ['ImportKeyMaterial', { ValidTo: 1_795_882_540.19 }, { ValidTo: 1_795_882_540.19 }],
    ['TagResource', { Tags: [{ TagKey: 'a', More: 1 }, 7] }, { Tags: [{ TagKey: 'a' }, 7] }],
    ['ListKeys', {}, {}],
  ] as const)('%s %j', (operation, sent, taken) => {
    expect(readInput(Buffer.from(JSON.stringify(sent)), operations[operation].members)).toEqual(taken);
  });

  test('no body at all is an empty request', () => {
    expect(readInput(bytes(), operations.ListKeys.members)).toEqual({});
  });

  test('names of the prototype are nobody', () => {
    expect(readInput(Buffer.from('{"__proto__": {"KeyId": "k"}}'), operations.DescribeKey.members)).toEqual({});
  });

  test.each([
    '{',
    '[]',
    'null',
    '7',
    '"text"',
    '{"KeyId": "\ud800"',
    '{"KeyId": "k", "Plaintext": "no base64!"}',
    '{"KeyId": "k", "Plaintext": "AQI"}',
    '\ufeff{}x',
  ])('%s is refused', (body) => {
    expect(() => readInput(Buffer.from(body), operations.Encrypt.members)).toThrow(
      expect.objectContaining({ name: 'SerializationException', status: 400 }),
    );
  });

  // What is recorded of it could not be written again.
  test('what is nested deeper than anything in the API is refused', () => {
    for (const [open, close] of [
      ['{"a":', '}'],
      ['[', ']'],
    ] as const) {
      const body = `{"EncryptionContext": ${open.repeat(5_000)}1${close.repeat(5_000)}}`;
      expect(() => readInput(Buffer.from(body), operations.Decrypt.members)).toThrow(
        expect.objectContaining({ name: 'SerializationException' }),
      );
    }
  });

  test('what is no UTF-8 is refused', () => {
    const body = Buffer.concat([Buffer.from('{"KeyId": "'), bytes(0xff), Buffer.from('"}')]);
    expect(() => readInput(body, operations.DescribeKey.members)).toThrow(
      expect.objectContaining({ name: 'SerializationException' }),
    );
  });
});

describe('what goes out', () => {
  test.each([
    [{ Plaintext: bytes(1, 2, 3) }, '{"Plaintext":"AQID"}'],
    [{ At: new Date(1_795_882_540_190) }, '{"At":1795882540.19}'],
    [{ Keys: [{ KeyId: 'k', Gone: undefined }], Truncated: false }, '{"Keys":[{"KeyId":"k"}],"Truncated":false}'],
    [{}, ''],
  ])('%j', (output, body) => {
    expect(writeOutput(output)).toBe(body);
  });
});
