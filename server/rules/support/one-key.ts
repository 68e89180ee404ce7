import { parseKeyArn } from '../../../simulator/access/request.ts';
import type { Grant } from '../../../simulator/policy/grant.ts';
import type { DocumentFacts } from '../rule.ts';

/** What somebody told of the key, as long as all grants of the document may be on one key. */
export function factsOfOneKey(grants: readonly Grant[], facts: DocumentFacts): DocumentFacts {
  const keys = new Set(grants.flatMap(({ keyId }) => (keyId && keyId.text !== '' ? [idOf(keyId.text)] : [])));
  return keys.size <= 1 ? facts : {};
}

/** By ARN or by id, it is the same key. */
function idOf(keyId: string): string {
  return parseKeyArn(keyId)?.id ?? keyId;
}
