import { compiled } from '../../server/answers/ask.ts';
import type { SourceDocument } from '../../server/documents/source.ts';
import { fullAwsAccess } from '../../simulator/access/default-policies.ts';
import type { PolicyLevel } from '../../simulator/access/world.ts';
import type { Organization } from '../../simulator/scenario/organization.ts';

/** The levels that `--scp` and `--rcp` stand for, and what was taken for granted about them. */
export interface StatedLevels {
  readonly organization: Organization;
  readonly taken: readonly string[];
}

/**
 * Each file is attached at a level of its own: an account has as many as there are files. FullAWSAccess is attached
 * beside an SCP, as AWS does it, unless the SCP has Allow statements: beside FullAWSAccess these would mean nothing.
 */
export function statedLevels(
  scps: readonly SourceDocument[],
  rcps: readonly SourceDocument[],
  nameOf: (uri: string) => string,
): StatedLevels {
  const withFullAccess = scps.filter((scp) => !allows(scp));
  const instead = scps.filter(allows);
  const serviceControl = scps.map((scp) => level(scp, nameOf, !allows(scp)));
  const resourceControl = rcps.map((rcp) => level(rcp, nameOf, false));
  const names = (documents: readonly SourceDocument[]): string => documents.map(({ uri }) => nameOf(uri)).join(' and ');
  return {
    organization: {
      placeOf: () => undefined,
      serviceControl: () => (scps.length > 0 ? serviceControl : undefined),
      resourceControl: () => (rcps.length > 0 ? resourceControl : undefined),
    },
    taken: [
      ...(withFullAccess.length > 0 ? [`FullAWSAccess is attached beside ${names(withFullAccess)}`] : []),
      ...(instead.length > 0
        ? [`FullAWSAccess is not attached beside ${names(instead)}, whose Allow statements would mean nothing then`]
        : []),
    ],
  };
}

function level(document: SourceDocument, nameOf: (uri: string) => string, withFullAccess: boolean): PolicyLevel {
  const policy = compiled(document);
  const policies = policy ? [policy] : [];
  return { target: nameOf(document.uri), policies: withFullAccess ? [fullAwsAccess, ...policies] : policies };
}

const allows = ({ policy }: SourceDocument): boolean =>
  policy?.policy.statements.some(({ effect }) => effect === 'Allow') === true;
