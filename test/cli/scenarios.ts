/** A key policy of two statements, of which the second has a condition, and scenarios that use it. */

export const policyText = `${JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Manage',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/Admin' },
        Action: ['kms:DescribeKey', 'kms:PutKeyPolicy'],
        Resource: '*',
      },
      {
        Sid: 'Use',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/App' },
        Action: ['kms:Encrypt', 'kms:Decrypt'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:EncryptionContext:env': 'prod' } },
      },
    ],
  },
  null,
  2,
)}\n`;

export interface Step {
  readonly name?: string;
  readonly can: string;
  readonly [member: string]: unknown;
}

/** `App` decrypts as the policy means it. */
export const passing: Step = {
  name: 'App reads prod',
  can: 'Decrypt',
  as: 'App',
  on: 'orders',
  encryptionContext: { env: 'prod' },
  expect: 'allowed',
};
/** The condition keeps it out. */
export const failing: Step = { ...passing, name: 'App reads dev', encryptionContext: { env: 'dev' } };
/** Denied, and nobody expected anything. */
export const informing: Step = { can: 'Decrypt', as: 'root', on: 'orders' };

/** The text of a scenario with these steps. */
export function scenarioText(steps: readonly Step[], more: object = {}): string {
  const scenario = {
    description: 'The orders key',
    principals: { App: { arn: 'arn:aws:iam::111122223333:role/App' } },
    keys: { orders: { policy: 'orders.key-policy.json' } },
    ...more,
    steps,
  };
  return `${JSON.stringify(scenario, null, 2)}\n`;
}

/** A folder's files: the policy and a scenario with these steps. */
export const filesWith = (...steps: readonly Step[]): Record<string, string> => ({
  'orders.key-policy.json': policyText,
  'orders.kms-scenario.json': scenarioText(steps),
});

/** The line, from 1, on which a text stands. */
export const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

/** How long something took is not the same twice. */
export const withoutTime = (text: string): string => text.replace(/in [\d.]+ m?s$/gm, 'in 0 ms');
