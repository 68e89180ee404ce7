import { type BackendEntry, isBackend } from '../../scenario/file.ts';
import type { StepKind } from '../../scenario/step.ts';
import { addressOf, changeBackend } from './declared-stores.ts';
import { noticing } from './noticing.ts';
import { sessionOf } from './session.ts';

/** What happens outside of KMS: a cluster, a proxy or a key manager fails, or works again. */
export const backend: StepKind = {
  name: 'backend',
  run: (entry, play) =>
    noticing(play, async () => {
      if (!isBackend(entry)) throw new TypeError('this is nothing that happens behind a key store');
      const { service } = sessionOf(play);
      const declared = play.start.keyStoreOf(entry.backend);
      const found = declared && service.world.stores.backend(addressOf(declared));
      if (!declared || !found) return { outcome: 'error', problem: `there is no key store \`${entry.backend}\`` };
      changeBackend(found, entry);
      return { outcome: 'info', reason: reasonOf(entry) };
    }),
};

function reasonOf({ backend: name, error, hsms, externalKeys = {} }: BackendEntry): string {
  const parts = [
    ...(error === undefined ? [] : [error === 'none' ? 'nothing is wrong' : error]),
    ...(hsms === undefined ? [] : [`${hsms} active ${hsms === 1 ? 'HSM' : 'HSMs'}`]),
    ...Object.entries(externalKeys).map(([id, status]) => `\`${id}\` is ${status}`),
  ];
  return `behind \`${name}\`, from now on: ${parts.join(', ')}`;
}
