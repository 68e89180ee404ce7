import { findKeySpec } from '../facts/key-specs.ts';
import { assertAvailable } from './crypto/available.ts';
import { unsupported } from './errors.ts';
import type { Place } from './world.ts';

/** Throws what KMS answers where keys of the spec are not made in the Region. */
export function checkRegion(spec: string, { region }: Place): void {
  const regions = findKeySpec(spec)?.regions;
  const isChina = region.startsWith('cn-');
  if ((regions === 'china-only' && !isChina) || (regions === 'not-china' && isChina))
    throw unsupported(`KeySpec ${spec} is not supported in this Region`, 'choose another spec, or another Region');
}

export function checkKeyPairSpec(spec: string, place: Place): void {
  checkRegion(spec, place);
  assertAvailable(spec);
}
