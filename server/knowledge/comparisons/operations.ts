import { kmsOperations } from '../../../simulator/facts/operations.ts';
import type { KmsOperation } from '../../../simulator/facts/types.ts';
import { type Cell, type Comparison, no, partly, yes, yesOrNo } from './comparison.ts';

export const operationComparison: Comparison = {
  id: 'operations',
  title: 'What each operation needs and takes',
  summary:
    'The operations of the API with the permissions that they ask for, and whether grants, other accounts, aliases and an encryption context go with them.',
  topics: ['permission-names', 'why-grants', 'grant-parts', 'encryption-context', 'reencrypt'],
  columns: [
    'Operation',
    'Permissions',
    'By a grant',
    'From another account',
    'By alias',
    'Encryption context',
    'Key usage',
  ],
  rows: () =>
    kmsOperations.map((operation) => [
      operation.name,
      permissionsOf(operation),
      operation.grantOperations.length > 0 ? yes('yes', operation.grantOperations.join(', ')) : no(),
      acrossAccounts(operation),
      yesOrNo(operation.acceptsAlias),
      yesOrNo(operation.encryptionContext),
      (operation.keyUsages ?? []).join(', '),
    ]),
};

const permissionsOf = ({ permissions }: KmsOperation): string =>
  permissions.map(({ action, when }) => (when ? `kms:${action} (${when})` : `kms:${action}`)).join(', ');

function acrossAccounts({ crossAccount }: KmsOperation): Cell {
  if (crossAccount === 'own-principal') return partly('for oneself');
  return yesOrNo(crossAccount === 'yes');
}
