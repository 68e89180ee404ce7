import type { EnvelopeStep, EnvelopeTrip } from '../../../server/protocol.ts';
import { made } from '../shared/page.browser.ts';

/** What passes between the program, the storage and KMS in a step, drawn between their lanes. */
export function arrowsOf(step: EnvelopeStep, { message }: EnvelopeTrip): HTMLElement[] {
  if (step.outcome === 'skipped') return [];
  const answer = step.outcome === 'ok' ? undefined : (step.error?.name ?? 'refused');
  switch (step.id) {
    case 'encrypt-directly':
      return [toKms('Encrypt: the payload', answer ?? 'the ciphertext', answer)];
    case 'generate-data-key':
      return [toKms('GenerateDataKey', answer ?? 'the data key, in the clear and encrypted', answer)];
    case 'store':
      return [arrow('from-program', '←', `the message, ${message?.bytes.toLocaleString('en-US')} bytes`)];
    case 'decrypt-data-key':
      return [
        arrow('from-storage', '→', 'the message'),
        toKms('Decrypt: the encrypted data key', answer ?? 'the data key', answer),
      ];
    default:
      return [];
  }
}

/** A call and its answer. */
function toKms(call: string, answer: string, failed: string | undefined): HTMLElement {
  const both = made('div', '', 'arrows from-program');
  both.append(line('→', call, ''), line('←', answer, failed === undefined ? '' : 'stopped'));
  return both;
}

function arrow(kind: string, direction: '→' | '←', label: string): HTMLElement {
  const one = made('div', '', `arrows ${kind}`);
  one.append(line(direction, label, ''));
  return one;
}

function line(direction: '→' | '←', label: string, kind: string): HTMLElement {
  const element = made('div', '', `arrow ${direction === '→' ? 'right' : 'left'} ${kind}`);
  element.append(made('span', label));
  return element;
}
