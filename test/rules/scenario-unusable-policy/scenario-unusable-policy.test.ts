import { describe, expect, test } from 'vitest';
import { check, ruleIds } from '../harness.ts';

const FILE = 'orders.kms-scenario.json';

test('reports each place that names a file that cannot be used', () => {
  const unusableFiles = new Map([
    ['gone.iam-policy.json', 'cannot be read: mend the path or add the file'],
    ['../../x.json', 'lies outside of the workspace folder: keep the file inside'],
  ]);
  check(
    FILE,
    `
      {
        "principals": {
          "App": {
            "arn": "arn:aws:iam::111122223333:role/App",
            "policies": ["gone.iam-policy.json", "app.iam-policy.json"],
            //           ^^^^^^^^^^^^^^^^^^^^^^ scenario-unusable-policy: \`gone.iam-policy.json\` cannot be read: mend the path or add the file
            "permissionsBoundary": "gone.iam-policy.json"
            //                     ^^^^^^^^^^^^^^^^^^^^^^ scenario-unusable-policy
          }
        },
        "keys": { "orders": { "policy": "../../x.json" } }
        //                              ^^^^^^^^^^^^^^ scenario-unusable-policy: \`../../x.json\` lies outside
      }`,
    { facts: { unusableFiles } },
  );
});

describe('leaves alone', () => {
  test.each(['orders.key-policy.json', '__proto__', 'constructor'])('%s, of which nothing is known', (policy) => {
    const text = JSON.stringify({ keys: { orders: { policy } } });
    expect(ruleIds(FILE, text)).toEqual([]);
    expect(ruleIds(FILE, text, { facts: { unusableFiles: new Map() } })).toEqual([]);
  });
});
