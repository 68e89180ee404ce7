import { describe, expect, test } from 'vitest';
import {
  findServiceOperation,
  operationsOfService,
  serviceNames,
} from '../../../../simulator/facts/service-operations.ts';
import { problemsOf } from '../../../simulator/scenario/texts.ts';
import { labels as labelsIn } from '../completion/harness.ts';
import { hover as hoverIn, rows as rowsIn } from '../hover/harness.ts';

const FILE = 'a.kms-scenario.json';
const scenario = (members: string): string => `{
  "keys": { "orders": {} },
  "steps": [
    { "service": "ec2", "do": "CreateVolume", "volume": "data" },
    { "service": "ec2", "do": "CreateSnapshot", "volume": "data", "snapshot": "monday" },
    { ${members} }
  ]
}`;
const labels = (members: string): readonly string[] => labelsIn(FILE, scenario(members)) ?? [];
const given = { languageId: 'kms-scenario' };
const hover = (members: string): string | undefined => hoverIn(`file:///folder/${FILE}`, scenario(members), given);
const rows = (members: string) => rowsIn(`file:///folder/${FILE}`, scenario(members), given);
const problems = (step: object): string[] => problemsOf({ keys: { orders: {} }, steps: [step] });

describe('completion', () => {
  test('of services and of what each can be asked for', () => {
    expect([...labels('"service": "$0"')].sort()).toEqual([...serviceNames].sort());
    for (const service of serviceNames)
      expect(labels(`"service": "${service}", "do": "$0"`)).toEqual(
        operationsOfService(service).map(({ name }) => name),
      );
    expect(labels('"service": "s4", "do": "$0"')).toEqual([]);
  });

  test('of the members that an operation has, those that it needs first', () => {
    expect(labels('"service": "logs", "do": "CreateLogGroup", "$0"')).toEqual([
      'key',
      'logGroup',
      'name',
      'as',
      'region',
      'context',
      'save',
      'expect',
    ]);
    const put = labels('"service": "s3", "do": "PutObject", "$0"');
    expect(put).toContain('bucketKey');
    expect(put).not.toContain('volume');
    expect(labels('"service": "s3", "$0"')).toContain('volume');
  });

  test('of things by the names that other steps give them', () => {
    expect(labels('"service": "ec2", "do": "AttachVolume", "volume": "$0"')).toEqual(['data']);
    expect(labels('"service": "ec2", "do": "CopySnapshot", "source": "$0"')).toEqual(['monday']);
    expect(labels('"service": "ec2", "do": "AttachVolume", "instance": "$0"')).toEqual([]);
  });

  test('of what is expected', () => {
    expect(labels('"service": "s3", "do": "GetObject", "expect": { "$0" }')).toEqual(['error', 'calls']);
    expect(labels('"service": "s3", "do": "GetObject", "expect": { "calls": ["$0"] }')).toContain('Decrypt');
    expect(labels('"service": "s3", "do": "GetObject", "expect": { "calls": [{ "$0" }] }')).toEqual([
      'call',
      'as',
      'encryptionContext',
    ]);
  });
});

describe('hovers', () => {
  test('say of an operation what it has to do with the key', () => {
    expect(hover('"service": "s3", "do": "Upload$0Part"')).toContain('who only writes needs it, too');
    expect(rows('"service": "s3", "do": "Put$0Object"')).toEqual({
      Needs: '`bucket`',
      'May have': '`object`, `key`, `bucketKey` and `dsse`',
    });
    expect(hover('"service": "ec2", "do": "Put$0Object"')).toContain('member of what a service does');
  });

  test('say of a service what it can be asked for', () => {
    expect(hover('"service": "lo$0gs", "do": "PutLogEvents"')).toContain('Amazon CloudWatch Logs');
    expect(hover('"service": "lo$0gs"')).toContain('`AssociateKmsKey`');
  });
});

describe('findings', () => {
  test.each<[string, object, string[]]>([
    [
      'a service that is not there',
      { service: 's4', do: 'PutObject' },
      ['malformed /steps/0/service: `s4` is no value of `service`: did you mean `s3`?'],
    ],
    [
      'an operation that is misspelt',
      { service: 's3', do: 'PutObjekt', bucket: 'b' },
      ['malformed /steps/0/do: `s3` does no `PutObjekt`: did you mean `PutObject`?'],
    ],
    [
      'an operation of another service',
      { service: 'sqs', do: 'PutObject', bucket: 'b' },
      ['malformed /steps/0/do: `sqs` does no `PutObject`: write one of `CreateQueue`, `SendMessage`, `ReceiveMessage`'],
    ],
    [
      'a member of another operation, and one that lacks',
      { service: 's3', do: 'GetObject', key: 'orders' },
      [
        'malformed /steps/0: `GetObject` has a `bucket`: add it',
        'malformed /steps/0/key: `GetObject` has no `key`: write one of `bucket`, `object`',
      ],
    ],
    [
      'a key that is not there',
      { service: 's3', do: 'PutObject', bucket: 'b', key: 'order' },
      ['undefined-name /steps/0/key: `order` is no key of this file: did you mean `orders`?'],
    ],
    ['nothing wrong', { service: 's3', do: 'PutObject', bucket: 'b', key: 'orders' }, []],
  ])('%s', (_, step, expected) => {
    expect(problems(step)).toEqual(expected);
  });

  test('no operation needs what it does not have, nor has anything twice', () => {
    for (const service of serviceNames)
      for (const { name, needs, takes } of operationsOfService(service)) {
        expect(new Set([...needs, ...takes]).size, name).toBe(needs.length + takes.length);
        expect(findServiceOperation(service, name)?.summary, name).toMatch(/\.$/);
      }
  });
});
