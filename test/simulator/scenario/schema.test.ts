import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { fromValue } from '../../../simulator/json/node.ts';
import { scenarioShape } from '../../../simulator/scenario/format/scenario.ts';
import { readScenario } from '../../../simulator/scenario/read.ts';
import type { Shape } from '../../../simulator/scenario/shape.ts';
import { walk } from '../../../simulator/scenario/walk.ts';
import { fits, type Schema } from './json-schema.ts';
import { exampleText, fullText, fullValue, shapesIn, withValue } from './texts.ts';

const schema: Schema = JSON.parse(
  readFileSync(new URL('../../../schemas/kms-scenario.schema.json', import.meta.url), 'utf8'),
);

/** Whether a scenario is as the tables have it, whatever its names and its parts together come to. */
function isRead(scenario: object): boolean {
  const root = fromValue(scenario);
  const ofCalls = readScenario(root).problems.filter(({ onlyStep }) => onlyStep);
  return walk(root, scenarioShape).problems.length + ofCalls.length === 0;
}

test.each([
  ['the example', exampleText],
  ['every member', fullText],
])('%s fits', (_, text) => {
  expect(fits(parse(text, [], { allowTrailingComma: true }), schema)).toBe(true);
});

describe('agrees with the reader', () => {
  const shapes = new Map<string, Shape>();
  shapesIn(fullValue(), scenarioShape, '', shapes);
  const pointers = [...shapes.keys()].filter((pointer) => pointer !== '');
  const values = [[[1]], 7, -1, null, true, '', 'zzz', {}, { zzz: 1 }];

  test.each(pointers)('on %s', (pointer) => {
    for (const value of values) {
      const scenario = withValue(pointer, value);
      expect(fits(scenario, schema), JSON.stringify(value)).toBe(isRead(scenario));
    }
  });

  test.each<[boolean, object]>([
    [true, {}],
    [true, { steps: [{ wait: 'PT1H' }] }],
    [true, { quotas: { CryptographicOperationsSymmetric: 0 } }],
    [true, { steps: [{ can: 'ListKeys', context: { 'aws:SourceIp': ['10.0.0.1'], 'aws:PrincipalTag/a': null } }] }],
    [true, { steps: [{ call: 'CreateKey', input: { Tags: [{ TagKey: 'a', TagValue: 'b' }] }, expect: { ok: {} } }] }],
    [true, { keys: { a: { policy: { Statement: [] } } } }],
    [false, { key: {} }],
    [false, { keys: { a: { policy: [] } } }],
    [false, { account: 111122223333 }],
    [false, { account: '1111222233334' }],
    [false, { partition: 'azure' }],
    [false, { principals: { App: {} } }],
    [false, { organization: { id: 'o-1' } }],
    [false, { organization: { id: 'o-exampleorg1', accounts: { '1': { path: 'r-ab12' } } } }],
    [false, { keys: { a: { rotation: { enabled: true, periodInDays: 100.5 } } } }],
    [false, { keys: { a: { aliases: ['orders'] } } }],
    [false, { quotas: { Decrypt: 1 } }],
    [false, { steps: [{}] }],
    [false, { steps: [{ can: 'ListKeys', wait: 'P1D' }] }],
    [false, { steps: [{ can: 'ListKeys', save: 'x' }] }],
    [false, { steps: [{ call: 'Decypt' }] }],
    [false, { steps: [{ call: 'Encrypt', input: { KeyID: 'a' } }] }],
    [false, { steps: [{ call: 'Encrypt', input: { Plaintext: 'hello' } }] }],
    [false, { steps: [{ call: 'GenerateDataKey', input: { KeySpec: 'AES_512' } }] }],
    [
      true,
      { steps: [{ call: 'GenerateDataKey', input: { KeySpec: 'AES_512' }, expect: { error: 'ValidationException' } }] },
    ],
    [true, { steps: [{ call: 'Decrypt', input: { CiphertextBlob: 'base64:AA==', KeyId: null } }] }],
    [true, { steps: [{ call: 'TagResource', input: { KeyId: 'orders', Tags: [] } }] }],
    [true, { steps: [{ call: 'CreateKey', input: { Policy: { Statement: [] } } }] }],
    [
      true,
      {
        steps: [
          { call: 'DescribeKey', input: { KeyId: 'a' }, expect: { ok: { KeyMetadata: { KeyState: 'Disabled' } } } },
        ],
      },
    ],
    [false, { steps: [{ call: 'DescribeKey', expect: { ok: { KeyMetadata: { KeyState: 'Off' } } } }] }],
    [false, { steps: [{ call: 'DescribeKey', expect: { ok: { Metadata: {} } } }] }],
    [false, { steps: [{ call: 'ListKeys', expect: 'denied' }] }],
    [false, { steps: [{ can: 'ListKeys', context: { SourceIp: '1' } }] }],
    [false, { principals: { A: { arn: 'arn:aws:iam::111122223333:role/A', accessKeyId: 'AKIA2QXPLMBD3VKH7TRZ' } } }],
  ])('%s for %j', (isGood, scenario) => {
    expect(fits(scenario, schema)).toBe(isGood);
    expect(isRead(scenario)).toBe(isGood);
  });
});

test('what it proposes fits itself, and says what it is', () => {
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('examples' in value && Array.isArray(value.examples))
      for (const each of value.examples) expect(fits(each, value as Schema, schema), `${path}: ${each}`).toBe(true);
    if ('properties' in value && typeof value.properties === 'object')
      for (const [name, each] of Object.entries(value.properties ?? {}))
        expect((each as Schema)['description'], `${path}.${name}`).toMatch(/\S/);
    // Members of the API have no sentence of ours.
    for (const [name, each] of Object.entries(value)) if (name !== 'allOf') visit(each, `${path}.${name}`);
  };
  visit(schema, '');
});
