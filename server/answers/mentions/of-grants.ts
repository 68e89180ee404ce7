import type { Item } from '../../../simulator/policy/document.ts';
import { grantsOf } from '../../documents/grants.ts';
import { grantTitle } from '../titles.ts';
import type { MentionWriter } from './mention.ts';
import { principalOf, subjectOf } from './subject.ts';

/** Whom and what the grants of a document name. */
export function mentionsOfGrants(writer: MentionWriter): void {
  for (const [index, grant] of (grantsOf(writer.source)?.grants ?? []).entries()) {
    const { path, operations, grantee, retiring, keyId, sourceArn } = grant;
    const detail = operations.map(({ text }) => text).join(', ');
    const owner = writer.owner({ kind: 'grant', title: grantTitle(grant, index), detail }, path);
    const add = (item: Item | undefined, read: typeof subjectOf): void => {
      if (item) writer.text(item.text, { path: item.path }, read, { owner });
    };
    add(keyId, subjectOf);
    add(grantee, principalOf);
    add(retiring, principalOf);
    add(sourceArn, subjectOf);
  }
}
