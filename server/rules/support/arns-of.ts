import type { Item, PolicyDocument } from '../../../simulator/policy/document.ts';
import { perStatement } from '../../../simulator/policy/per-statement.ts';
import { type Arn, parseArn } from '../../../simulator/policy/syntax/arn.ts';

/** An ARN that stands in a policy, and where. */
export interface FoundArn {
  readonly arn: Arn;
  readonly item: Item;
  readonly part: 'principal' | 'resource' | 'condition';
}

/** Every ARN among the principals, resources and condition values of a policy. */
export function arnsOf({ statements }: PolicyDocument): FoundArn[] {
  return statements.flatMap(arnsIn);
}

/** Those of one statement. */
export const arnsIn = perStatement(({ principal, resource, conditions }): readonly FoundArn[] => {
  const found: FoundArn[] = [];
  const read = (items: readonly Item[], part: FoundArn['part']): void => {
    for (const item of items) {
      const arn = item.text.startsWith('arn:') ? parseArn(item.text) : undefined;
      if (arn?.kind === 'arn') found.push({ arn, item, part });
    }
  };
  if (principal) read(principal.items, 'principal');
  if (resource) read(resource.items, 'resource');
  for (const { values } of conditions) read(values, 'condition');
  return found;
});
