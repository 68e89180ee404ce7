import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { operationsOfService, serviceNames } from '../../../simulator/facts/service-operations.ts';
import type { StepPart, StepResult } from '../../../simulator/scenario/step.ts';
import { playScenario } from '../kms/play.ts';
import { type Row, rows } from './rows.ts';

const documentation = readFileSync(new URL('../../../docs/services.md', import.meta.url), 'utf8');

interface Documented {
  readonly calls: string;
  readonly whileDisabled: string;
}

/** The sections of the documentation, one for each service. */
const sections = new Map(
  documentation.split(/^## /m).flatMap((text) => {
    const service = /^`(\w+)`/.exec(text)?.[1];
    return service === undefined ? [] : [[service, text]];
  }),
);

/** What each operation calls, and whether it works while the key is disabled. */
function documented(service: string, operation: string): Documented | undefined {
  const rowsOf = (sections.get(service) ?? '').matchAll(
    /^\| `(\w+)`(?: (\([^|]*\)))? \| ([^|]*) \| (works|fails) \|$/gm,
  );
  for (const [, name, more, calls = '', whileDisabled = ''] of rowsOf)
    if (operation === [name, more].filter((each) => each !== undefined).join(' ')) return { calls, whileDisabled };
  return undefined;
}

/** The encryption context of a service, which its section begins with. */
function contextOf(service: string): string[] {
  const names = /^Encryption context: (.*?)\.$/m.exec(sections.get(service) ?? '')?.[1] ?? '';
  return [...names.matchAll(/`([\w:-]+)`/g)].flatMap(([, name]) => name ?? []);
}

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] };
const role = (name: string) => ({ arn: `arn:aws:iam::111122223333:role/${name}`, policies: [everything] });

/** Also lets the services in that use the key as themselves. */
const policy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' },
    {
      Effect: 'Allow',
      Principal: { Service: ['logs.us-east-1.amazonaws.com', 'sns.amazonaws.com'] },
      Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      Resource: '*',
    },
  ],
};

const world = {
  principals: { Caller: role('Caller'), Other: role('Other'), Role: role('Role') },
  keys: { main: { policy }, other: { policy } },
};

async function play(service: string, name: string, row: Row, ...between: object[]): Promise<StepResult[]> {
  const asked = { service, do: name.split(' ')[0], as: 'Caller', ...row.step };
  const before = (row.before ?? []).map((step) => ('service' in step ? { as: 'Caller', ...step } : step));
  return playScenario({ ...world, steps: [...before, ...between, asked] });
}

const fact = (part: StepPart, name: RegExp): string | undefined => part.facts.find(([what]) => name.test(what))?.[1];

/** `GenerateDataKey as the caller`, and with which encryption context where it is not that of the service. */
function inWords({ parts = [] }: StepResult, usual: readonly string[]): string {
  const calls = parts.map((part) => {
    const by = fact(part, /^called by$/) ?? '';
    const isService = by.endsWith('.amazonaws.com');
    const who = { Caller: 'the caller', Role: 'the execution role' }[by] ?? (isService ? 'the service' : 'EC2');
    const isDirect = by === 'Caller' || by === 'Role' ? fact(part, /^kms:ViaService$/) === undefined : false;
    const pairs = fact(part, /^(encryption context|constraint)/) ?? '';
    const names = [...pairs.matchAll(/([\w:-]+) = /g)].map(([, name]) => name);
    const isUsual = names.length === 0 || names.join() === usual.join();
    const context = isUsual ? '' : ` with ${names.map((name) => `\`${name}\``).join(', ')}`;
    return `${part.title} as ${who}${isDirect ? ' directly' : ''}${context}`;
  });
  return calls.length === 0 ? 'none' : calls.join(', ');
}

describe.each(serviceNames)('%s', (service) => {
  const own = Object.entries(rows[service]);

  test('every operation is in the table', () => {
    const tried = new Set(own.map(([name]) => name.split(' ')[0]));
    const known = operationsOfService(service).map(({ name }) => name);
    expect([...tried].sort()).toEqual(known.sort());
  });

  test.each(own)('%s makes the calls that the documentation says', async (name, row) => {
    const results = await play(service, name, row);
    expect(results.map(({ outcome, problem }) => problem ?? outcome)).toEqual(results.map(() => 'info'));
    const last = results.at(-1);
    expect(last && inWords(last, contextOf(service))).toBe(documented(service, name)?.calls);
    expect(last?.actual).toBe('ok');
  });

  test.each(own)('%s while the key is disabled', async (name, row) => {
    const disable = { call: 'DisableKey', input: { KeyId: 'main' }, expect: 'ok' };
    const last = (await play(service, name, row, disable)).at(-1);
    const expected = documented(service, name)?.whileDisabled;
    expect(last?.actual).toEqual(expected === 'works' ? 'ok' : { error: 'DisabledException' });
  });
});
