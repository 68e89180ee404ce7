/**
 * The fixed values of policy elements, and what each means.
 * Source: IAM User Guide, "IAM JSON policy element reference". Checked 2026-11.
 */
export interface ElementValueFact {
  readonly element: 'Version' | 'Effect';
  readonly value: string;
  /** A sentence or two of ours. */
  readonly summary: string;
}

export const elementValues: readonly ElementValueFact[] = [
  {
    element: 'Version',
    value: '2012-10-17',
    summary: 'The current policy language. Policy variables such as `${aws:username}` are replaced.',
  },
  {
    element: 'Version',
    value: '2008-10-17',
    summary:
      'The first policy language, which also holds where `Version` is left out. Policy variables are plain text in it.',
  },
  {
    element: 'Effect',
    value: 'Allow',
    summary: 'What matches the statement is allowed, unless a Deny of any policy matches too.',
  },
  {
    element: 'Effect',
    value: 'Deny',
    summary:
      'What matches the statement is refused, whatever allows it: another statement, another policy or a grant, and also for the root user.',
  },
];

/** What this value of the element means; undefined for values it does not have. */
export function findElementValue(element: string, value: string): ElementValueFact | undefined {
  return elementValues.find((fact) => fact.element === element && fact.value === value);
}
