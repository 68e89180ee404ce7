import { countingMembers, type JsonNode, valueOf } from '../../../simulator/json/node.ts';
import type { ConfigFile, WrittenPath } from '../../config/file.ts';
import { readConfig } from '../../config/read.ts';
import { pathBelow, resolveUri } from '../../config/uris.ts';
import type { MentionWriter, Owner } from './mention.ts';
import { sidSubject } from './of-policies.ts';
import { principalOf } from './subject.ts';

/** Whom a `.kms-lens.json` declares, the `Sid`s that it accepts findings in, and its paths to policies. */
export function mentionsOfConfig(writer: MentionWriter, roots: readonly string[]): void {
  const { uri, text, parsed } = writer.source;
  const config = readConfig(uri, text, roots);
  const root = parsed.root;
  if (root?.type !== 'object') return;
  principals(writer, config, valueOf(root, 'principals'));
  for (const { facts } of config.values.keys) pathTo(writer, config, facts.keyPolicy);
  pathTo(writer, config, config.values.organization);
  sids(writer, config, valueOf(root, 'suppress'));
}

function principals(writer: MentionWriter, config: ConfigFile, node: JsonNode | undefined): void {
  for (const { key } of node?.type === 'object' ? countingMembers(node) : []) {
    const arn = key.value;
    const subject = principalOf(arn);
    if (!subject) continue;
    const path = ['principals', arn];
    const owner: Owner = writer.owner({ kind: 'principal', title: arn, detail: '', subject }, path);
    writer.add(subject, arn, { path, part: 'key' }, { owner, role: 'definition' });
    const { policies = [], permissionsBoundary, sessionPolicies = [] } = config.values.principals.get(arn) ?? {};
    for (const each of [...policies, permissionsBoundary, ...sessionPolicies]) pathTo(writer, config, each);
  }
}

function pathTo(writer: MentionWriter, { folder, root }: ConfigFile, path: WrittenPath | undefined): void {
  if (path) writer.path(writer.source.rangeOfSpan(path.span), resolveUri(folder, path.text, root));
}

function sids(writer: MentionWriter, { folder, values }: ConfigFile, node: JsonNode | undefined): void {
  for (const [index, each] of (node?.type === 'array' ? node.elements : []).entries()) {
    const sid = each.type === 'object' ? valueOf(each, 'sid') : undefined;
    const rule = each.type === 'object' ? valueOf(each, 'rule') : undefined;
    // What cannot be understood accepts nothing.
    const entry = rule && values.suppress.find(({ span }) => span.start === rule.start);
    if (sid?.type !== 'string' || !entry) continue;
    const covers = (uri: string): boolean => {
      const path = pathBelow(folder, uri);
      return path !== undefined && (entry.path?.matches(path) ?? true);
    };
    writer.add(sidSubject(sid.value, undefined), sid.value, { path: ['suppress', index, 'sid'] }, { covers });
  }
}
