import type { Source } from '../rule.ts';

/** Pages of AWS that several rules rest on. */
export const jsonGrammar: Source = {
  title: 'IAM User Guide: Grammar of the IAM JSON policy language',
  url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
};

export const jsonStandard: Source = {
  title: 'RFC 8259: The JavaScript Object Notation',
  url: 'https://www.rfc-editor.org/rfc/rfc8259',
};

export const policyChecks: Source = {
  title: 'IAM User Guide: IAM Access Analyzer policy check reference',
  url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
};

export const keyPolicyOverview: Source = {
  title: 'AWS KMS Developer Guide: Key policies, elements and how KMS reads them',
  url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
};

export const defaultKeyPolicy: Source = {
  title: 'AWS KMS Developer Guide: Default key policy',
  url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
};

export const kmsActions: Source = {
  title: 'Service Authorization Reference: Actions, resources, and condition keys for AWS Key Management Service',
  url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html',
};

export const kmsConditionKeys: Source = {
  title: 'AWS KMS Developer Guide: Condition keys for AWS KMS',
  url: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
};

export const identityCenter: Source = {
  title: 'IAM Identity Center User Guide: Advanced KMS key policy statements',
  url: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/advanced-kms-policy.html',
};

/** A page of the policy element reference: `effect`, `principal`, … */
export function elementPage(element: string): Source {
  const name = element.charAt(0).toUpperCase() + element.slice(1);
  return {
    title: `IAM User Guide: IAM JSON policy elements, ${name}`,
    url: `https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_${element}.html`,
  };
}
