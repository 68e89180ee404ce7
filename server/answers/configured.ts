import type { Listing } from '../config/config.ts';
import { documentAt, policiesOf, type ReadDocument } from '../config/listed-policies.ts';
import { readOrganization } from '../config/organization.ts';
import { pathBelow } from '../config/uris.ts';
import type { SourceDocument } from '../documents/source.ts';
import { CONFIG_NAME } from '../protocol.ts';
import type { Question } from './ask.ts';

/** What `.kms-lens.json` adds to a question, with the documents that it comes from. */
export interface ConfiguredWorld {
  readonly question: Partial<
    Pick<
      Question,
      'identityPolicies' | 'permissionsBoundary' | 'sessionPolicies' | 'principalTags' | 'organization' | 'taken'
    >
  >;
  readonly documents: readonly SourceDocument[];
}

/** Says that the policies of the caller are those of the file; untrue where somebody chose others. */
export const LISTED_PRINCIPAL = 'listed-principal';

/** Which parts are wanted; what somebody states otherwise is left alone. */
export interface WantedParts {
  readonly principal: boolean;
  readonly organization: boolean;
}

/**
 * The policies of the caller, and those that its organization lays over it, as the configuration lists them.
 *
 * @throws {ConfigError} where a file that is named cannot be used
 */
export async function worldOfConfig(
  config: Listing,
  principal: string,
  read: ReadDocument,
  wanted: WantedParts = { principal: true, organization: true },
): Promise<ConfiguredWorld> {
  const listed = wanted.principal ? config.principal(principal) : undefined;
  const named = wanted.organization ? config.organization : undefined;
  const { tags, ...policies } = listed ? await policiesOf(listed, read) : {};
  const organization =
    named &&
    (await readOrganization(await documentAt(named.file, named.path, 'scenario', read), named.file.root, read));
  const taken = [
    ...(listed
      ? [{ id: LISTED_PRINCIPAL, text: `the policies of ${listed.arn} are those that ${nameOf(listed.file)} lists` }]
      : []),
    ...(named
      ? [
          {
            id: 'listed-organization',
            text: `the organization is that of ${named.path.text}, which ${nameOf(named.file)} names`,
          },
        ]
      : []),
  ];
  const { identityPolicies = [], permissionsBoundary, sessionPolicies = [] } = policies;
  return {
    question: {
      ...policies,
      ...(tags ? { principalTags: tags } : {}),
      ...(organization ? { organization } : {}),
      ...(taken.length > 0 ? { taken } : {}),
    },
    documents: [
      ...identityPolicies,
      ...(permissionsBoundary ? [permissionsBoundary] : []),
      ...sessionPolicies,
      ...(organization?.documents ?? []),
    ],
  };
}

const nameOf = ({ root, uri }: { readonly root: string; readonly uri: string }): string =>
  pathBelow(root, uri) ?? CONFIG_NAME;
