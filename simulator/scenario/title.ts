import { type JsonNode, valueOf } from '../json/node.ts';
import { withoutCredentials } from '../text/credentials.ts';
import type { StepKindName } from './file.ts';

/** What a step is called: by its `name`, else by what it does: `Decrypt as App on orders`. */
export function titleOf(node: JsonNode, kind: StepKindName | undefined): string {
  return withoutCredentials(title(node, kind));
}

function title(node: JsonNode, kind: StepKindName | undefined): string {
  const text = (name: string): string | undefined => {
    const value = node.type === 'object' ? valueOf(node, name) : undefined;
    return value?.type === 'string' && value.value !== '' ? value.value : undefined;
  };
  const name = text('name');
  if (name !== undefined) return name;
  const as = ` as ${text('as') ?? 'root'}`;
  const on = (key: string | undefined): string => (key === undefined ? '' : ` on ${key}`);
  switch (kind) {
    case 'can': {
      const operation = text('can')?.replace(/^kms:/i, '') ?? '?';
      const to = text('to');
      return `${operation}${as}${on(text('on'))}${to === undefined ? '' : ` to ${to}`}`;
    }
    case 'call':
      return `call ${text('call') ?? '?'}${as}`;
    case 'wait':
      return `wait ${text('wait') ?? '?'}`;
    case 'envelope':
      return `envelope round trip${as}${on(text('envelope'))}`;
    case 'backend': {
      const error = text('error');
      return `behind ${text('backend') ?? '?'}${error === undefined ? '' : `: ${error === 'none' ? 'all is well' : error}`}`;
    }
    case 'service':
      return `${text('service') ?? '?'} ${text('do') ?? ''}${as}${on(text('key'))}`;
    case 'load':
      return loadTitle(node);
    case undefined:
      return 'a step';
  }
}

/** `load of 12,000 GenerateDataKey + 4,000 Decrypt a second`. */
function loadTitle(node: JsonNode): string {
  const load = node.type === 'object' ? valueOf(node, 'load') : undefined;
  const per = node.type === 'object' ? valueOf(node, 'per') : undefined;
  if (load?.type !== 'object') return 'load';
  const counts = load.members.flatMap(({ key, value }) =>
    value?.type === 'number' ? `${value.value.toLocaleString('en-US')} ${key.value}` : [],
  );
  const unit = per?.type === 'string' ? per.value : 'second';
  return counts.length === 0 ? 'load' : `load of ${counts.join(' + ')} a ${unit}`.replace(' a hour', ' an hour');
}
