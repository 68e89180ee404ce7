import type { DocumentFacts } from '../rules/rule.ts';
import type { Config } from './config.ts';
import { ConfigError, policyAt, type ReadDocument } from './listed-policies.ts';

/**
 * What a configuration tells of the key that a document is about. A policy that cannot be used costs that fact alone.
 *
 * @param onMistake told why the policy that the configuration names cannot be used
 */
export async function factsOfKey(
  config: Config,
  uri: string,
  read: ReadDocument,
  onMistake: (error: ConfigError) => void,
): Promise<DocumentFacts> {
  const { keyPolicy: named, ...facts } = config.factsOf(uri);
  if (!named) return facts;
  try {
    const { policy } = await policyAt(named.file, named.path, 'key-policy', read);
    return { ...facts, ...(policy ? { keyPolicy: policy.policy } : {}) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    onMistake(error);
    return facts;
  }
}
