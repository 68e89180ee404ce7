import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { findConditionValue } from '../../../simulator/facts/condition-values.ts';
import { serviceName } from '../../../simulator/facts/services.ts';
import type { Condition } from '../../../simulator/policy/document.ts';
import { isAccountId } from '../../../simulator/policy/syntax/arn.ts';
import { hasPlaceholder } from '../../../simulator/policy/syntax/placeholder.ts';
import { parseViaService } from '../../../simulator/policy/syntax/via-service.ts';
import type { Subject } from '../../knowledge/topic.ts';
import { arnHelp } from './arn.ts';
import { conditionKeySubjects } from './condition-key.ts';
import { conditionInWords } from './condition-words.ts';
import { grantMemberHelp } from './grant.ts';
import { grantOperationHelp } from './grant-operation.ts';
import { type Help, type HelpRow, help } from './help.ts';
import { importValueHelp, keyValueHelp } from './key-values.ts';
import { code } from './markdown.ts';
import { capitalised, regionInWords } from './principal.ts';

/** A value of a condition: what it is, and what the condition asks with it. */
export function conditionValueHelp(text: string, condition: Condition): Help {
  const key = findConditionKey(condition.key.text)?.key;
  const known = condition.operator.base === 'Null' ? undefined : valueHelp(text, key?.name);
  const asks = `Holds if ${conditionInWords({ ...condition, values: [{ text, path: [], type: 'string' }] })}.`;
  const subjects: readonly Subject[] = [...(known?.subjects ?? []), ...conditionKeySubjects(condition.key.text)];
  return help({
    about: known?.about ?? 'value of a condition',
    title: known?.title ?? code(text),
    text: [...(known?.text ?? []), asks, condition.values.length > 1 ? others(condition) : undefined],
    rows: [...(known?.rows ?? []), ...(known ? [] : keyRow(key?.summary))],
    subjects,
  });
}

/** What a value means by itself, by the key that it is compared with. */
export function valueHelp(text: string, key: string | undefined): Help | undefined {
  if (hasPlaceholder(text)) return undefined;
  switch (key) {
    case 'kms:ViaService':
      return viaServiceHelp(text);
    case 'kms:GrantOperations':
      return grantOperationHelp(text);
    case 'kms:KeySpec':
    case 'kms:CustomerMasterKeySpec':
    case 'kms:DataKeyPairSpec':
    case 'kms:KeyUsage':
    case 'kms:CustomerMasterKeyUsage':
    case 'kms:KeyOrigin':
    case 'kms:EncryptionAlgorithm':
    case 'kms:SigningAlgorithm':
    case 'kms:MacAlgorithm':
    case 'kms:KeyAgreementAlgorithm':
    case 'kms:WrappingKeySpec':
      return keyValueHelp(text);
    case 'kms:ExpirationModel':
    case 'kms:WrappingAlgorithm':
      return importValueHelp(text);
    case 'kms:GrantConstraintType':
      return grantMemberHelp(text, 'constraints');
    case 'kms:MessageType':
    case 'kms:MultiRegionKeyType': {
      const fact = findConditionValue(key, text);
      return fact && help({ about: 'value of a condition', title: code(text), text: [fact.summary] });
    }
    case 'kms:PrimaryRegion':
    case 'kms:ReplicaRegion':
    case 'aws:RequestedRegion':
      return help({ about: 'Region', title: code(text), text: [`${regionInWords(text)}.`] });
    default:
      if (isAccountId(text)) return help({ about: 'account', title: code(text), text: [] });
      return arnHelp(text);
  }
}

/** `s3.eu-central-1.amazonaws.com` taken apart. */
function viaServiceHelp(text: string): Help | undefined {
  const via = parseViaService(text);
  if (via.kind !== 'via-service') return undefined;
  const name = serviceName(via.service);
  const rows: HelpRow[] = [['Service', name ? `${name}, ${code(via.service)}` : code(via.service)]];
  if (via.region !== undefined)
    rows.push([
      'Region',
      via.region.includes('*') ? `${code(via.region)}: every one that fits` : regionInWords(via.region),
    ]);
  const caller = 'The call must come from the service on behalf of the principal; direct calls have no such key.';
  return help({
    about: 'service that forwards the call',
    title: capitalised(name ?? code(via.service)),
    text: [caller],
    rows,
    subjects: [`service:${via.service}`],
  });
}

function others({ operator, values }: Condition): string {
  return operator.negated
    ? `None of the ${values.length} values may match.`
    : `One of the ${values.length} values is enough.`;
}

const keyRow = (summary: string | undefined): HelpRow[] => (summary ? [['The key holds', summary]] : []);
