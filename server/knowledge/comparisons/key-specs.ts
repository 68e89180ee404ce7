import { type AlgorithmFact, type KeySpecFact, type KeySpecUse, keySpecs } from '../../../simulator/facts/key-specs.ts';
import { type Cell, type Comparison, grouped, no, yes, yesOrNo } from './comparison.ts';

export const keySpecComparison: Comparison = {
  id: 'key-specs',
  title: 'Key specs, usages and algorithms',
  summary:
    'What a key of each spec can be made for: spec and usage are chosen when it is created, and stay. One row for each pair.',
  topics: [
    'key-types',
    'key-spec-and-usage',
    'digital-signatures',
    'elliptic-curves',
    'post-quantum-keys',
    'hmac',
    'partner-public-key',
  ],
  columns: [
    'Key spec',
    'Type',
    'Usage',
    'Algorithms',
    'Longest input',
    'Public key',
    'Data key pair',
    'Import',
    'Remark',
  ],
  rows: () => keySpecs.flatMap((spec) => spec.uses.map((use) => rowOf(spec, use))),
};

function rowOf(spec: KeySpecFact, { usage, algorithms }: KeySpecUse): readonly Cell[] {
  return [
    spec.name,
    spec.type,
    usage,
    algorithms.map(({ name }) => name).join(', '),
    inputsOf(algorithms),
    spec.type === 'asymmetric' ? yes('GetPublicKey') : no('never leaves'),
    yesOrNo(spec.dataKeyPair),
    spec.importable === undefined ? 'not documented' : yesOrNo(spec.importable),
    remarkOf(spec),
  ];
}

/** One number where all algorithms agree, else each with its own. */
function inputsOf(algorithms: readonly AlgorithmFact[]): string {
  const limited = algorithms.flatMap(({ name, maxInput }) => (maxInput === undefined ? [] : [{ name, maxInput }]));
  const [first] = limited;
  if (!first) return '';
  const agree = limited.every(({ maxInput }) => maxInput === first.maxInput);
  if (agree) return `${grouped(first.maxInput)} bytes`;
  return limited.map(({ name, maxInput }) => `${grouped(maxInput)} bytes (${name})`).join(', ');
}

function remarkOf({ regions, since }: KeySpecFact): string {
  const places =
    regions === 'china-only' ? 'China Regions only' : regions === 'not-china' ? 'not in China Regions' : '';
  return [places, since ? `since ${since}` : ''].filter(Boolean).join(', ');
}
