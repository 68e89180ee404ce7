import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../../server/documents/source.ts';
import { findings } from '../../../rules/harness.ts';
import { labels, statement, taken } from './harness.ts';

const KEY = 'a.key-policy.json';
const APP = 'arn:aws:iam::111122223333:role/App';

describe('principals', () => {
  test('the element: one type, or everyone', () => {
    expect(labels(KEY, statement('"Principal": $0'))).toEqual(['{ "AWS": … }', '{ "Service": … }', '*']);
    expect(labels('a.vpce-policy.json', statement('"Principal": "$0"'))?.[0]).toBe('*');
    expect(labels('a.rcp.json', statement('"Principal": "$0"'))).toEqual(['*']);
    expect(JSON.parse(taken(KEY, statement('"Principal": "$0"'), '{ "AWS": … }')).Statement[0].Principal).toEqual({
      AWS: '',
    });
  });

  test('the types that are missing', () => {
    expect(labels(KEY, statement('"Principal": {"$0"}'))).toEqual(['AWS', 'Service']);
    expect(labels(KEY, statement('"NotPrincipal": {"AWS": "*", "$0"}'))).toEqual(['Service']);
  });

  test('those of this document first, then those of the others, then shapes', () => {
    const other = statement(
      '"Principal": {"AWS": ["arn:aws:iam::444455556666:user/Ana", "arn:aws:iam::444455556666:root"]}',
    );
    const text = `{"Statement": [{"Principal": {"AWS": "${APP}"}}, {"Principal": {"AWS": "$0"}}]}`;
    expect(labels(KEY, text, { others: { 'b.key-policy.json': other } })).toEqual([
      APP,
      'arn:aws:iam::444455556666:user/Ana',
      'arn:aws:iam::444455556666:root',
      'arn:aws:iam::111122223333:root',
      'arn:aws:iam::…:root',
      'arn:aws:iam::…:role/…',
      'arn:aws:iam::…:user/…',
      '*',
    ]);
  });

  test('the account of the settings, in the partition of the Region', () => {
    const found = labels(KEY, statement('"Principal": {"AWS": "$0"}'), {
      account: '999999999999',
      region: 'cn-north-1',
    });
    expect(found?.[0]).toBe('arn:aws-cn:iam::999999999999:root');
  });

  test('what is being written is not offered as something seen', () => {
    expect(labels(KEY, statement(`"Principal": {"AWS": "${APP}$0"}`))).not.toContain(APP);
    expect(labels(KEY, statement(`"Principal": {"AWS": "${APP}$0`))).not.toContain(APP);
  });

  test('not one that the list has', () => {
    expect(labels(KEY, statement(`"Principal": {"AWS": ["${APP}", "$0"]}`))).not.toContain(APP);
  });

  test('services, with the Region where it is part of the name', () => {
    const found = labels(KEY, statement('"Principal": {"Service": "$0"}'), { region: 'eu-west-1' });
    expect(found).toContain('cloudtrail.amazonaws.com');
    expect(found).toContain('logs.eu-west-1.amazonaws.com');
    expect(found?.some((name) => name.includes('$'))).toBe(false);
  });

  test('identity providers', () => {
    expect(labels(KEY, statement('"Principal": {"Federated": "$0"}'))).toEqual([
      'arn:aws:iam::…:saml-provider/…',
      'arn:aws:iam::…:oidc-provider/…',
    ]);
  });
});

describe('resources', () => {
  test('this key, in a key policy', () => {
    expect(labels(KEY, statement('"Resource": "$0"'))).toEqual(['*']);
  });

  test('keys and aliases elsewhere, those seen first', () => {
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const others = { 'b.iam-policy.json': statement(`"Action": "kms:*", "Resource": "${key}"`) };
    expect(labels('a.iam-policy.json', statement('"Action": "kms:Decrypt", "Resource": "$0"'), { others })).toEqual([
      key,
      'arn:aws:kms:…:…:key/…',
      '*',
    ]);
    expect(labels('a.iam-policy.json', statement('"Action": "kms:CreateAlias", "Resource": ["$0"]'))).toEqual([
      'arn:aws:kms:…:…:key/…',
      'arn:aws:kms:…:…:alias/…',
      '*',
    ]);
    expect(labels('a.iam-policy.json', statement('"Action": "kms:ListKeys", "Resource": "$0"'))).toEqual(['*']);
    expect(labels('a.scp.json', statement('"Action": "kms:*", "Resource": "$0"'))?.[0]).toBe('*');
  });
});

describe('whole statements', () => {
  const FIRST: readonly [string, string][] = [
    [KEY, 'statement-account'],
    ['a.iam-policy.json', 'statement-use-key'],
    ['a.scp.json', 'statement-deny-deletion'],
    ['a.rcp.json', 'statement-organization-only'],
    ['a.vpce-policy.json', 'statement-role-and-key'],
  ];
  test.each(FIRST)('%s: %s', (file, label) => {
    expect(labels(file, '{"Statement": [$0]}')?.slice(0, 2)).toEqual(['Statement', label]);
    const made = JSON.parse(taken(file, '{"Statement": [{}, $0]}', label));
    expect(made.Statement[1].Effect).toMatch(/^(Allow|Deny)$/);
  });

  test.each(FIRST.map(([file]) => file))('%s: none has findings of its own', (file) => {
    const marked = '{\n  "Version": "2012-10-17",\n  "Statement": [\n    $0\n  ]\n}\n';
    const whole = (labels(file, marked) ?? []).filter((label) => label.startsWith('statement-'));
    expect(whole.length).toBeGreaterThan(0);
    for (const label of whole) {
      const text = taken(file, marked, label).replaceAll('\t', '  ');
      const found = findings(new SourceDocument({ uri: `file:///${file}`, text }));
      expect(found.map(({ rule, finding }) => `${label}: ${rule.id}: ${finding.message}`)).toEqual([]);
    }
  });

  test('they speak of the account and the Region of the document', () => {
    const marked = `{
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "AWS": "arn:aws-cn:iam::444455556666:role/App" },
          "Action": "kms:Decrypt",
          "Resource": "arn:aws-cn:kms:cn-north-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        },
        $0
      ]
    }`;
    const made = JSON.parse(taken(KEY, marked, 'statement-account')).Statement[1];
    expect(made.Principal).toEqual({ AWS: 'arn:aws-cn:iam::444455556666:root' });
    expect(taken(KEY, marked, 'statement-cloudwatch-logs')).toContain('logs.cn-north-1.amazonaws.com');
  });

  test('only as elements of the list', () => {
    expect(labels(KEY, '{"Statement": $0}')).toEqual([]);
    expect(labels(KEY, statement('$0'))).not.toContain('Statement');
  });
});
