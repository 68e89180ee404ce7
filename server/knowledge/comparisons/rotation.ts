import { type KeyFamily, keySpecs } from '../../../simulator/facts/key-specs.ts';
import { outcomeIn } from '../../../simulator/facts/key-states.ts';
import { findOperation } from '../../../simulator/facts/operations.ts';
import { origins } from '../../../simulator/facts/origins.ts';
import type { KeyType, Origin } from '../../../simulator/facts/types.ts';
import { type Cell, type Comparison, no, partly, yes } from './comparison.ts';

const families: Readonly<Record<KeyFamily, string>> = {
  symmetric: 'Symmetric encryption',
  hmac: 'HMAC',
  rsa: 'RSA',
  ecc: 'ECC',
  'ml-dsa': 'ML-DSA',
  'ml-kem': 'ML-KEM',
  sm2: 'SM2',
};

export const rotationComparison: Comparison = {
  id: 'rotation',
  title: 'What rotates, and how',
  summary:
    'Automatic rotation takes a period of 90 to 2,560 days. By hand is a new key behind an alias, which always goes; what was encrypted before stays under the old key.',
  topics: ['rotation-scope', 'rotation-period', 'rotation-on-demand', 'rotation-keeps-data', 'rotation-by-hand'],
  columns: ['Key', 'Origin', 'Automatic', 'On demand', 'By hand'],
  rows: () =>
    (Object.keys(families) as KeyFamily[]).flatMap((family) =>
      originsOf(family).map((origin) => [
        families[family],
        origin,
        answerOf('EnableKeyRotation', family, origin),
        answerOf('RotateKeyOnDemand', family, origin),
        family === 'symmetric'
          ? yes('a new key, `UpdateAlias`')
          : partly('a new key', 'whoever has the public key needs the new one'),
      ]),
    ),
};

/** Other specs than the symmetric one exist without custom key stores only. */
function originsOf(family: KeyFamily): Origin[] {
  const specs = keySpecs.filter((spec) => spec.family === family);
  return origins
    .filter(({ name, onlyKeySpecs }) => {
      if (name === 'EXTERNAL') return specs.some(({ importable }) => importable === true);
      return onlyKeySpecs === undefined || specs.some((spec) => onlyKeySpecs.includes(spec.name));
    })
    .map(({ name }) => name);
}

/** What the operation answers for an enabled key. */
function answerOf(name: string, family: KeyFamily, origin: Origin): Cell {
  const operation = findOperation(name);
  const type: KeyType | undefined = keySpecs.find((spec) => spec.family === family)?.type;
  if (!operation || !type) return '';
  if (operation.keyTypes && !operation.keyTypes.includes(type)) return no(operation.wrongKey?.error ?? 'no');
  const outcome = outcomeIn(operation, 'Enabled', origin);
  if (outcome === 'ok') return yes();
  if (typeof outcome !== 'object') return '';
  return 'note' in outcome ? partly('yes, but', outcome.note) : no(outcome.error);
}
