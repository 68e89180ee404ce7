import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import type { CheckOptions } from '../../server/rules/check-options.ts';
import { check } from '../../server/rules/engine.ts';
import { rules } from '../../server/rules/generated/index.ts';
import { StatementMemory } from '../../server/rules/statement-memory.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { anything, written } from './arbitrary.ts';

type Policy = Readonly<Record<string, unknown>> & { readonly Statement: readonly object[] };

const documentOf = (text: string, previous?: SourceDocument): SourceDocument =>
  new SourceDocument({ uri: 'file:///orders.key-policy.json', text, previous });

function found(document: SourceDocument, more: Partial<CheckOptions> = {}) {
  return check(document, { rules, ...more }).map(({ rule, severity, finding, range, pointer }) => ({
    rule: rule.id,
    severity,
    finding,
    range,
    pointer,
  }));
}

/** Two policies by turns, statements of both in any order: what people do when they cut, paste and type. */
const edits = fc
  .tuple(written, written, fc.array(fc.array(fc.nat({ max: 7 }), { maxLength: 5 }), { minLength: 1, maxLength: 6 }))
  .map(([[one], [two], picks]) => {
    const policies = [one, two].flatMap(policyIn);
    const [first] = policies;
    const statements = policies.flatMap(({ Statement }) => Statement);
    const versions = picks.map((pick) =>
      JSON.stringify({ ...first, Statement: pick.flatMap((index) => statements[index] ?? []) }, null, 2),
    );
    return [one, ...versions, two];
  });

function policyIn(text: string): Policy[] {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value?.Statement) ? [value] : [];
  } catch {
    return [];
  }
}

/** Checks texts as versions of one document, and each as a document of its own. */
function expectTheSame(texts: readonly string[]): void {
  const memory = new StatementMemory();
  let previous: SourceDocument | undefined;
  for (const text of texts) {
    const document = documentOf(text, previous);
    const alone = documentOf(text);
    expect(document.policy?.policy.statements.map(elementsOf)).toEqual(alone.policy?.policy.statements.map(elementsOf));
    expect(found(document, { memory })).toEqual(found(alone));
    previous = document;
  }
}

const elementsOf = ({ path, sid, effect, action, resource, principal, conditions, readable }: Statement): object => ({
  path,
  sid,
  effect,
  action,
  resource,
  principal,
  conditions,
  readable,
});

test('whatever is typed, what is remembered gives the same findings as looking again', () => {
  fc.assert(fc.property(edits, expectTheSame), { numRuns: 500 });
});

test('the same goes for texts that are broken between two keystrokes, and for those that are no policy', () => {
  const typed = fc
    .tuple(anything, fc.nat(), fc.constantFrom('"', '{', ']', ',', '}', '\\', '/*'))
    .map(([[text], where, typo]) => {
      const at = where % (text.length + 1);
      return [text, text.slice(0, at) + typo + text.slice(at), text.slice(0, at) + text.slice(at + 1), text];
    });
  fc.assert(fc.property(typed, expectTheSame), { numRuns: 300 });
});

const statement = (action: string): object => ({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/Orders' },
  Action: action,
  Resource: '*',
});
const policyOf = (...actions: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: actions.map(statement) });

test('other severities, suppressions and facts count at once', () => {
  const memory = new StatementMemory();
  let document: SourceDocument | undefined;
  const ids = (more: Partial<CheckOptions>): string[] => {
    document = documentOf(policyOf('kms:Decypt'), document);
    return found(document, { memory, ...more }).map(({ rule }) => rule);
  };
  expect(ids({})).toContain('action-unknown');
  expect(ids({ severities: { 'action-unknown': 'off' } })).not.toContain('action-unknown');
  expect(ids({ suppressionOf: ({ id }) => (id === 'action-unknown' ? {} : undefined) })).not.toContain(
    'action-unknown',
  );
  expect(ids({})).toContain('action-unknown');
});

test('a statement that stays is checked again by those alone who look around it', () => {
  const looks: string[] = [];
  const memory = new StatementMemory();
  const spies = rules.map((rule) => ({
    ...rule,
    check: {
      ...rule.check,
      ...(rule.check.statement
        ? {
            statement: ((part, context) => {
              looks.push(rule.id);
              rule.check.statement?.(part, context);
            }) as typeof rule.check.statement,
          }
        : {}),
    },
  }));
  const document = documentOf(policyOf('kms:Decrypt', 'kms:Encrypt'));
  check(document, { rules: spies, memory });
  const first = looks.length;
  looks.length = 0;
  check(documentOf(policyOf('kms:Decrypt', 'kms:Sign'), document), { rules: spies, memory });
  expect(looks.length).toBeLessThan(first);
  expect(looks.filter((id) => id === 'sid-charset' || id === 'effect-missing')).toHaveLength(
    spies.filter(
      ({ id, check: { statement: asks }, kinds }) =>
        asks && kinds.includes('key-policy') && (id === 'sid-charset' || id === 'effect-missing'),
    ).length,
  );
});
