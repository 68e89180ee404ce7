import type { DocumentKind } from '../../documents/kinds.ts';

/** Policies that hang on a resource or an endpoint, and so say whom they speak of. */
export const resourcePolicyKinds = ['key-policy', 'rcp', 'vpce-policy'] as const satisfies DocumentKind[];

export { policyKinds } from '../../documents/kinds.ts';
