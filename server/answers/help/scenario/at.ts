import { type JsonNode, valueOf } from '../../../../simulator/json/node.ts';
import { isSamePath, type Path, resolvePath } from '../../../../simulator/json/place.ts';
import type { ScenarioOutline } from '../../../../simulator/scenario/outline.ts';
import { defaultsOf } from '../../../../simulator/scenario/read.ts';
import type { Shape } from '../../../../simulator/scenario/shape.ts';
import { openShapes, type Row, type Spot, spotAt } from '../../../../simulator/scenario/spot.ts';
import { type Found, pointedSpan } from '../../../documents/at.ts';
import { nameAt } from '../../../documents/scenario-names.ts';
import type { SourceDocument } from '../../../documents/source.ts';
import type { Help, HelpAt } from '../help.ts';
import { memberHelp } from './member.ts';
import { askedAt, parameterHelp } from './parameter.ts';
import { policyPathHelp } from './policy.ts';
import { stepHelp } from './step.ts';
import { callerHelp, thingHelp } from './thing.ts';
import { meaningHelp } from './value.ts';

/** What there is to say about a place of a scenario, outside of the policies that stand in it. */
export function scenarioHelpAt(
  source: SourceDocument,
  outline: ScenarioOutline,
  found: Found,
  region: string,
): HelpAt | undefined {
  const name = nameAt(source, found.offset);
  const thing = name?.definition && thingHelp(source, outline, name.definition);
  if (name && thing) {
    const isWhole = found.node.type === 'string' && found.node.value === name.text;
    return { help: thing, span: isWhole ? pointedSpan(source, found) : name.span };
  }
  const own = regionOf(outline) ?? region;
  const help = found.part === 'key' ? keyHelp(outline, found, own) : valueHelp(source, outline, found, own);
  if (!help) return undefined;
  const span = pointedSpan(source, found);
  // Of lists, as of objects, the bracket is pointed at.
  const end = found.node.type === 'array' ? span.start + 1 : span.end;
  return found.offset <= end ? { help, span: { ...span, end } } : undefined;
}

/** What the file says counts more than the settings. */
function regionOf({ root }: ScenarioOutline): string | undefined {
  const region = root.type === 'object' ? valueOf(root, 'region') : undefined;
  return region?.type === 'string' ? region.value : undefined;
}

function keyHelp(outline: ScenarioOutline, { path, node }: Found, region: string): Help | undefined {
  const { root } = outline;
  const name = node.type === 'string' ? node.value : '';
  const around = spotAt(root, path.slice(0, -1));
  const spot = spotAt(root, path);
  if (!around || !spot) return undefined;
  if (isWithinParameters(spot)) return parameterHelp(root, spot, path);
  const map = shapesOf(around, nodeAround(outline, path)).find((shape) => shape.type === 'map');
  const meant = map?.means && meaningHelp(map.means, name, region);
  return meant ?? rowHelp(spot.rows);
}

function valueHelp(
  source: SourceDocument,
  outline: ScenarioOutline,
  { path, node, offset }: Found,
  region: string,
): Help | undefined {
  const { root } = outline;
  if (node.type === 'object' && node.start + 1 < offset) return undefined;
  const use = outline.policies.find((each) => isSamePath(each.path, path));
  const spot = spotAt(root, path);
  if (!spot) return undefined;
  if (use?.file !== undefined) return policyPathHelp(use.kind, use.file, spot.rows[0]);
  if (isWithinParameters(spot)) return parameterHelp(root, spot, path, node.type === 'string' ? node.value : undefined);
  if (node.type === 'object') return objectHelp(source, outline, path) ?? rowHelp(spot.rows);
  if (node.type !== 'string') return rowHelp(spot.rows);
  for (const shape of shapesOf(spot, node)) {
    const help =
      textHelp(outline, shape, meantBy(outline, shape, path, node.value), region) ??
      contextValueHelp(outline, path, node.value, region);
    if (help) return help;
  }
  return rowHelp(spot.rows);
}

/** The opening brace of a thing that has a name, or of a step. */
function objectHelp(source: SourceDocument, outline: ScenarioOutline, path: Path): Help | undefined {
  const definition = outline.names.definitions.find(
    ({ place }) => place.part === 'key' && isSamePath(place.path, path),
  );
  if (definition) return thingHelp(source, outline, definition);
  const step = outline.steps.find((each) => isSamePath(each.path, path));
  return step && stepHelp(outline, step);
}

/** Operations of services have their names only together with them. */
function meantBy({ root }: ScenarioOutline, shape: Shape, path: Path, text: string): string {
  const isOperation = shape.type === 'text' && shape.means === 'service-operation';
  return isOperation ? `${askedAt(root, path).service ?? ''} ${text}` : text;
}

function textHelp({ root }: ScenarioOutline, shape: Shape, text: string, region: string): Help | undefined {
  if (shape.type === 'name' && shape.of === 'principal') return callerHelp(text, defaultsOf(root));
  return shape.type === 'text' && shape.means ? meaningHelp(shape.means, text, region) : undefined;
}

/** A value of a condition key, or of a pair of an encryption context, says what its name says. */
function contextValueHelp({ root }: ScenarioOutline, path: Path, text: string, region: string): Help | undefined {
  const depth = typeof path.at(-1) === 'number' ? path.length - 1 : path.length;
  const name = path[depth - 1];
  const around = spotAt(root, path.slice(0, depth - 1));
  const map = around?.shapes.find((shape) => shape.type === 'map');
  if (!map?.means || typeof name !== 'string') return undefined;
  return meaningHelp(map.means, name, region, text);
}

const rowHelp = ([row]: readonly Row[]): Help | undefined => row && memberHelp(row);

const isWithinParameters = ({ shapes, below }: Spot): boolean =>
  below.length > 0 && shapes.some(({ type }) => type === 'parameters');

const shapesOf = ({ shapes }: Spot, node: JsonNode | undefined): readonly Shape[] =>
  shapes.flatMap((shape) => openShapes(shape, node));

function nodeAround({ root }: ScenarioOutline, path: Path): JsonNode | undefined {
  return resolvePath(root, path.slice(0, -1))?.node;
}
