import type { Item, PolicyDocument } from '../../../simulator/policy/document.ts';
import { type Arn, parseArn } from '../../../simulator/policy/syntax/arn.ts';

/** An ARN that stands in a policy, and where. */
export interface FoundArn {
  readonly arn: Arn;
  readonly item: Item;
  readonly part: 'principal' | 'resource' | 'condition';
}

/** Every ARN among the principals, resources and condition values of a policy. */
export function* arnsOf({ statements }: PolicyDocument): Generator<FoundArn> {
  for (const { principal, resource, conditions } of statements) {
    for (const item of principal?.items ?? []) yield* read(item, 'principal');
    for (const item of resource?.items ?? []) yield* read(item, 'resource');
    for (const { values } of conditions) for (const item of values) yield* read(item, 'condition');
  }
}

function* read(item: Item, part: FoundArn['part']): Generator<FoundArn> {
  if (!item.text.startsWith('arn:')) return;
  const arn = parseArn(item.text);
  if (arn.kind === 'arn') yield { arn, item: { text: item.text, path: item.path }, part };
}
