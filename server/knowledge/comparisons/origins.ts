import { keyStates } from '../../../simulator/facts/key-states.ts';
import { type OriginFact, origins } from '../../../simulator/facts/origins.ts';
import { type Cell, type Comparison, no, yes, yesOrNo } from './comparison.ts';

export const originComparison: Comparison = {
  id: 'origins',
  title: 'Where key material comes from',
  summary:
    'The four origins side by side, from convenience to control. An origin is chosen when the key is created, and stays.',
  topics: [
    'origins-compared',
    'origin-aws-kms',
    'bring-your-own-key',
    'cloudhsm-key-store',
    'hsm-levels',
    'revoke-at-once',
  ],
  columns: ['Origin', ...origins.map(({ name }) => name)],
  rows: () => [
    rowOf('In a sentence', ({ summary }) => summary),
    rowOf('In a custom key store', ({ customKeyStore }) => (customKeyStore ? 'yes' : 'no')),
    rowOf('Automatic rotation', ({ automaticRotation }) => yesOrNo(automaticRotation)),
    rowOf('Rotation on demand', ({ onDemandRotation }) => yesOrNo(onDemandRotation)),
    rowOf('Multi-Region keys', ({ multiRegion }) => yesOrNo(multiRegion)),
    rowOf('Key specs', ({ onlyKeySpecs }) =>
      onlyKeySpecs ? no(`only ${onlyKeySpecs.join(', ')}`) : yes('all of KMS'),
    ),
    rowOf('Takes the material away at once', ({ name }) => takenAwayBy[name]),
    rowOf('Key states of its own', ({ name }) => ownStates(name)),
    rowOf('Since', ({ since }) => since ?? 'before 2022'),
  ],
};

const rowOf = (title: string, cell: (origin: OriginFact) => Cell): readonly Cell[] => [title, ...origins.map(cell)];

/** What stops every use while data can still be saved; `DisableKey` does the same to the key for all of them. */
const takenAwayBy: Readonly<Record<OriginFact['name'], string>> = {
  AWS_KMS: 'nothing but `DisableKey`',
  EXTERNAL: '`DeleteImportedKeyMaterial`, and importing the same again',
  AWS_CLOUDHSM: '`DisconnectCustomKeyStore`',
  EXTERNAL_KEY_STORE: 'the key manager outside of AWS, or `DisconnectCustomKeyStore`',
};

function ownStates(origin: OriginFact['name']): string {
  const own = keyStates.filter(
    ({ origins: possible }) => possible.length < origins.length && possible.includes(origin),
  );
  return (
    own.map(({ name, multiRegionOnly }) => (multiRegionOnly ? `${name} (multi-Region)` : name)).join(', ') || 'none'
  );
}
