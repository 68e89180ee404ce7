import type { EditorClient } from './client.ts';

/** An editor that can do as little as the protocol allows: not even be asked for settings. */
export const plain: EditorClient = {
  name: 'an editor that says nothing of itself',
  languages: { policy: 'json', scenario: 'json' },
  params: { capabilities: {} },
};
