import { resolvePath } from '../../../../simulator/json/place.ts';
import { stepShape } from '../../../../simulator/scenario/format/steps.ts';
import type { ScenarioOutline, StepOutline } from '../../../../simulator/scenario/outline.ts';
import { type Help, help } from '../help.ts';
import { words } from '../markdown.ts';

/** A step: its title, and what steps of its kind do. */
export function stepHelp({ root }: ScenarioOutline, { index, kind, title, path }: StepOutline): Help {
  const shape = kind && stepShape.variants[kind];
  const own = kind && shape?.members[kind];
  const node = resolvePath(root, path)?.node;
  const isExpecting = node?.type === 'object' && node.members.some(({ key }) => key.value === 'expect');
  const expectation =
    !shape?.members['expect'] || isExpecting ? undefined : 'It expects nothing, and so only reports what came of it.';
  return help({
    about: `step ${index + 1}${shape ? `, ${shape.what}` : ''}`,
    title: words(title),
    text: [own?.summary ?? 'It does nothing yet.', expectation],
    subjects: kind ? [`scenario:${kind}`] : [],
  });
}
