import {
  dataKeyPairSpecs,
  findKeySpec,
  type KeySpecFact,
  keySpecs,
  keyUsages,
} from '../../../simulator/facts/key-specs.ts';
import { expirationModels, origins, wrappingAlgorithms } from '../../../simulator/facts/origins.ts';
import { type Help, type HelpRow, help } from './help.ts';
import { code, series } from './markdown.ts';

/** What a fixed value of KMS means: a key spec, a usage, an origin, an algorithm and the like. */
export function keyValueHelp(name: string): Help | undefined {
  return keySpecHelp(name) ?? keyUsageHelp(name) ?? originHelp(name) ?? algorithmHelp(name) ?? importValueHelp(name);
}

/** The names that `keyValueHelp` knows. */
export const keyValueNames: readonly string[] = [
  ...keySpecs.map(({ name }) => name),
  ...keyUsages.map(({ name }) => name),
  ...origins.map(({ name }) => name),
  ...new Set(keySpecs.flatMap(({ uses }) => uses.flatMap(({ algorithms }) => algorithms.map(({ name }) => name)))),
  ...wrappingAlgorithms.map(({ name }) => name),
  ...expirationModels.map(({ name }) => name),
];

function keySpecHelp(name: string): Help | undefined {
  const spec = findKeySpec(name);
  if (!spec) return undefined;
  return help({
    about: 'key spec',
    title: code(name),
    text: [spec.summary],
    rows: [
      [
        'Usage',
        series(
          spec.uses.map(({ usage }) => code(usage)),
          'or',
        ),
      ],
      ...spec.uses.map(({ usage, algorithms }): HelpRow => {
        const names = algorithms.map((algorithm) => code(algorithm.name)).join(', ');
        return [spec.uses.length > 1 ? `For ${usage}` : 'Algorithms', names];
      }),
      ['Data key pairs', dataKeyPairSpecs.includes(name) ? 'yes' : 'no'],
      ...(spec.importable === undefined ? [] : [['Import', spec.importable ? 'possible' : 'not possible'] as const]),
      ...(spec.regions ? [['Regions', REGIONS[spec.regions]] as const] : []),
      ...(spec.since ? [['Since', spec.since] as const] : []),
    ],
    subjects: [`key-spec:${name}`],
  });
}

function keyUsageHelp(name: string): Help | undefined {
  const fact = keyUsages.find((usage) => usage.name === name);
  if (!fact) return undefined;
  const specs = keySpecs.filter(({ uses }) => uses.some(({ usage }) => usage === name));
  return help({
    about: 'key usage',
    title: code(name),
    text: [fact.summary, 'A key has one usage, chosen when it is made and kept for good.'],
    rows: [['Key specs', specs.map((spec) => code(spec.name)).join(', ')]],
    subjects: [`key-usage:${name}`],
  });
}

function originHelp(name: string): Help | undefined {
  const fact = origins.find((origin) => origin.name === name);
  if (!fact) return undefined;
  return help({
    about: 'origin of key material',
    title: code(name),
    text: [fact.summary],
    rows: [
      ['Rotation', rotation(fact)],
      ['Multi-Region', fact.multiRegion ? 'possible' : 'not possible'],
      ['Key specs', fact.onlyKeySpecs ? `only ${series(fact.onlyKeySpecs.map(code))}` : 'all'],
    ],
    subjects: [`origin:${name}`],
  });
}

function rotation(fact: { readonly automaticRotation: boolean; readonly onDemandRotation: boolean }): string {
  if (fact.automaticRotation) return 'automatic and on demand';
  return fact.onDemandRotation ? 'on demand only' : 'none by KMS';
}

function algorithmHelp(name: string): Help | undefined {
  const users = keySpecs.flatMap((spec) =>
    spec.uses.flatMap(({ usage, algorithms }) =>
      algorithms.filter((each) => each.name === name).map((algorithm) => ({ spec, usage, algorithm })),
    ),
  );
  const [first] = users;
  if (!first) return undefined;
  const longest = users.flatMap(({ spec, algorithm }) =>
    algorithm.maxInput === undefined ? [] : [{ spec, bytes: algorithm.maxInput }],
  );
  return help({
    about: 'algorithm',
    title: code(name),
    text: [`An algorithm of keys with the usage ${code(first.usage)}.`],
    rows: [
      ['Key specs', users.map(({ spec }) => code(spec.name)).join(', ')],
      ...(longest.length > 0 ? [['Longest input', longestInWords(longest)] as const] : []),
    ],
    subjects: [`key-usage:${first.usage}`],
  });
}

function longestInWords(all: readonly { readonly spec: KeySpecFact; readonly bytes: number }[]): string {
  const inBytes = (bytes: number): string => `${bytes.toLocaleString('en-US')} bytes`;
  const [first] = all;
  if (first && all.every(({ bytes }) => bytes === first.bytes)) return inBytes(first.bytes);
  return all.map(({ spec, bytes }) => `${inBytes(bytes)} with ${code(spec.name)}`).join(', ');
}

/** A wrapping algorithm or an expiration model; `SM2PKE` is also an encryption algorithm. */
export function importValueHelp(name: string): Help | undefined {
  const wrapping = wrappingAlgorithms.find((algorithm) => algorithm.name === name);
  const model = expirationModels.find((each) => each.name === name);
  const summary = wrapping?.summary ?? model?.summary;
  if (summary === undefined) return undefined;
  return help({
    about: wrapping ? 'wrapping algorithm of imports' : 'expiration model of imports',
    title: code(name),
    text: [summary],
    subjects: ['origin:EXTERNAL'],
  });
}

const REGIONS = { 'china-only': 'China only', 'not-china': 'all but those in China' } as const;
