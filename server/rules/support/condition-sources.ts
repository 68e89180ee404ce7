import type { Source } from '../rule.ts';

/** Pages of the IAM User Guide that rules about conditions rest on. */
export const conditionOperators = page('Condition operators', 'reference_policies_elements_condition_operators');

export const globalConditionKeys = page('AWS global condition context keys', 'reference_policies_condition-keys');

export const multivaluedKeys = page(
  'Single-valued vs. multivalued context keys',
  'reference_policies_condition-single-vs-multi-valued-context-keys',
);

export const policyVariables = page('Variables and tags', 'reference_policies_variables');

function page(name: string, file: string): Source {
  return {
    title: `IAM User Guide: ${name}`,
    url: `https://docs.aws.amazon.com/IAM/latest/UserGuide/${file}.html`,
  };
}
