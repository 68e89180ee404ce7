import { parseCaller } from '../../simulator/access/caller.ts';
import { keyArn } from '../../simulator/access/request.ts';
import { systemEnvironment } from '../../simulator/kms/environment.ts';
import { newSymmetricKey } from '../../simulator/kms/new-key.ts';
import { ask, isAnswer, type Question } from '../answers/ask.ts';
import { type ConfiguredWorld, worldOfConfig } from '../answers/configured.ts';
import type { ListedPrincipal, Listing } from '../config/config.ts';
import type { ConfigPlace, WrittenPath } from '../config/file.ts';
import { SourceDocument, type SourceDocumentInit } from '../documents/source.ts';
import { authorizationOf, type TripParts } from './parts.ts';

/** A new key under the policy of a document. */
export interface PolicyTrip {
  readonly kind: 'policy';
  readonly keyPolicy: SourceDocumentInit;
  readonly defaults: Question['defaults'];
  readonly keyAccount?: string;
  readonly principal: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
  readonly configuration: JobConfiguration;
}

/** What is configured for the principal, with every document that is named. */
export interface JobConfiguration {
  readonly principal?: Placed<Omit<ListedPrincipal, 'file'>>;
  readonly organization?: Placed<{ readonly path: WrittenPath }>;
  readonly documents: readonly SourceDocumentInit[];
}

/** Something that a `.kms-lens.json` says, with the text of that file. */
export type Placed<T> = T & { readonly file: Omit<ConfigPlace, 'document'> & { readonly text: string } };

export async function roundTripOfPolicy(trip: PolicyTrip): Promise<TripParts | { readonly problem: string }> {
  const keyPolicy = new SourceDocument(trip.keyPolicy);
  const { principal, keyAccount, defaults } = trip;
  const { principal: _, ...aroundOthers } = trip.configuration;
  const own = await worldOf(trip.configuration, principal);
  // Nobody knows the policies of others, such as an attacker.
  const ofOthers = await worldOf(aroundOthers, '');
  const question = (caller: string, action: string, context: Readonly<Record<string, string>>): Question => ({
    request: { principal: caller, action, encryptionContext: context, ...(keyAccount ? { keyAccount } : {}) },
    keyPolicy,
    identityPolicies: undefined,
    ...(caller === principal ? own : ofOthers),
    defaults,
    now: Date.now(),
  });
  const first = ask(question(principal, 'GenerateDataKey', trip.encryptionContext));
  if (!isAnswer(first)) return { problem: first.problem };
  const { key } = first.request;
  if (!key) return { problem: 'the key of the policy is not known' };
  const arn = keyArn({ ...key, id: key.id ?? SIMULATED_KEY_ID });
  const answer = parseCaller(principal, key);
  if ('problem' in answer) return answer;
  return {
    key: async () => newSymmetricKey(arn, systemEnvironment),
    encrypts: { name: principal, arn: principal, caller: answer.caller },
    async authorize(operation, context, party) {
      const decided = ask(question(party.name, operation, context));
      if (!isAnswer(decided)) return { allowed: false, verdict: 'denied', because: decided.problem };
      return authorizationOf(decided);
    },
  };
}

async function worldOf(
  { principal: listed, organization, documents }: JobConfiguration,
  principal: string,
): Promise<ConfiguredWorld['question']> {
  const config: Listing = {
    principal: () => listed && { ...listed, file: placeOf(listed.file) },
    organization: organization && { ...organization, file: placeOf(organization.file) },
  };
  const byUri = new Map(documents.map((each) => [each.uri, new SourceDocument(each)]));
  const { question } = await worldOfConfig(config, principal, async (uri) => byUri.get(uri));
  return question;
}

function placeOf({ text, ...place }: Placed<unknown>['file']): ConfigPlace {
  return { ...place, document: new SourceDocument({ uri: place.uri, text, languageId: 'jsonc' }) };
}

/** The id that simulated keys carry where the policy names no key. */
const SIMULATED_KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
