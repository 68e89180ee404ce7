import type { Condition, ConditionValue } from '../../simulator/policy/document.ts';
import {
  parseViaService,
  type ViaService,
  type ViaServiceProblemCode,
} from '../../simulator/policy/syntax/via-service.ts';
import { hole } from './holes.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { comparesText, effectOfDeadValue, ignoresCapitals, takesWildcards } from './support/kms-values.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsViaserviceShape = rule({
  id: 'kms-viaservice-shape',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a value of `kms:ViaService` that no service has',
  documentation: {
    what: 'A value of `kms:ViaService` that is not written `service.region.amazonaws.com`: `s3`, `s3.amazonaws.com`, an ARN, the ending `.amazonaws.com.cn`.',
    why:
      'AWS KMS fills the key with the name of the service, the Region and `.amazonaws.com`, in small letters and in every ' +
      'partition alike. Service principals such as `s3.amazonaws.com` look similar and never match.',
    spares: 'Wildcards under `StringLike`, capitals where the operator ignores them, and what a template fills in.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:ViaService": "s3.amazonaws.com" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }'),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      if (!comparesText(condition, 'kms:viaservice')) return;
      for (const value of condition.values) {
        const read = parseViaService(value.text);
        const [problem] = read.problems;
        if (read.kind !== 'malformed' || !problem) continue;
        if (problem.code === 'capitals' && ignoresCapitals(condition)) continue;
        report({
          at: { path: value.path },
          message: MESSAGES[problem.code](value.text),
          why: `no request has this value, ${effectOfDeadValue(condition, statement)}`,
          next: 'write it as `service.region.amazonaws.com`',
          fixes: fixesOf(read, value, condition),
        });
      }
    },
  },
});

const MESSAGES: Readonly<Record<ViaServiceProblemCode, (text: string) => string>> = {
  empty: () => 'the value of `kms:ViaService` is empty',
  space: (text) => `\`${text}\` has a space around it`,
  capitals: (text) => `\`${text}\` has capitals, and \`kms:ViaService\` is in small letters`,
  arn: (text) => `\`${text}\` is an ARN, and \`kms:ViaService\` is a name`,
  'bare-service': (text) => `\`${text}\` is only the name of a service`,
  'cn-suffix': (text) => `\`${text}\` ends with \`.cn\`, which \`kms:ViaService\` never does`,
  suffix: (text) => `\`${text}\` does not end with \`.amazonaws.com\``,
  'region-first': (text) => `\`${text}\` has the Region before the service`,
  'region-missing': (text) => `\`${text}\` has no Region in it`,
  'region-shape': (text) => `\`${text}\` has something in the place of the Region that is none`,
  'service-missing': (text) => `\`${text}\` has no service in it`,
  shape: (text) => `\`${text}\` matches no value of \`kms:ViaService\``,
};

/** What changes the writing alone; what an ARN was meant to say is a guess. */
const SAFE: ReadonlySet<ViaServiceProblemCode> = new Set(['space', 'capitals', 'cn-suffix', 'region-first']);

function fixesOf({ service, problems }: ViaService, { text, path }: ConditionValue, condition: Condition): Fix[] {
  const [problem] = problems;
  if (!problem) return [];
  const { code, span, suggestion } = problem;
  if (suggestion !== undefined) {
    const mended = text.slice(0, span.start) + suggestion + text.slice(span.end);
    return parseViaService(mended).kind === 'via-service' ? [withValue(path, mended, SAFE.has(code))] : [];
  }
  if ((code !== 'region-missing' && code !== 'bare-service') || service === '') return [];
  const inOne: Fix = {
    title: 'add the Region',
    safe: false,
    edits: [{ op: 'replace', place: { path }, text: JSON.stringify(`${service}.${hole('us-east-1')}.amazonaws.com`) }],
  };
  return takesWildcards(condition) ? [inOne, withValue(path, `${service}.*.amazonaws.com`, false)] : [inOne];
}
