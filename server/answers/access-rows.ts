import type { Access, AccessWay, Hanging, Subject, SubjectAccess } from '../../simulator/access/who.ts';
import type { AccessViewReason, AccessViewRow } from '../protocol.ts';
import { rowsInWords } from './access-table.ts';
import { provisoInWords } from './access-table-json.ts';
import type { Documents } from './explanation.ts';
import { layerNames, statementName } from './names.ts';

type Found = Pick<Documents, 'get'>;

/** The rows of a view of who may do what, with the places of the statements that say so. */
export function viewRows({ rows }: SubjectAccess, subject: string, detail: string, documents: Found): AccessViewRow[] {
  return rowsInWords(rows).map(({ names, access }) => ({
    subject,
    detail,
    operations: names,
    verdict: access.verdict,
    reasons: reasonsOf(access, documents),
  }));
}

/** The ARN or service of a subject; of accounts as a whole nothing. */
export const detailOf = ({ kind, name }: Subject): string => (kind === 'named' ? name : '');

function reasonsOf({ ways, limits, denies }: Access, documents: Found): AccessViewReason[] {
  return [
    ...ways.map((way) => reason(howOf(way), way.statements, way.provisos, documents)),
    ...limits.map(({ layer, statement, provisos }) =>
      reason(`if ${layerNames[layer]} let it pass`, [statement], provisos, documents),
    ),
    ...denies.map(({ layer, statement, provisos }) =>
      reason(
        `${provisos.length > 0 ? 'unless denied' : 'denied'} by ${layerNames[layer]}`,
        [statement],
        provisos,
        documents,
      ),
    ),
  ];
}

function reason(
  text: string,
  statements: readonly Hanging['statement'][],
  provisos: Hanging['provisos'],
  documents: Found,
): AccessViewReason {
  return {
    text,
    statements: statements.map((statement) => {
      const document = statement.document === undefined ? undefined : documents.get(statement.document);
      return {
        name: statementName(statement),
        ...(document ? { at: { uri: document.uri, range: document.rangeOf({ path: statement.statement.path }) } } : {}),
      };
    }),
    provisos: provisos.map((proviso) => provisoInWords(proviso).replaceAll('`', '')),
  };
}

function howOf({ through, grant }: AccessWay): string {
  switch (through) {
    case 'key-policy':
      return 'by name in the key policy';
    case 'iam':
      return 'through IAM';
    case 'grant':
      return `by the grant ${grant?.name}`;
  }
}
