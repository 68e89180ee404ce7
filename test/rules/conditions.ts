import { expect } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import { applyFix } from '../../server/rules/fixes.ts';
import { fixesOf } from '../../server/rules/rule.ts';
import { findings, fixTitles, policyOf, ruleIds } from './harness.ts';

export interface Around {
  readonly file?: string;
  readonly effect?: string;
  /** JSON, as the elements' values. */
  readonly principal?: string;
  readonly action?: string;
}

const KEY_POLICY = 'a.key-policy.json';

/** A policy of one statement whose condition has these members. */
export function withCondition(members: string, around: Around = {}): string {
  const { effect = 'Allow', principal = '{ "AWS": "111122223333" }', action = '"kms:Decrypt"' } = around;
  return policyOf(`
    {
      "Effect": "${effect}",
      "Principal": ${principal},
      "Action": ${action},
      "Resource": "*",
      "Condition": {
        ${members.trim()}
      }
    }
  `);
}

/** The findings of the rule that the test's folder is named after. */
export function found(members: string, around: Around = {}): string[] {
  return ruleIds(around.file ?? KEY_POLICY, withCondition(members, around));
}

/** The condition after the fix that has this title. */
export function mended(members: string, title: string, around: Around = {}): unknown {
  const document = new SourceDocument({ uri: around.file ?? KEY_POLICY, text: withCondition(members, around) });
  const fixes = findings(document).flatMap(({ finding }) => fixesOf(finding));
  const fix = fixes.find((each) => each.title === title);
  expect(fix, `no fix is called "${title}": ${fixes.map((each) => `"${each.title}"`).join(', ')}`).toBeDefined();
  return fix && JSON.parse(applyFix(document, fix) ?? '').Statement[0].Condition;
}

export function titles(members: string, around: Around = {}): string[] {
  return fixTitles(around.file ?? KEY_POLICY, withCondition(members, around));
}
