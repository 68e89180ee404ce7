import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findExpressions,
  findPlaceholders,
  hasPlaceholder,
  isPlaceholderSegment,
  namesRegion,
  standsForArn,
  widenPlaceholders,
} from '../../../../simulator/policy/syntax/placeholder.ts';

describe('template expressions of other tools', () => {
  it.each([
    '${ACCOUNT_ID}',
    '${AWS::AccountId}',
    'arn:${AWS::Partition}:iam::1:root',
    '${var.x}',
    '${ var.x }',
    '${data.aws_caller_identity.current.account_id}',
    '${var.is_prod ? "a" : "b"}',
    '${lookup(var.m, "${x}")}',
    '${Token[AWS.AccountId.4]}',
    '#{Token[TOKEN.21]}',
    '${self:custom.account}',
    "${opt:stage, 'dev'}",
    '${env:ACCOUNT}',
    '${cf.us-east-1:stack.output}',
    '${ssm:/path/name}',
    '${X:-default}',
    '${X:?unset}',
    '${ORG_ID}',
    '{{ account }}',
    '{{resolve:ssm:/a}}',
    '<ACCOUNT>',
    'prefix-<your-account-id>-suffix',
    '<OIDC_provider_name_1>:sub',
    '<%= account %>',
    '%{if x}a%{endif}',
    '__NAME__',
    'arn:aws:iam::__ACCOUNT_ID__:root',
    '$(ACCOUNT)',
    '$(aws sts get-caller-identity)',
  ])('%s holds one', (text) => {
    expect(hasPlaceholder(text)).toBe(true);
    expect(findPlaceholders(text).length).toBeGreaterThan(0);
  });

  it.each([
    '',
    'plain',
    '*',
    '${aws:username}',
    '${AWS:username}',
    '${ aws:username }',
    "${aws:PrincipalTag/team, 'default'}",
    '${aws:PrincipalTag/dp:exclude:identity}',
    '${kms:EncryptionContext:aws:s3:arn}',
    '${kms:ViaService}',
    '${s3:prefix}',
    '${sts:ExternalId}',
    '${saml:sub}',
    '${graph.facebook.com:id}',
    '${cognito-identity.amazonaws.com:sub}',
    '${oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub}',
    '${*}${?}${$}',
    '${}',
    '${   }',
    '${aws:username',
    '${unclosed',
    'a < b',
    'a <b',
    '{{ open',
    '$(open',
    'a__b__c',
    'my__role__name',
    '____',
    '100%',
    '$100',
    'key/1234abcd-12ab-34cd-56ef-1234567890ab',
  ])('%s holds none', (text) => {
    expect(hasPlaceholder(text)).toBe(false);
    expect(findPlaceholders(text)).toEqual([]);
  });

  it('gives the places, policy variables apart', () => {
    expect(findExpressions('a${X}b${aws:userid}c<Y>')).toEqual([
      { kind: 'placeholder', start: 1, end: 5 },
      { kind: 'variable', start: 6, end: 19 },
      { kind: 'placeholder', start: 20, end: 23 },
    ]);
  });

  it('pairs braces, so that an unclosed expression does not swallow a closed one', () => {
    expect(findExpressions('${open ${aws:userid}')).toEqual([{ kind: 'variable', start: 7, end: 20 }]);
    expect(findPlaceholders('${a.${b}.c}')).toEqual([{ kind: 'placeholder', start: 0, end: 11 }]);
  });

  it('widens placeholders to wildcards and keeps the rest', () => {
    expect(widenPlaceholders('s3.${REGION}.amazonaws.com')).toBe('s3.*.amazonaws.com');
    expect(widenPlaceholders('<A>${aws:userid}<B>')).toBe('*${aws:userid}*');
    expect(widenPlaceholders('plain')).toBe('plain');
  });

  it('never throws, keeps its places in order and inside the text', () => {
    const pieces = fc.constantFrom(
      '${',
      '}',
      '{{',
      '}}',
      '<',
      '>',
      '__',
      'A',
      '$(',
      ')',
      '%{',
      '#{',
      'aws:',
      ':',
      ' ',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          let end = 0;
          for (const found of findExpressions(text)) {
            expect(found.start).toBeGreaterThanOrEqual(end);
            expect(found.end).toBeGreaterThan(found.start);
            end = found.end;
          }
          expect(end).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  it.each(['${', '{{', '<A', '__A', '$(', '{', '${{{', '#{<'])('reads long runs of %s', (piece) => {
    expect(hasPlaceholder(piece.repeat(50_000))).toBe(false);
  });
});

describe('words that stand for a segment of an ARN', () => {
  it.each([
    ['account-id', 'account'],
    ['ACCOUNT-ID-WITHOUT-HYPHENS', 'account'],
    ['account_ID', 'account'],
    ['myAccountID', 'account'],
    ['Account1', 'account'],
    ['AWS-account-ID', 'account'],
    ['XXXXXXXXXXXX', 'account'],
    ['1234xxxx9012', 'account'],
    ['<accountId>', 'account'],
    ['$ACCOUNT', 'account'],
    ['{account}', 'account'],
    ['[ACCOUNT ID]', 'account'],
    ['%ACCOUNT%', 'account'],
    ['...', 'account'],
    ['region', 'region'],
    ['Region', 'region'],
    ['REGION', 'region'],
    ['key-region', 'region'],
    ['region1', 'region'],
    ['your_region', 'region'],
    ['somewhere', 'region'],
    ['partition', 'partition'],
    ['service', 'service'],
    ['service-name', 'service'],
    ['key/key-id', 'resource'],
    ['key/key_ID', 'resource'],
    ['key/keyID', 'resource'],
  ] as const)('%s as %s', (text, segment) => {
    expect(isPlaceholderSegment(text, segment)).toBe(true);
  });

  it.each([
    ['', 'account'],
    ['111122223333', 'account'],
    ['11111111111', 'account'],
    ['1111-2222-3333', 'account'],
    ['aws', 'account'],
    ['us-west-2', 'account'],
    ['role/x', 'account'],
    ['*', 'account'],
    ['us-east-1', 'region'],
    ['us-gov-west-1', 'region'],
    ['us-west2', 'region'],
    ['US-EAST-1', 'region'],
    ['us-west-2a', 'region'],
    ['eu-west', 'region'],
    ['*', 'region'],
    ['us-*', 'region'],
    ['aws', 'partition'],
    ['aws-cn', 'partition'],
    ['kms', 'service'],
    ['key/1234abcd-12ab-34cd-56ef-1234567890ab', 'resource'],
    ['alias/app', 'resource'],
  ] as const)('not %s as %s', (text, segment) => {
    expect(isPlaceholderSegment(text, segment)).toBe(false);
  });

  it('knows words for whole ARNs and for Regions', () => {
    for (const text of ['arn', 'myKMSKeyARN', 'roleArn', 'SecretARN', 'List of the AWS KMS key ARNs that are used']) {
      expect(standsForArn(text), text).toBe(true);
    }
    for (const text of ['', 'learn', 'alias/learn', 'Alice', '1234abcd-12ab-34cd-56ef-1234567890ab']) {
      expect(standsForArn(text), text).toBe(false);
    }
    expect(namesRegion('source-bucket-region')).toBe(true);
    expect(namesRegion('logs')).toBe(false);
  });
});
