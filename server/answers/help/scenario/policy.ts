import type { PolicyUse } from '../../../../simulator/scenario/outline.ts';
import type { Row } from '../../../../simulator/scenario/spot.ts';
import { documentHelp } from '../element.ts';
import { type Help, help } from '../help.ts';
import { code } from '../markdown.ts';

/** A path to a policy: what the policy does where it is named, and what such policies are. */
export function policyPathHelp(kind: PolicyUse['kind'], file: string, row: Row | undefined): Help {
  const about = documentHelp(kind);
  return help({
    about: 'path to a policy',
    title: code(file),
    text: [row && `${code(row.name)}: ${row.member.summary}`, ...(about?.text ?? [])],
    rows: about ? [['Kind', about.title]] : [],
    subjects: about?.subjects ?? [],
  });
}
