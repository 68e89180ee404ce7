import { isLoose } from '../../../simulator/json/parse.ts';
import { isConfigUri } from '../../config/uris.ts';
import type { SourceDocument } from '../../documents/source.ts';
import { type DocumentMentions, MentionWriter } from './mention.ts';
import { mentionsOfConfig } from './of-config.ts';
import { mentionsOfGrants } from './of-grants.ts';
import { mentionsOfPolicies } from './of-policies.ts';
import { mentionsOfScenario } from './of-scenario.ts';

const known = new WeakMap<SourceDocument, DocumentMentions>();

/** What a document names, found once for each text. */
export function mentionsIn(source: SourceDocument, roots: readonly string[]): DocumentMentions {
  let mentions = known.get(source);
  if (!mentions) {
    mentions = read(source, roots);
    known.set(source, mentions);
  }
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
