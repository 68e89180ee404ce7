import { window } from 'vscode';
import type { LocalKms } from './localKms.ts';
import { STRIDES } from './strides.ts';

/** What is due meanwhile happens. */
export function moveClock(kms: LocalKms, milliseconds: number): void {
  if (STRIDES.some(([, each]) => each === milliseconds)) kms.advance(milliseconds);
}

/** Asks first: what programs made is gone then. */
export async function resetWorld(kms: LocalKms): Promise<void> {
  const reset = 'Reset';
  const answer = await window.showWarningMessage(
    'Reset the local KMS to what it began with?',
    {
      modal: true,
      detail:
        'Keys and grants that programs made are gone, and the clock shows the real time again. The keys of the scenario keep their key material.',
    },
    reset,
  );
  if (answer === reset) kms.reset();
}
