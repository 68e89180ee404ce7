// A pattern on which a matcher that tries every split needs the fifth power of the length.
import { documentOf } from './engine.mjs';
import { fastest } from './measure.mjs';
import { cases, KEY, REGION } from './policies.mjs';

export function longPattern(engine, length) {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringLike: { 'kms:EncryptionContext:app': '*a*a*a*a*b' } },
      },
    ],
  };
  const world = { keyPolicy: new engine.CompiledPolicy(documentOf(engine, policy)), identityPolicies: [] };
  const request = {
    caller: engine.parseCaller(cases[0].principal, {}).caller,
    action: 'Decrypt',
    key: { ...engine.parseKeyArn(KEY), spec: 'SYMMETRIC_DEFAULT' },
    region: REGION,
  };
  // It ends as the pattern does and lacks one `a` of four: nothing but looking through all of it tells.
  const value = `${`a${'c'.repeat(length / 3)}`.repeat(3)}b`;
  return fastest(() => {
    const { verdict } = engine.decide({ ...request, encryptionContext: { app: value } }, world);
    if (verdict !== 'denied') throw new Error(`\`*a*a*a*a*b\` matched: ${verdict}`);
  });
}
