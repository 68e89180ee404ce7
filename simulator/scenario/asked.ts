import { findServiceOperation, operationsOfService } from '../facts/service-operations.ts';
import { countingMembers, type JsonNode, type JsonObject, valueOf } from '../json/node.ts';
import type { Path } from '../json/place.ts';
import { nearest } from '../text/nearest.ts';
import { oneOf, unknownMember } from '../text/phrases.ts';
import { serviceMembers } from './format/services.ts';
import type { ScenarioProblem } from './outline.ts';

/**
 * What is wrong with what steps ask of services: operations go by the service, and members by the operation. None of it
 * keeps the other steps from being taken.
 */
export function askedProblems(root: JsonNode, already: readonly ScenarioProblem[]): readonly ScenarioProblem[] {
  const steps = root.type === 'object' ? valueOf(root, 'steps') : undefined;
  if (steps?.type !== 'array') return [];
  // Whoever mends what has no shape will be told the rest.
  const broken = new Set(already.flatMap(({ kind, place }) => (kind === 'malformed' ? [place.path[1]] : [])));
  return steps.elements.flatMap((step, index) => {
    const service = step.type === 'object' ? valueOf(step, 'service') : undefined;
    if (step.type !== 'object' || service?.type !== 'string' || broken.has(index)) return [];
    return stepProblems(step, service.value, ['steps', index]);
  });
}

function stepProblems(step: JsonObject, service: string, path: Path): ScenarioProblem[] {
  const problem = (at: Omit<ScenarioProblem, 'kind' | 'onlyStep' | 'ifWhole'>): ScenarioProblem => ({
    ...at,
    kind: 'malformed',
    onlyStep: true,
    ifWhole: [step],
  });
  const asked = valueOf(step, 'do');
  if (asked?.type !== 'string') return [];
  const operation = asked.value;
  const row = findServiceOperation(service, operation);
  if (!row) {
    const names = operationsOfService(service).map(({ name }) => name);
    const message = `\`${service}\` does no \`${operation}\`: ${oneOf(names, operation, LISTED)}`;
    return [problem({ place: { path: [...path, 'do'] }, message, ...meant(operation, names) })];
  }
  const own: readonly string[] = [...row.needs, ...row.takes];
  const strange = countingMembers(step)
    .map(({ key }) => key.value)
    .filter((name) => Object.hasOwn(serviceMembers, name) && !own.includes(name))
    .map((name) =>
      problem({
        place: { path: [...path, name], part: 'key' },
        message: unknownMember(name, `\`${operation}\``, own),
        ...meant(name, own),
      }),
    );
  const missing = row.needs
    .filter((name) => valueOf(step, name) === undefined)
    .map((name) => problem({ place: { path }, message: `\`${operation}\` has a \`${name}\`: add it` }));
  return [...strange, ...missing];
}

function meant(written: string, names: readonly string[]): Pick<ScenarioProblem, 'meant'> {
  const name = nearest(written, names);
  return name === undefined ? {} : { meant: name };
}

const LISTED = 'completion lists them all';
