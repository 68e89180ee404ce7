import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PrincipalProblemCode,
  type PrincipalType,
  parsePrincipal,
} from '../../../../simulator/policy/syntax/principal.ts';

const ACCOUNT = '111122223333';
const IAM = `arn:aws:iam::${ACCOUNT}:`;
const STS = `arn:aws:sts::${ACCOUNT}:`;
const CANONICAL = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';

describe('parsePrincipal', () => {
  it.each<[string, PrincipalType, object]>([
    ['*', '*', { kind: 'everyone', account: undefined }],
    ['*', 'AWS', { kind: 'everyone', account: undefined }],
    [ACCOUNT, 'AWS', { kind: 'account', account: ACCOUNT, written: 'digits', partition: undefined }],
    [`${IAM}root`, 'AWS', { kind: 'account', account: ACCOUNT, written: 'root-arn', partition: 'aws' }],
    [`${IAM}user/Ana`, 'AWS', { kind: 'user', account: ACCOUNT, name: 'Ana', path: '/' }],
    [`${IAM}user/a/b/Ana`, 'AWS', { kind: 'user', account: ACCOUNT, name: 'Ana', path: '/a/b/' }],
    [`${IAM}role/a/App`, 'AWS', { kind: 'role', account: ACCOUNT, name: 'App', path: '/a/', origin: 'customer' }],
    [
      `${IAM}role/aws-service-role/x.amazonaws.com/R`,
      'AWS',
      { kind: 'role', name: 'R', path: '/aws-service-role/x.amazonaws.com/', origin: 'service-linked' },
    ],
    [`${STS}assumed-role/App/me@x`, 'AWS', { kind: 'assumed-role', name: 'App', sessionName: 'me@x' }],
    [`${STS}federated-user/Ana`, 'AWS', { kind: 'federated-user', account: ACCOUNT, name: 'Ana' }],
    ['AROADBQP57FF2AEXAMPLE', 'AWS', { kind: 'unique-id', prefix: 'AROA', names: 'role', id: 'AROADBQP57FF2AEXAMPLE' }],
    ['AIDACKCEVSQ6C2EXAMPLE', 'AWS', { kind: 'unique-id', prefix: 'AIDA', names: 'user' }],
    ['AXYZCKCEVSQ6C2EXAMPLE', 'AWS', { kind: 'unique-id', prefix: 'AXYZ', names: undefined }],
    [
      'logs.amazonaws.com',
      'Service',
      { kind: 'service', name: 'logs.amazonaws.com', service: 'logs', region: undefined },
    ],
    ['logs.us-east-1.amazonaws.com', 'Service', { kind: 'service', service: 'logs', region: 'us-east-1' }],
    ['delivery.logs.amazonaws.com', 'Service', { kind: 'service', service: 'delivery.logs', region: undefined }],
    ['ec2.amazonaws.com.cn', 'Service', { kind: 'service', service: 'ec2', region: undefined }],
    [`${IAM}saml-provider/Okta`, 'Federated', { kind: 'federated', provider: 'saml', account: ACCOUNT }],
    [`${IAM}oidc-provider/token.example.com`, 'Federated', { kind: 'federated', provider: 'oidc', account: ACCOUNT }],
    ['cognito-identity.amazonaws.com', 'Federated', { kind: 'federated', provider: 'oidc', account: undefined }],
    [CANONICAL, 'CanonicalUser', { kind: 'canonical-user', id: CANONICAL }],
  ])('%s under %s', (text, type, expected) => {
    expect(parsePrincipal(text, type)).toMatchObject({ text, type, problems: [], ...expected });
  });

  it.each<[string, PrincipalType, string, PrincipalProblemCode, string, string | undefined]>([
    ['', 'AWS', 'malformed', 'empty', '', undefined],
    [`${IAM}root`, '*', 'malformed', 'format', `${IAM}root`, undefined],
    [ACCOUNT, '*', 'malformed', 'format', ACCOUNT, undefined],
    ['Alice', 'AWS', 'malformed', 'format', 'Alice', undefined],
    ['11112222333', 'AWS', 'malformed', 'account-shape', '11112222333', undefined],
    ['1111-2222-3333', 'AWS', 'malformed', 'account-shape', '1111-2222-3333', ACCOUNT],
    ['AKIAIOSFODNN7EXAMPLE', 'AWS', 'malformed', 'access-key', 'AKIAIOSFODNN7EXAMPLE', undefined],
    ['logs.amazonaws.com', 'AWS', 'malformed', 'wrong-type', 'logs.amazonaws.com', undefined],
    [CANONICAL, 'AWS', 'malformed', 'wrong-type', CANONICAL, undefined],
    [`${IAM}saml-provider/X`, 'AWS', 'malformed', 'wrong-type', `${IAM}saml-provider/X`, undefined],
    [`${IAM}role/app-*`, 'AWS', 'partial-wildcard', 'wildcard', '*', undefined],
    [`${IAM}*`, 'AWS', 'partial-wildcard', 'wildcard', '*', undefined],
    ['arn:aws:iam::*:root', 'AWS', 'partial-wildcard', 'wildcard', '*', undefined],
    ['1111????3333', 'AWS', 'partial-wildcard', 'wildcard', '?', undefined],
    ['**', 'AWS', 'partial-wildcard', 'wildcard', '*', undefined],
    [`${IAM}role/\${aws:username}`, 'AWS', 'malformed', 'variable', '${aws:username}', undefined],
    [`${IAM}group/Admins`, 'AWS', 'group', 'group', 'group/Admins', undefined],
    [`${IAM}assumed-role/App/s`, 'AWS', 'malformed', 'session-in-iam', 'iam', 'sts'],
    [`${IAM}federated-user/Ana`, 'AWS', 'malformed', 'session-in-iam', 'iam', 'sts'],
    [`${STS}role/App`, 'AWS', 'malformed', 'identity-in-sts', 'sts', 'iam'],
    [`${STS}root`, 'AWS', 'malformed', 'identity-in-sts', 'sts', 'iam'],
    [`${STS}assumed-role/App`, 'AWS', 'malformed', 'session-missing', 'assumed-role/App', undefined],
    [`${STS}assumed-role/App/`, 'AWS', 'malformed', 'session-missing', 'assumed-role/App/', undefined],
    [`${STS}assumed-role/a/App/s`, 'AWS', 'malformed', 'session-path', 'assumed-role/a/App/s', 'assumed-role/App/s'],
    [`${IAM}Root`, 'AWS', 'malformed', 'not-a-principal', 'Root', 'root'],
    [`${IAM}Role/App`, 'AWS', 'malformed', 'not-a-principal', 'Role/App', 'role/App'],
    [`${IAM}role:App`, 'AWS', 'malformed', 'not-a-principal', 'role:App', 'role/App'],
    [`${IAM}policy/P`, 'AWS', 'malformed', 'not-a-principal', 'policy/P', undefined],
    ['arn:aws:s3:::bucket', 'AWS', 'malformed', 'not-a-principal', 's3', undefined],
    [`${IAM}role/a/`, 'AWS', 'malformed', 'resource-empty', 'role/a/', undefined],
    [`${IAM}role/my app`, 'AWS', 'role', 'name-character', 'role/my app', undefined],
    [`arn:aws:iam:${ACCOUNT}:root`, 'AWS', 'malformed', 'field-count', `arn:aws:iam:${ACCOUNT}:root`, `${IAM}root`],
    [`ARN:aws:iam::${ACCOUNT}:root`, 'AWS', 'malformed', 'prefix', 'ARN', 'arn'],
    [` ${IAM}root`, 'AWS', 'malformed', 'space', ` ${IAM}root`, `${IAM}root`],
    ['*', 'Service', 'every-service', 'service-wildcard', '*', undefined],
    ['*.amazonaws.com', 'Service', 'partial-wildcard', 'wildcard', '*', undefined],
    ['cloudtrail.aws.com', 'Service', 'malformed', 'service-suffix', 'cloudtrail.aws.com', 'cloudtrail.amazonaws.com'],
    ['cloudtrail', 'Service', 'malformed', 'service-suffix', 'cloudtrail', 'cloudtrail.amazonaws.com'],
    ['logs.us-east-1', 'Service', 'malformed', 'service-suffix', 'logs.us-east-1', undefined],
    ['.amazonaws.com', 'Service', 'malformed', 'service-shape', '.amazonaws.com', undefined],
    ['a b.amazonaws.com', 'Service', 'malformed', 'service-shape', 'a b.amazonaws.com', undefined],
    ['S3.amazonaws.com', 'Service', 'service', 'service-capitals', 'S3.amazonaws.com', 's3.amazonaws.com'],
    [`${IAM}root`, 'Service', 'malformed', 'wrong-type', `${IAM}root`, undefined],
    ['not a provider', 'Federated', 'malformed', 'format', 'not a provider', undefined],
    [`${IAM}role/App`, 'Federated', 'malformed', 'wrong-type', `${IAM}role/App`, undefined],
    ['abc', 'CanonicalUser', 'malformed', 'format', 'abc', undefined],
  ])('%j under %s: %s, %s', (text, type, kind, code, stretch, suggestion) => {
    const principal = parsePrincipal(text, type);
    expect(principal.kind).toBe(kind);
    expect(principal.problems).toHaveLength(1);
    const [found] = principal.problems;
    expect(found?.code).toBe(code);
    expect(found?.suggestion).toBe(suggestion);
    expect(text.slice(found?.span.start, found?.span.end)).toBe(stretch);
  });

  it('names the member under which a value belongs', () => {
    const detail = (text: string, type: PrincipalType) => parsePrincipal(text, type).problems[0]?.detail;
    expect(detail('logs.amazonaws.com', 'AWS')).toBe('Service');
    expect(detail(CANONICAL, 'AWS')).toBe('CanonicalUser');
    expect(detail(`${IAM}oidc-provider/x`, 'AWS')).toBe('Federated');
    expect(detail(ACCOUNT, 'Service')).toBe('AWS');
  });

  it.each<[string, PrincipalType, string | undefined, string | undefined]>([
    ['${PRINCIPAL}', '*', undefined, undefined],
    ['${PRINCIPAL}', 'AWS', undefined, undefined],
    ['roleArn', 'AWS', undefined, undefined],
    ['account-id', 'AWS', 'account', undefined],
    ['arn:aws:iam::${ACCOUNT_ID}:root', 'AWS', 'account', undefined],
    ['arn:aws:iam::account-id:user/username', 'AWS', 'user', undefined],
    [`${IAM}role/\${ROLE}`, 'AWS', 'role', ACCOUNT],
    [`${STS}assumed-role/<role>/<session>`, 'AWS', 'assumed-role', ACCOUNT],
    ['${SERVICE}.amazonaws.com', 'Service', 'service', undefined],
    ['logs.region.amazonaws.com', 'Service', 'service', undefined],
    ['service.amazonaws.com', 'Service', 'service', undefined],
    ['${PROVIDER}', 'Federated', 'federated', undefined],
    ['<canonical-id>', 'CanonicalUser', undefined, undefined],
  ])('%s under %s is unknown, not wrong', (text, type, shape, account) => {
    expect(parsePrincipal(text, type)).toMatchObject({ kind: 'unknown', shape, account, problems: [] });
  });

  it('still sees what no filling in can mend', () => {
    const principal = parsePrincipal('arn:aws:iam::${ACCOUNT_ID}:role/app-*', 'AWS');
    expect(principal.kind).toBe('unknown');
    expect(principal.problems.map(({ code }) => code)).toEqual(['wildcard']);
  });

  it('takes any string under any member', () => {
    const pieces = fc.constantFrom(
      'arn:',
      'aws:',
      'iam::',
      'sts::',
      ACCOUNT,
      ':',
      'role/',
      'assumed-role/',
      'a',
      '/',
      '*',
      '${',
      '}',
    );
    const types = fc.constantFrom<PrincipalType>('AWS', 'Service', 'Federated', 'CanonicalUser', '*');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        types,
        (text, type) => {
          const principal = parsePrincipal(text, type);
          if (principal.kind === 'malformed') expect(principal.problems.length).toBeGreaterThan(0);
          for (const { span } of principal.problems) expect(span.end).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});
