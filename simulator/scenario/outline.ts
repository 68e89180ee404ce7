import type { KeyDescription } from '../access/request.ts';
import type { JsonNode, JsonObject } from '../json/node.ts';
import type { Path, Place } from '../json/place.ts';
import type { ScenarioFile, StepKindName } from './file.ts';
import type { Names, NameUse } from './names.ts';
import type { PolicyKind } from './shape.ts';

/** Everything that the text of a scenario says by itself, without the files that it names. */
export interface ScenarioOutline {
  readonly root: JsonNode;
  /** In the order of the text. */
  readonly problems: readonly ScenarioProblem[];
  readonly names: Names;
  readonly uses: readonly NameUse[];
  readonly policies: readonly PolicyUse[];
  /** The files whose bytes it names. */
  readonly files: readonly FileUse[];
  readonly steps: readonly StepOutline[];
  /** Undefined where something is wrong: nothing of such a file is run. */
  readonly file: ScenarioFile | undefined;
}

export interface ScenarioProblem {
  readonly place: Place;
  /** What is wrong and what to do: lower case, user text in backticks, no final stop. */
  readonly message: string;
  readonly kind: ScenarioProblemKind;
  /** What stands there was probably meant to be this name or value. */
  readonly meant?: string;
  /** The step alone cannot be taken as it stands, or not to any use; the file can be run. */
  readonly onlyStep?: true;
  /** Objects that have to be read whole for this to be a problem. */
  readonly ifWhole?: readonly JsonObject[];
}

/**
 * `malformed`: an unknown member, a wrong type or value; `repeated-member`: a member that a later one of the same name
 * overrides; `undefined-name`: it names something that is not there; `unusable-policy`: a file that cannot be read or holds
 * no policy; `unusable-file`: one that cannot be read or is too large; `real-credentials`: what may be a real access key;
 * `refused-call`: KMS refuses the request whatever the policies say.
 */
export type ScenarioProblemKind =
  | 'malformed'
  | 'repeated-member'
  | 'undefined-name'
  | 'unusable-policy'
  | 'unusable-file'
  | 'real-credentials'
  | 'refused-call';

/** A policy that the file names or holds. */
export interface PolicyUse {
  readonly kind: PolicyKind;
  readonly path: Path;
  /** As written, from the folder of the file; undefined for a policy that stands in the file. */
  readonly file: string | undefined;
  /** The policy that stands in the file. */
  readonly inline: JsonObject | undefined;
  /** Of a policy that stands in the file: the account of the principal or key whose it is. */
  readonly account?: string;
  /** The key that it is the policy of, as far as the file says. */
  readonly key?: KeyDescription;
}

/** A file whose bytes a step uses. */
export interface FileUse {
  readonly path: Path;
  /** As written, from the folder of the file. */
  readonly file: string;
}

export interface StepOutline {
  readonly index: number;
  readonly path: Path;
  /** Undefined for a step that cannot be read. */
  readonly kind: StepKindName | undefined;
  /** What it is called, or what it does: `Decrypt as App on orders`. */
  readonly title: string;
  /** Whether it has an `expect`. */
  readonly expects: boolean;
}
