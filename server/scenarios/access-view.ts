import { keyArn } from '../../simulator/access/request.ts';
import { type KeyToAsk, type Subject, type SubjectAccess, whatCanDo, whoCanUse } from '../../simulator/access/who.ts';
import type { ScenarioCaller, ScenarioKey, ScenarioWorld } from '../../simulator/scenario/world.ts';
import { detailOf, viewRows } from '../answers/access-rows.ts';
import { describeAccess } from '../answers/access-table.ts';
import { subjectInWords } from '../answers/subjects.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { AccessView } from '../protocol.ts';
import type { OpenScenario } from './open.ts';

export type AccessQuestion = { readonly key: string } | { readonly principal: string };

/** “Who can use this key” or “what can this principal do”, over everything that a scenario says. */
export function accessViewOf(
  scenario: OpenScenario,
  question: AccessQuestion,
  nameOf: (uri: string) => string,
): AccessView | { readonly problem: string } {
  const { world, errors } = scenario;
  if (!world) return { problem: `the scenario has a mistake: ${errors[0]?.message ?? 'it cannot be read'}` };
  return new View(world, scenario, nameOf).answer(question);
}

class View {
  private readonly world: ScenarioWorld;
  private readonly documents: ReadonlyMap<string, SourceDocument>;
  private readonly nameOf: (uri: string) => string;
  /** The declared principals by the names that subjects have. */
  private readonly declared: ReadonlyMap<string, { readonly name: string; readonly caller: ScenarioCaller }>;

  constructor(world: ScenarioWorld, { document, documents }: OpenScenario, nameOf: (uri: string) => string) {
    this.world = world;
    this.documents = new Map([document, ...documents].map((each) => [each.uri, each]));
    this.nameOf = nameOf;
    const names = Object.keys(world.file.principals ?? {});
    this.declared = new Map(names.map((name) => [world.arnOf(name), { name, caller: world.callerOf(name) }]));
  }

  answer(question: AccessQuestion): AccessView | { readonly problem: string } {
    if ('key' in question) {
      const found = this.world.keyOf(question.key);
      if (!found) return { problem: `the scenario has no key \`${question.key}\`` };
      const subjects = whoCanUse(this.questionOf(found.key));
      const title = `Who can use ${found.key.name}`;
      return {
        title,
        rows: subjects.flatMap((each) =>
          viewRows(each, this.nameOfSubject(each.subject), detailOf(each.subject), this.documents),
        ),
        text: this.textOf(title, [[found.key, subjects]]),
      };
    }
    const { principal } = question;
    if (!this.world.outline.names.find('principal', principal))
      return { problem: `the scenario has no principal \`${principal}\`` };
    const { caller } = this.world.callerOf(principal);
    const answers = this.world.keys.map((key): [ScenarioKey, SubjectAccess] => [
      key,
      whatCanDo(caller, this.questionOf(key)),
    ]);
    const title = `What can ${principal} do`;
    return {
      title,
      rows: answers.flatMap(([key, answer]) =>
        viewRows(answer, nameOfKey(key), keyArn(key.description), this.documents),
      ),
      text: this.textOf(
        title,
        answers.map(([key, answer]) => [key, [answer]]),
      ),
    };
  }

  private questionOf(key: ScenarioKey): KeyToAsk {
    const { description } = key;
    const { identityPolicies: _, ...world } = this.world.worldFor(NOBODY, key);
    return {
      key: description,
      world,
      callers: [...this.declared.values()].map(({ caller }) => caller.caller),
      callerSideOf: (subject) => {
        const known = this.declared.get(detailOf(subject))?.caller;
        // Who has no name in the scenario may have any policies, but is bound by the organization like everybody.
        const caller: ScenarioCaller = known ?? { ...NOBODY, caller: subject.caller };
        const { identityPolicies, permissionsBoundary, sessionPolicies, serviceControlPolicies } = this.world.worldFor(
          caller,
          key,
        );
        return {
          ...(known ? { identityPolicies, ...this.world.knownOf(caller, description.account) } : {}),
          ...(permissionsBoundary ? { permissionsBoundary } : {}),
          ...(sessionPolicies ? { sessionPolicies } : {}),
          ...(serviceControlPolicies ? { serviceControlPolicies } : {}),
        };
      },
    };
  }

  private nameOfSubject(subject: Subject): string {
    return this.declared.get(detailOf(subject))?.name ?? subjectInWords(subject);
  }

  private textOf(title: string, answers: readonly (readonly [ScenarioKey, readonly SubjectAccess[]])[]): string {
    const documents = { get: (uri: string) => this.documents.get(uri), nameOf: this.nameOf };
    return answers
      .map(([key, subjects]) => {
        const head = { title, facts: [['key', `${nameOfKey(key)}: ${keyArn(key.description)}`] as const] };
        return describeAccess(head, subjects, documents).text;
      })
      .join('\n');
  }
}

/** A caller that nothing is known of. */
const NOBODY: ScenarioCaller = {
  caller: { type: 'service', service: 'nobody.amazonaws.com' },
  identityPolicies: [],
  tags: {},
};

/** Replicas share the name of their primary. */
function nameOfKey({ name, description }: ScenarioKey): string {
  return description.multiRegionKeyType === 'REPLICA' ? `${name} in ${description.region}` : name;
}
