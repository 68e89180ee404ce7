import { type Path, toPointer } from '../json/place.ts';
import { CompiledPolicy } from '../policy/compile.ts';
import { type PolicyDocument, readPolicy } from '../policy/document.ts';
import type { FileUse, PolicyUse, ScenarioOutline, ScenarioProblem } from './outline.ts';
import type { PolicyKind } from './shape.ts';
import { ScenarioWorld } from './world.ts';

/** How a scenario reaches the files that it names: handed in, so that it also works where there are none. */
export interface PolicyFiles {
  /** @param path as the scenario writes it, from its own folder */
  policy(path: string, kind: PolicyKind): Promise<PolicyFile | UnusableFile>;
  /** The content of a file, of one that is longer than `most` no more than one byte above that. */
  bytes(path: string, most: number): Promise<{ readonly bytes: Uint8Array } | UnusableFile>;
}

export interface PolicyFile {
  readonly uri: string;
  readonly policy: PolicyDocument;
}

export interface UnusableFile {
  /** What keeps it from being used, after its path in backticks: `cannot be read: mend the path or add the file`. */
  readonly problem: string;
}

export interface LoadedScenario {
  readonly outline: ScenarioOutline;
  /** Those of the text and those of the files that it names, but for what concerns a step alone. */
  readonly problems: readonly ScenarioProblem[];
  /** Undefined where there is a problem. */
  readonly world: ScenarioWorld | undefined;
}

/** A policy that a scenario uses, with where the scenario says so. */
export interface LoadedPolicy {
  readonly use: PolicyUse;
  /** The URI of its document, which for a policy in the scenario is the scenario's. */
  readonly uri: string;
  readonly compiled: CompiledPolicy;
}

/** Reads the policies that a scenario names. */
export async function loadScenario(outline: ScenarioOutline, uri: string, files: PolicyFiles): Promise<LoadedScenario> {
  const loaded = await loadPolicies(outline.policies, uri, files);
  const read = await loadFiles(outline.files, files);
  const own = outline.problems.filter(({ onlyStep }) => !onlyStep);
  const problems = [...own, ...loaded.problems, ...read.problems];
  const isSound = outline.file && problems.length === 0;
  return {
    outline,
    problems,
    world: isSound ? new ScenarioWorld(outline, outline.file, { ...loaded, files: read.files }, uri) : undefined,
  };
}

export interface LoadedPolicies {
  readonly problems: readonly ScenarioProblem[];
  /** By the pointer of where the scenario names or holds each. */
  readonly policies: ReadonlyMap<string, LoadedPolicy>;
}

/** Reads policies of a scenario. A file that it names twice is read once. */
export async function loadPolicies(
  uses: readonly PolicyUse[],
  scenario: string,
  files: PolicyFiles,
): Promise<LoadedPolicies> {
  const problems: ScenarioProblem[] = [];
  const policies = new Map<string, LoadedPolicy>();
  const found = new Map<string, Promise<PolicyFile | UnusableFile>>();
  for (const use of uses) {
    const { kind, path, file, inline } = use;
    if (inline) {
      const policy = new CompiledPolicy(readPolicy(inline, path), scenario);
      if (policy.size === 0) problems.push(unusable(path, 'the policy has no statements: give it a `Statement`'));
      else policies.set(toPointer(path), { use, uri: scenario, compiled: policy });
    } else if (file !== undefined) {
      const key = `${kind} ${file}`;
      const answer = found.get(key) ?? files.policy(file, kind);
      found.set(key, answer);
      const result = await answer;
      if ('problem' in result) {
        problems.push(unusable(path, `\`${file}\` ${result.problem}`));
        continue;
      }
      policies.set(toPointer(path), { use, uri: result.uri, compiled: compiled(result) });
    }
  }
  return { problems, policies };
}

/** No parameter of the API takes as much: what is too long for one is KMS's to refuse. Payloads that are longer are random. */
export const mostFileBytes = 1024 * 1024;

async function loadFiles(uses: readonly FileUse[], from: PolicyFiles) {
  const problems: ScenarioProblem[] = [];
  const files = new Map<string, Uint8Array>();
  const answers = new Map<string, ReturnType<PolicyFiles['bytes']>>();
  for (const { file, path } of uses) {
    const asked = answers.get(file) ?? from.bytes(file, mostFileBytes);
    answers.set(file, asked);
    const answer = await asked;
    const problem =
      'problem' in answer
        ? answer.problem
        : mostFileBytes < answer.bytes.length
          ? 'has more than 1 MiB, the most that a step reads: name a smaller file'
          : undefined;
    if (problem !== undefined)
      problems.push({ place: { path }, message: `\`${file}\` ${problem}`, kind: 'unusable-file' });
    else if ('bytes' in answer) files.set(file, answer.bytes);
  }
  return { problems, files };
}

/** Scenarios share policies: each is compiled once while its document is kept. */
const compilations = new WeakMap<PolicyDocument, CompiledPolicy>();

function compiled({ uri, policy }: PolicyFile): CompiledPolicy {
  let found = compilations.get(policy);
  if (!found) {
    found = new CompiledPolicy(policy, uri);
    compilations.set(policy, found);
  }
  return found;
}

const unusable = (path: Path, message: string): ScenarioProblem => ({
  place: { path },
  message,
  kind: 'unusable-policy',
});
