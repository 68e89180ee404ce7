import type { Comparison } from './comparison.ts';
import { keySpecComparison } from './key-specs.ts';
import { keyStateComparison } from './key-states.ts';
import { operationComparison } from './operations.ts';
import { originComparison } from './origins.ts';
import { limitComparison, requestQuotaComparison } from './quotas.ts';
import { rotationComparison } from './rotation.ts';

/** The tables to compare by. */
export const comparisons: readonly Comparison[] = [
  keySpecComparison,
  originComparison,
  rotationComparison,
  keyStateComparison,
  operationComparison,
  requestQuotaComparison,
  limitComparison,
];
