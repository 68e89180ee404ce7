import { keySpecs } from '../../../simulator/facts/key-specs.ts';
import { keyStates } from '../../../simulator/facts/key-states.ts';
import { type OriginFact, origins } from '../../../simulator/facts/origins.ts';
import { type Cell, type Comparison, no, partly, yes, yesOrNo } from './comparison.ts';

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
    rowOf('Key specs', specsOf),
    rowOf('Stops every use at once', ({ name }) => stoppedBy[name]),
    rowOf('Key states of its own', ({ name }) => ownStates(name)),
    rowOf('Since', ({ since }) => since ?? 'before 2022'),
  ],
};

const rowOf = (title: string, cell: (origin: OriginFact) => Cell): readonly Cell[] => [title, ...origins.map(cell)];

function specsOf({ name, onlyKeySpecs }: OriginFact): Cell {
  if (onlyKeySpecs) return no(`only ${onlyKeySpecs.join(', ')}`);
  const others = name === 'EXTERNAL' ? keySpecs.filter(({ importable }) => importable === false) : [];
  return others.length === 0 ? yes('all') : partly(`all but ${others.map((spec) => spec.name).join(', ')}`);
}

/** What stops every use, and can be taken back. */
const stoppedBy: Readonly<Record<OriginFact['name'], string>> = {
  AWS_KMS: '`DisableKey`',
  EXTERNAL: '`DisableKey`, or `DeleteImportedKeyMaterial` until the same material is imported again',
  AWS_CLOUDHSM: '`DisableKey`, or `DisconnectCustomKeyStore` for all keys of the store',
  EXTERNAL_KEY_STORE: '`DisableKey`, `DisconnectCustomKeyStore`, or the key manager outside of AWS',
};

function ownStates(origin: OriginFact['name']): string {
  const own = keyStates.filter(
    ({ origins: possible }) => possible.length < origins.length && possible.includes(origin),
  );
  return (
    own.map(({ name, multiRegionOnly }) => (multiRegionOnly ? `${name} (multi-Region)` : name)).join(', ') || 'none'
  );
}
