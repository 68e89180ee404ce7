import { describe, expect, it } from 'vitest';
import { jobs } from '../../server/jobs.ts';
import type { RoundTripJob } from '../../server/round-trips/job.ts';
import type { PolicyTrip } from '../../server/round-trips/of-policy.ts';

const app = 'arn:aws:iam::111122223333:role/App';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: { readonly AWS: string };
  readonly Action: string | readonly string[];
}

function jobOf(statements: readonly Statement[], change: Partial<PolicyTrip & RoundTripJob> = {}): RoundTripJob {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ ...statement, Resource: '*' })),
  });
  const encryptionContext = change.encryptionContext ?? { tenant: 'acme' };
  return {
    of: {
      kind: 'policy',
      keyPolicy: { uri: 'file:///a.key-policy.json', text, languageId: 'kms-key-policy', version: 1 },
      defaults: { account: '111122223333', region: 'eu-west-1' },
      principal: change.principal ?? app,
      encryptionContext,
      configuration: { documents: [] },
    },
    encryptionContext,
    payload: change.payload ?? { text: 'payload' },
    change: change.change,
    demonstrations: false,
  };
}

async function run(statements: readonly Statement[], change: Partial<PolicyTrip & RoundTripJob> = {}) {
  const result = await jobs.roundTrip(jobOf(statements, change));
  if ('problem' in result) throw new Error(result.problem);
  return result.ok.report;
}

const use: Statement = { Effect: 'Allow', Principal: { AWS: app }, Action: ['kms:GenerateDataKey', 'kms:Decrypt'] };

describe('the round trip job', () => {
  it('goes through where the key policy allows it', async () => {
    const report = await run([use]);
    expect(report.outcome).toBe('ok');
    expect(report.keyArn).toMatch(/^arn:aws:kms:eu-west-1:111122223333:key\/[0-9a-f-]{36}$/);
    expect(structuredClone(report)).toEqual(report);
  });

  it('goes through where an identity policy would have to allow it, and says so', async () => {
    const report = await run([{ ...use, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }]);
    expect(report.outcome).toBe('ok');
    expect(report.steps[0]?.because).toBe(
      'allowed if an identity policy of 111122223333 allows `kms:GenerateDataKey`; here it is taken as allowed',
    );
  });

  it('stops with the message of AWS where the key policy allows nothing', async () => {
    const { steps } = await run([{ ...use, Principal: { AWS: 'arn:aws:iam::111122223333:role/Other' } }]);
    expect(steps[0]?.outcome).toBe('stopped');
    expect(steps[0]?.error?.message).toMatch(
      / on resource: arn:aws:kms:\S+ because no resource-based policy allows the kms:GenerateDataKey action$/,
    );
  });

  it('stops with the message of AWS where the key policy denies', async () => {
    const { steps } = await run([use, { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:Decrypt' }]);
    const stopped = steps.find(({ outcome }) => outcome === 'stopped');
    expect(stopped?.id).toBe('decrypt-data-key');
    expect(stopped?.error?.message).toMatch(/ with an explicit deny in a resource-based policy$/);
  });

  it('asks the policies about an attacker, and nobody else', async () => {
    const { change } = await run([use], { change: 'attacker-without-key' });
    expect(change?.error?.name).toBe('AccessDeniedException');
    const open = await run([{ ...use, Principal: { AWS: '*' } }], { change: 'attacker-without-key' });
    expect(open.change?.why).toMatch(/^Nothing stops them: .*999999999999.*; here it is taken as allowed\.$/);
  });

  it.each<[string, Partial<PolicyTrip & RoundTripJob>, RegExp]>([
    ['a principal that is none', { principal: 'nobody' }, /`nobody` is no principal/],
    [
      'a reserved context key',
      { encryptionContext: { 'aws-crypto-x': '' } },
      /`aws-crypto-` is reserved.*; use another key$/,
    ],
    ['a context that is too long', { encryptionContext: { a: 'x'.repeat(70_000) } }, /a message holds 65535; keep/],
  ])('tells the asker about %s', async (_, change, problem) => {
    expect(await jobs.roundTrip(jobOf([use], change))).toEqual({ problem: expect.stringMatching(problem) });
  });
});
