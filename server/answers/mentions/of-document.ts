import { isLoose } from '../../../simulator/json/parse.ts';
import { isConfigUri } from '../../config/uris.ts';
import type { SourceDocument } from '../../documents/source.ts';
import { type DocumentMentions, MentionWriter } from './mention.ts';
import { mentionsOfConfig } from './of-config.ts';
import { mentionsOfGrants } from './of-grants.ts';
import { mentionsOfPolicies } from './of-policies.ts';
import { mentionsOfScenario } from './of-scenario.ts';

const known = new WeakMap<SourceDocument, { readonly roots: readonly string[]; readonly mentions: DocumentMentions }>();

/** What a document names, found once for each text: paths lead elsewhere where workspace folders change. */
export function mentionsIn(source: SourceDocument, roots: readonly string[]): DocumentMentions {
  const kept = known.get(source);
  if (kept?.roots === roots) return kept.mentions;
  const mentions = read(source, roots);
  known.set(source, { roots, mentions });
  return mentions;
}

function read(source: SourceDocument, roots: readonly string[]): DocumentMentions {
  const writer = new MentionWriter(source);
  if (isConfigUri(source.uri)) mentionsOfConfig(writer, roots);
  else {
    mentionsOfPolicies(writer);
    mentionsOfGrants(writer);
    if (source.scenario) mentionsOfScenario(writer, source.scenario, roots);
  }
  return writer.finish([source.parsed, source.policy?.parsed].some((each) => each && !each.problems.every(isLoose)));
}
