import { KmsError } from '../../../simulator/kms/errors.ts';

/** What the call is refused with; anything but a KmsError fails the test. */
export async function failure(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof KmsError)) throw error;
    const { name, message, remedy, because } = error;
    return { name, message, remedy, ...(because === undefined ? {} : { because }) };
  }
  throw new Error('the call went through');
}
