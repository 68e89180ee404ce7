/** Whether something holds, where part of what decides it may be unknown. */
export type Truth = boolean | 'unknown';

/** False as soon as one is false; unknown only while nothing is false. */
export function all(truths: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const truth of truths) {
    if (truth === false) return false;
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}

/** True as soon as one is true; unknown only while nothing is true. */
export function any(truths: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}

/** `all` of two. */
export const both = (a: Truth, b: Truth): Truth => (a === false || b === true ? a : b === false ? b : 'unknown');

/** `any` of two. */
export const either = (a: Truth, b: Truth): Truth => (a === true || b === false ? a : b === true ? b : 'unknown');

export function not(truth: Truth): Truth {
  return truth === 'unknown' ? 'unknown' : !truth;
}
