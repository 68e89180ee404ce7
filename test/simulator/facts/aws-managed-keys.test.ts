import { describe, expect, it } from 'vitest';
import { awsManagedKeyPolicy } from '../../../simulator/access/default-policies.ts';
import { awsManagedKeys, findAwsManagedKey } from '../../../simulator/facts/aws-managed-keys.ts';

const place = { partition: 'aws-cn', account: '444455556666', region: 'cn-north-1' };

describe('AWS managed keys', () => {
  it('are known by their aliases, each once', () => {
    const names = awsManagedKeys.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
    expect(names).toHaveLength(39);
    expect(findAwsManagedKey('alias/aws/ebs')).toMatchObject({ via: ['ec2'], policyId: 'auto-ebs-2' });
    expect(findAwsManagedKey('alias/aws/none')).toBeUndefined();
    expect(findAwsManagedKey('alias/ebs')).toBeUndefined();
  });

  it.each(awsManagedKeys.map((fact) => [fact.name, fact] as const))('%s has a policy that is sound', (_, fact) => {
    const statements = fact.statements(place);
    const text = JSON.stringify(statements);
    expect(text).not.toMatch(/undefined|us-east-1|arn:aws:/);
    for (const statement of statements)
      expect(statement).toMatchObject({ Sid: expect.any(String), Resource: '*', Principal: expect.any(Object) });
    // Nobody but the account, AWS's services and whoever belongs to the account.
    for (const statement of statements.map((each) => JSON.stringify(each)))
      if (statement.includes('"Allow"') && statement.includes('{"AWS":"*"}'))
        expect(statement).toContain('"kms:CallerAccount":"444455556666"');
    expect(text).not.toMatch(/kms:(Put|Disable|Enable|Schedule|Tag|Create[AK]|UpdateA|\*)/);
    const { compiled } = { compiled: awsManagedKeyPolicy(`alias/aws/${fact.name}`, place) };
    expect(compiled.size).toBe(statements.length);
    for (const service of fact.via) if (fact.name !== 'ses') expect(text).toContain(`"${service}.`);
  });
});
