import type { TimelineKind } from '../../../server/protocol.ts';

/** What marks look like, apart from their colour, and what their kinds are called. */
export const kinds: Readonly<Record<TimelineKind, { readonly sign: string; readonly name: string }>> = {
  made: { sign: '+', name: 'Made' },
  state: { sign: '◐', name: 'Enabled, disabled' },
  rotation: { sign: '↻', name: 'Rotation' },
  material: { sign: '◆', name: 'Key material' },
  policy: { sign: '§', name: 'Key policy' },
  alias: { sign: '@', name: 'Aliases' },
  tags: { sign: '#', name: 'Tags, description' },
  grant: { sign: '⚑', name: 'Grants' },
  deletion: { sign: '†', name: 'Deletion' },
  throttling: { sign: '≈', name: 'Throttling' },
  error: { sign: '✗', name: 'Errors' },
  calls: { sign: '•', name: 'Calls' },
};

export const kindNames = Object.keys(kinds) as TimelineKind[];
