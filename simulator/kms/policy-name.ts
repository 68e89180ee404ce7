import { notFound } from './errors.ts';

/** A key has one policy, whose name is `default`. */
export function checkPolicyName(name: string | undefined): void {
  if (name !== undefined && name !== 'default') throw notFound('No such policy exists');
}
