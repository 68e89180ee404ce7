import { toPointer } from '../../../simulator/json/place.ts';
import type { Statement } from '../../../simulator/policy/document.ts';
import type { PolicySource } from '../../documents/source.ts';
import { statementTitle } from '../titles.ts';
import type { MentionWriter, Owner } from './mention.ts';
import { principalOf, type Subject, subjectOf } from './subject.ts';

/** What the policies of a document name: principals, resources, what conditions compare with, and their own `Sid`s. */
export function mentionsOfPolicies(writer: MentionWriter): void {
  for (const source of writer.source.policies)
    for (const [index, statement] of source.policy.statements.entries())
      if (statement.object) statementMentions(writer, source, statement, index);
}

function statementMentions(writer: MentionWriter, source: PolicySource, statement: Statement, index: number): void {
  const { sid, action, path } = statement;
  const owner = writer.owner(
    {
      kind: 'statement',
      title: statementTitle(statement, index),
      detail: action?.items.map(({ text }) => text).join(', ') ?? '',
    },
    path,
  );
  if (sid)
    writer.add(sidSubject(sid, toPointer(source.base)), sid, { path: [...path, 'Sid'] }, { owner, role: 'definition' });
  for (const { text, path: at, type } of statement.principal?.items ?? [])
    if (type !== 'CanonicalUser') writer.text(text, { path: at }, principalOf, { owner });
  for (const { text, path: at } of statement.resource?.items ?? [])
    writer.text(text, { path: at }, subjectOf, { owner });
  for (const condition of statement.conditions) conditionMentions(writer, condition, owner);
}

/** Values of these keys are names of principals that are no ARNs. */
const OF_PRINCIPALS = new Set([
  'aws:principalaccount',
  'kms:calleraccount',
  'aws:sourceaccount',
  'aws:principalservicename',
]);

function conditionMentions(
  writer: MentionWriter,
  { key, values }: Statement['conditions'][number],
  owner: Owner,
): void {
  const read = OF_PRINCIPALS.has(key.lower) ? principalOf : subjectOf;
  for (const { text, path, type } of values) if (type === 'string') writer.text(text, { path }, read, { owner });
}

export const sidSubject = (sid: string, home: string | undefined): Subject => ({
  kind: 'sid',
  id: `sid ${sid}`,
  home,
  title: sid,
  name: { start: 0, end: sid.length },
});
