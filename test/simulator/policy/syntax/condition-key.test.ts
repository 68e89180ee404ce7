import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConditionKeyProblemCode, parseConditionKey } from '../../../../simulator/policy/syntax/condition-key.ts';

describe('parseConditionKey', () => {
  it.each([
    ['kms:ViaService', 'kms', 'ViaService', undefined, 'kms:viaservice'],
    ['KMS:viaservice', 'kms', 'viaservice', undefined, 'kms:viaservice'],
    ['kms:EncryptionContext:Stage', 'kms', 'EncryptionContext', 'Stage', 'kms:encryptioncontext:'],
    ['kms:EncryptionContext:aws:s3:arn', 'kms', 'EncryptionContext', 'aws:s3:arn', 'kms:encryptioncontext:'],
    ['kms:encryptioncontext:a/b c', 'kms', 'encryptioncontext', 'a/b c', 'kms:encryptioncontext:'],
    ['kms:EncryptionContextKeys', 'kms', 'EncryptionContextKeys', undefined, 'kms:encryptioncontextkeys'],
    ['kms:RecipientAttestation:PCR0', 'kms', 'RecipientAttestation:PCR0', undefined, 'kms:recipientattestation:pcr0'],
    ['aws:PrincipalTag/dp:exclude:identity', 'aws', 'PrincipalTag', 'dp:exclude:identity', 'aws:principaltag/'],
    ['aws:ResourceTag/a/b', 'aws', 'ResourceTag', 'a/b', 'aws:resourcetag/'],
    ['AWS:RequestTag/x', 'aws', 'RequestTag', 'x', 'aws:requesttag/'],
    ['aws:SourceArn', 'aws', 'SourceArn', undefined, 'aws:sourcearn'],
    ['ec2:ResourceTag/team', 'ec2', 'ResourceTag', 'team', 'ec2:resourcetag/'],
    ['s3:prefix', 's3', 'prefix', undefined, 's3:prefix'],
    ['graph.facebook.com:id', 'graph.facebook.com', 'id', undefined, 'graph.facebook.com:id'],
    [
      'oidc.eks.us-west-2.amazonaws.com/id/ABC:sub',
      'oidc.eks.us-west-2.amazonaws.com/id/abc',
      'sub',
      undefined,
      'oidc.eks.us-west-2.amazonaws.com/id/abc:sub',
    ],
  ])('%s', (text, service, name, variable, stem) => {
    const key = parseConditionKey(text);
    expect(key).toMatchObject({ text, kind: 'key', service, name, stem, lower: text.toLowerCase(), problems: [] });
    expect(key.variable?.text).toBe(variable);
    expect(text.slice(key.variable?.span.start ?? 0, key.variable?.span.end ?? 0)).toBe(variable ?? '');
  });

  it.each<[string, ConditionKeyProblemCode, string, string | undefined]>([
    ['', 'empty', '', undefined],
    ['SourceIp', 'service-missing', 'SourceIp', undefined],
    [':SourceIp', 'service-empty', '', undefined],
    ['kms:', 'name-empty', 'kms:', undefined],
    [' kms:ViaService', 'space', ' kms:ViaService', 'kms:ViaService'],
    ['kms: ViaService', 'space', ' ', ''],
    ['kms:EncryptionContext', 'variable-missing', 'EncryptionContext', undefined],
    ['kms:EncryptionContext:', 'variable-missing', 'EncryptionContext:', undefined],
    ['kms:EncryptionContext/Stage', 'separator', '/', ':'],
    ['aws:PrincipalTag:team', 'separator', ':', '/'],
    ['aws:ResourceTag', 'variable-missing', 'ResourceTag', undefined],
    ['aws:RequestTag/', 'variable-missing', 'RequestTag/', undefined],
    ['kms:EncryptionContext:${aws:username}', 'policy-variable', '${aws:username}', undefined],
  ])('%j: %s', (text, code, stretch, suggestion) => {
    const { kind, problems } = parseConditionKey(text);
    expect(kind).toBe('malformed');
    expect(problems).toHaveLength(1);
    const [found] = problems;
    expect(found?.code).toBe(code);
    expect(found?.suggestion).toBe(suggestion);
    expect(text.slice(found?.span.start, found?.span.end)).toBe(stretch);
  });

  it('judges neither placeholders nor the keys of other services', () => {
    expect(parseConditionKey('<OIDC_provider_name_1>:sub')).toMatchObject({ kind: 'unknown', problems: [] });
    expect(parseConditionKey('kms:EncryptionContext:${KEY}')).toMatchObject({ kind: 'unknown', problems: [] });
    expect(parseConditionKey('ec2:ResourceTag/')).toMatchObject({ kind: 'key', problems: [] });
  });

  it('takes any string', () => {
    const pieces = fc.constantFrom('kms', 'aws', ':', '/', 'EncryptionContext', 'PrincipalTag', ' ', '${', '}', '<A>');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const key = parseConditionKey(text);
          expect(key.kind === 'malformed').toBe(key.problems.length !== 0);
          expect(key.lower.startsWith(key.stem)).toBe(true);
        },
      ),
    );
  });
});
