import { keyStates, outcomeIn } from '../../../simulator/facts/key-states.ts';
import { kmsOperations } from '../../../simulator/facts/operations.ts';
import type { KeyState, KmsOperation, Origin, PlainOutcome } from '../../../simulator/facts/types.ts';
import { type Cell, type Comparison, no, partly, yes } from './comparison.ts';

export const keyStateComparison: Comparison = {
  id: 'key-states',
  title: 'Key states and operations',
  summary:
    'What each operation answers in each state of the key. Where that hangs on the origin, the cell says so; a dash stands where no such key can be.',
  topics: ['deletion-cancelled', 'deletion-window', 'material-expiry', 'two-errors', 'revoke-at-once'],
  columns: ['Operation', ...keyStates.map(({ name }) => name)],
  rows: () =>
    kmsOperations
      .filter(({ keyStates: states }) => states !== undefined)
      .map((operation) => [operation.name, ...keyStates.map(({ name, origins }) => cellOf(operation, name, origins))]),
};

function cellOf(operation: KmsOperation, state: KeyState, origins: readonly Origin[]): Cell {
  const outcomes = origins
    .map((origin) => ({ origin, outcome: outcomeIn(operation, state, origin) }))
    .filter(({ outcome }) => outcome !== 'n/a' && outcome !== undefined);
  const kinds = new Set(outcomes.map(({ outcome }) => wordOf(outcome)));
  const [first] = outcomes;
  if (!first) return '–';
  if (kinds.size === 1) return plain(first.outcome);
  const note = outcomes.map(({ origin, outcome }) => `${origin}: ${wordOf(outcome)}`).join('\n');
  const works = outcomes.filter(({ outcome }) => isFine(outcome)).map(({ origin }) => origin);
  return works.length === 0 ? no([...kinds].join(' or '), note) : partly(`only ${works.join(', ')}`, note);
}

function plain(outcome: PlainOutcome | undefined): Cell {
  if (outcome === 'ok') return yes('ok');
  if (typeof outcome !== 'object') return '–';
  return 'note' in outcome ? partly('ok, but', outcome.note) : no(outcome.error, outcome.message);
}

const wordOf = (outcome: PlainOutcome | undefined): string =>
  typeof outcome === 'object' ? ('note' in outcome ? `ok, ${outcome.note}` : outcome.error) : (outcome ?? '');

const isFine = (outcome: PlainOutcome | undefined): boolean =>
  outcome === 'ok' || (typeof outcome === 'object' && 'note' in outcome);
