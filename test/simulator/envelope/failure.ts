import { EnvelopeError } from '../../../simulator/envelope/errors.ts';
import { KmsError } from '../../../simulator/kms/errors.ts';

/** What the act is refused with. Anything but an EnvelopeError or a KmsError, and no refusal at all, fails the test. */
export async function failure(act: () => unknown): Promise<EnvelopeError | KmsError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof EnvelopeError || error instanceof KmsError) return error;
    throw error;
  }
  throw new Error('it went through');
}

/** For what must be an EnvelopeError. */
export async function envelopeFailure(act: () => unknown): Promise<EnvelopeError> {
  const error = await failure(act);
  if (error instanceof EnvelopeError) return error;
  throw error;
}
