import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonNode } from '../../../../simulator/json/node.ts';
import { parseJson } from '../../../../simulator/json/parse.ts';
import { apply, completions, isJson } from './harness.ts';

/** Documents with one of everything that offers differ by. */
const SAMPLES: Readonly<Record<string, string>> = {
  'a.key-policy.json': `{
  "Version": "2012-10-17",
  "Id": "x",
  "Statement": [
    {
      "Sid": "a \\"b\\"", "Effect": "Allow",
      "Principal": { "AWS": ["arn:aws:iam::111122223333:root", "*"], "Service": "logs.us-east-1.amazonaws.com" },
      "Action": ["kms:Decrypt", "kms:ReEncrypt*"],
      "Resource": "*",
      "Condition": {
        "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:CallerAccount": ["111122223333"] },
        "Bool": { "kms:GrantIsForAWSResource": true }
      }
    },
    {"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"}
  ]
}
`,
  'a.iam-policy.json':
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:Decrypt","Resource":["arn:aws:kms:us-east-1:111122223333:key/*"],"Condition":{"Null":{"kms:ViaService":"false"}}}}',
  'a.kms-grants.json': `{
  "Grants": [
    { "KeyId": "k", "Operations": ["Decrypt", "DescribeKey"], "Constraints": { "EncryptionContextSubset": { "a": "b" } } },
    { "GrantId": "g", "GranteePrincipal": "arn:aws:iam::111122223333:role/App" }
  ],
  "Truncated": false
}`,
  'a.kms-scenario.json': `{
  "description": "x \\"y\\"",
  "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App", "policies": ["a.json", { "Statement": [{ "Action": "kms:Decrypt" }] }], "mfa": true } },
  "keys": { "k": { "policy": "k.json", "aliases": ["alias/k"], "rotation": { "enabled": true, "periodInDays": 90 } } },
  "steps": [
    { "can": "Decrypt", "as": "App", "on": "k", "encryptionContext": { "a": "b" }, "context": { "aws:SourceIp": null }, "expect": { "verdict": "denied" } },
    { "call": "Encrypt", "input": { "KeyId": "k", "Operations": ["Decrypt"] }, "save": "s" },
    { "load": { "Decrypt": 10 }, "expect": { "throttled": false } },
    { "name": "" }
  ]
}`,
  'a.kms-grant.json': readFileSync(
    new URL('../../../../examples/orders-worker.kms-grant.json', import.meta.url),
    'utf8',
  ),
};

describe.each(Object.entries(SAMPLES))('%s', (file, sample) => {
  test('whatever is taken at whatever position, the text stays JSON', () => {
    expect(isJson(sample)).toBe(true);
    expect(takeEverywhere(file, (offset) => ({ text: sample, offset }), sample.length)).toBeGreaterThan(100);
  });

  test('a text that lacks a string, a comma, a member or an element, or a part of one, is whole again', () => {
    const tokens = tokensOf(sample).filter(({ start }) => !'{}[]'.includes(sample.charAt(start)));
    const gaps = [...tokens, ...partsOf(parseJson(sample).root)].flatMap(({ start, end }) => [
      { text: sample.slice(0, start) + sample.slice(end), offset: start },
      { text: `${sample.slice(0, start)}""${sample.slice(end)}`, offset: start + 1 },
      ...(sample.charAt(start) === '"' ? cutStrings(sample, start, end) : []),
    ]);
    expect(takeAt(file, gaps)).toBeGreaterThan(30);
  });

  test('so is a text that breaks off anywhere and has its brackets closed', () => {
    const cuts = Array.from({ length: sample.length }, (_, offset) =>
      ['', '\n'].map((gap) => cutAt(sample, offset, gap)),
    );
    expect(takeAt(file, cuts.flat())).toBeGreaterThan(100);
  });
});

test('no text and no position makes it fail', () => {
  const part = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    ' ',
    '\n',
    '\\',
    '//',
    '/*',
    '"Statement"',
    '"Action"',
    'kms:',
    '1',
    'true',
    '"Condition"',
    '"Principal"',
    '"Operations"',
    'x',
  );
  const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.nat(), fc.constantFrom(...Object.keys(SAMPLES)), (each, position, file) => {
      const offset = position % (each.length + 1);
      for (const { span } of completions(file, each, offset) ?? [])
        expect(0 <= span.start && span.start <= offset && offset <= span.end && span.end <= each.length).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Position {
  readonly text: string;
  readonly offset: number;
}

function takeEverywhere(file: string, at: (offset: number) => Position, length: number): number {
  return takeAt(
    file,
    Array.from({ length: length + 1 }, (_, offset) => at(offset)),
  );
}

/** Takes every offer at every position and expects JSON; returns at how many positions there was any. */
function takeAt(file: string, positions: readonly Position[]): number {
  let offering = 0;
  for (const { text, offset } of positions) {
    const written = completions(file, text, offset) ?? [];
    if (written.length > 0) offering += 1;
    expect(new Set(written.map(({ offer }) => offer.label)).size, `twice at ${offset}`).toBe(written.length);
    for (const each of written) {
      const where = (): string => `${each.offer.label} at ${text.slice(0, offset)}$0${text.slice(offset)}`;
      expect(isJson(apply(each, text)), where()).toBe(true);
      if (each.mayKeepRest) expect(isJson(apply(each, text, offset)), where()).toBe(true);
    }
  }
  return offering;
}

/** A string that was cut short: with its quote, and as it is while somebody writes it. */
function cutStrings(text: string, start: number, end: number): readonly Position[] {
  return [start + 1, Math.min(start + 4, end - 1)].flatMap((cut) => {
    const inner = text.slice(start, cut);
    if (inner.endsWith('\\')) return [];
    return [
      { text: `${text.slice(0, start)}${inner}"${text.slice(end)}`, offset: cut },
      { text: text.slice(0, start) + inner + text.slice(end), offset: cut },
    ];
  });
}

/** Every member and element, alone and with the comma in front of it. */
function partsOf(node: JsonNode | undefined): readonly Span[] {
  if (node?.type !== 'object' && node?.type !== 'array') return [];
  const parts = node.type === 'object' ? node.members : node.elements;
  return parts.flatMap((part, index): readonly Span[] => {
    const { start, end } = part;
    const previous = parts[index - 1]?.end;
    const inner = partsOf('key' in part ? part.value : part);
    return [{ start, end }, ...(previous === undefined ? [] : [{ start: previous, end }]), ...inner];
  });
}

/** The text up to an offset, and behind a gap the brackets that are open there. */
function cutAt(text: string, offset: number, gap: string): Position {
  const prefix = text.slice(0, offset);
  return { text: prefix + gap + closersOf(prefix), offset };
}

function closersOf(prefix: string): string {
  const closers: string[] = [];
  for (const { start } of tokensOf(prefix)) {
    const character = prefix.charAt(start);
    if (character === '{') closers.push('}');
    if (character === '[') closers.push(']');
    if (character === '}' || character === ']') closers.pop();
  }
  return closers.reverse().join('');
}

/** The tokens of a text that is JSON up to its end. */
function tokensOf(text: string): readonly Span[] {
  return [...text.matchAll(/"(?:\\.|[^"\\\n])*"?|[{}[\],:]|[\w.+-]+/g)].map(({ 0: token, index }) => ({
    start: index,
    end: index + token.length,
  }));
}
