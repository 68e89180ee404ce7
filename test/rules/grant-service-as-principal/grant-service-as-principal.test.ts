import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const SERVICE = 'dynamodb.us-east-1.amazonaws.com';

test('reports a service where an ARN belongs', () => {
  check(
    'a.kms-grant.json',
    `{
      "GranteePrincipal": "rds.amazonaws.com",
      //                  ^^^^^^^^^^^^^^^^^^^ grant-service-as-principal: \`rds.amazonaws.com\` is an AWS service, and \`GranteePrincipal\` takes an ARN; AWS KMS rejects the request; give it as \`GranteeServicePrincipal\`
      "RetiringPrincipal": "dynamodb.cn-north-1.amazonaws.com.cn"
      //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ grant-service-as-principal: give it as \`RetiringServicePrincipal\`
    }`,
  );
});

describe('leaves alone', () => {
  test.each([
    ['ARNs', '{ "GranteePrincipal": "arn:aws:iam::111122223333:role/Orders" }'],
    ['the members for services', `{ "GranteeServicePrincipal": "${SERVICE}" }`],
    ['the output of ListGrants', `{ "Grants": [{ "GranteePrincipal": "${SERVICE}" }] }`],
    ['what is filled in later', '{ "GranteePrincipal": "${Service}.amazonaws.com" }'],
  ])('%s', (_, text) => {
    expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
  });
});

test('offers the member for services, where it is free', () => {
  const mended = fixed(
    'a.kms-grant.json',
    `{ "GranteePrincipal":\n  "rds.amazonaws.com"\n//^^^^^^^^^^^^^^^^^^^ grant-service-as-principal\n}`,
    'change to `GranteeServicePrincipal`',
  );
  expect(JSON.parse(mended)).toEqual({ GranteeServicePrincipal: 'rds.amazonaws.com' });
  const both = `{ "GranteePrincipal": "${SERVICE}", "GranteeServicePrincipal": "${SERVICE}" }`;
  expect(fixTitles('a.kms-grant.json', both)).toEqual([]);
});
