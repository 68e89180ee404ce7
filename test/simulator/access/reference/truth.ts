/** Yes, no, or: nobody told. */
export type Truth = boolean | 'unknown';

export function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes('unknown') ? 'unknown' : true;
}

export function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes('unknown') ? 'unknown' : false;
}

export function opposite(truth: Truth): Truth {
  return truth === 'unknown' ? 'unknown' : !truth;
}
