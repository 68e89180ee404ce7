import { findAction } from '../../../../simulator/facts/actions.ts';
import { errorsOf } from '../../../../simulator/facts/errors.ts';
import { findRegion } from '../../../../simulator/facts/regions.ts';
import { operationsOfService } from '../../../../simulator/facts/service-operations.ts';
import { serviceName } from '../../../../simulator/facts/services.ts';
import { findViaService } from '../../../../simulator/facts/via-services.ts';
import { valueOf } from '../../../../simulator/json/node.ts';
import { resolvePath } from '../../../../simulator/json/place.ts';
import { organizationTarget, savedResponse } from '../../../../simulator/scenario/format/texts.ts';
import type {
  MapShape,
  Meaning,
  PolicyKind,
  Shape,
  TextFormat,
  TextShape,
} from '../../../../simulator/scenario/shape.ts';
import { openShapes, spotAt } from '../../../../simulator/scenario/spot.ts';
import { askedAt, operationAt } from '../../help/scenario/parameter.ts';
import { requestKeyOffers } from '../condition-keys.ts';
import { accountOffers, conditionValueOffers, servicesInOrder } from '../condition-values.ts';
import { type Context, contextWithin, takenNames, takenValues } from '../context.ts';
import { documentOffers } from '../documents.ts';
import { grantOperationOffers } from '../grants.ts';
import { memberOffer, type Offer, once, stringOffer } from '../offer.ts';
import { arnOffers, serviceOffers } from '../principals.ts';
import { likelyRegion } from '../surroundings.ts';
import { parametersSkeleton } from './members.ts';
import { nameOffers, savedOffers } from './names.ts';
import { operationActions } from './operation.ts';
import { pairOffers, pairValueOffers } from './pairs.ts';
import { skeletonOf } from './skeleton.ts';
import { thingOffers } from './things.ts';

/** The names that a member of a map may have. */
export function mapNameOffers(context: Context, shape: MapShape): readonly Offer[] {
  const { means, known, names, defines } = shape;
  if (means === 'condition-key') return requestKeyOffers(context, operationActions(context));
  if (means === 'encryption-context') return pairOffers(context);
  if (defines) return thingOffers(context, shape);
  const value = skeletonOf(shape.of);
  const taken = takenNames(context);
  const all = [
    ...inOrder(context, means, known ?? []).map((name) => memberOffer(name, value, 'element', aboutOf(means, name))),
    ...(names ? textsOf(context, names, means) : []).map(({ label, ...more }) =>
      memberOffer(label, value, 'element', { ...(more.note === undefined ? {} : { note: more.note }), again: true }),
    ),
  ];
  return once(all).filter(({ label }) => !taken.has(label));
}

/** What can stand where a value of these shapes is to be written. */
export function valueOffers(context: Context, shapes: readonly Shape[]): readonly Offer[] {
  const named = namedValueOffers(context);
  const taken = takenValues(context);
  const all = shapes.flatMap((shape) => openShapes(shape, undefined)).flatMap((shape) => shapeOffers(context, shape));
  return once([...named, ...all]).filter(({ label }) => !taken.has(label));
}

/** Values whose kind the name in front of them tells: of condition keys, and of pairs of an encryption context. */
function namedValueOffers(context: Context): readonly Offer[] {
  const { root, path } = context.cursor;
  const depth = typeof path.at(-1) === 'number' ? path.length - 1 : path.length;
  const name = path[depth - 1];
  const map = spotAt(root, path.slice(0, Math.max(0, depth - 1)))?.shapes.find((shape) => shape.type === 'map');
  if (!map || typeof name !== 'string') return [];
  if (map.means === 'condition-key') return conditionValueOffers(context, 'StringEquals', name);
  return map.means === 'encryption-context' ? pairValueOffers(context, name) : [];
}

function shapeOffers(context: Context, shape: Shape): readonly Offer[] {
  switch (shape.type) {
    case 'text':
      return textOffers(context, shape);
    case 'boolean':
      return jsonOffers(['true', 'false']);
    case 'null':
      return jsonOffers(['null']);
    case 'name':
      return [...nameOffers(context, shape.of), ...savedMembers(context, shape.orSaved)];
    case 'policy':
      return [...fileOffers(context, shape.kind), ...inlineOffers(context, shape.kind)];
    case 'object':
    case 'map':
    case 'parameters':
      return [container('{ … }', parametersSkeleton(context, shape) ?? skeletonOf(shape))];
    case 'list':
      return [container('[ … ]', skeletonOf(shape))];
    case 'number':
    case 'either':
    case 'variants':
      return [];
  }
}

function savedMembers(context: Context, member: string | undefined): readonly Offer[] {
  if (member === undefined) return [];
  return savedOffers(context, { type: 'text' }).filter(({ label }) => label.endsWith(`.${member}`));
}

const container = (label: string, text: string): Offer => ({
  label,
  kind: 'whole',
  insert: { type: 'json', text },
  again: true,
});

export const jsonOffers = (texts: readonly string[]): readonly Offer[] =>
  texts.map((text) => ({ label: text, kind: 'value', insert: { type: 'json', text } }));

function textOffers(context: Context, { choices, format, means }: TextShape): readonly Offer[] {
  if (means === 'operation') return operationOffers(context, choices ?? []);
  if (means === 'grant-operation') return grantOperationOffers(context);
  if (format === savedResponse) return savedOffers(context);
  if (means === 'error') return errorOffers(context);
  if (means === 'service-operation') return askedOffers(context);
  const chosen = inOrder(context, means, choices ?? []).map((text) =>
    stringOffer(text, 'value', { ...noteOf(means, text), ...aboutOf(means, text) }),
  );
  return chosen.length > 0 ? chosen : format || means ? textsOf(context, format, means) : [];
}

/** Texts that are seen around, then an example that would do. */
function textsOf(context: Context, format: TextFormat | undefined, means: Meaning | undefined): readonly Offer[] {
  const { example } = format ?? {};
  return once([
    ...seenTexts(context, format, means),
    ...(example === undefined || means === 'principal-arn'
      ? []
      : [stringOffer(example, 'value', { note: 'an example' })]),
  ]);
}

function seenTexts(context: Context, format: TextFormat | undefined, means: Meaning | undefined): readonly Offer[] {
  switch (means) {
    case 'account':
      return accountOffers(context);
    case 'principal-arn':
      // The root user of an account needs no entry.
      return arnOffers(context).filter(({ label }) => !label.endsWith(':root'));
    case 'service-principal':
      return serviceOffers(context);
    case 'resource':
      return resourceOffers(context);
    case 'service':
      return servicesInOrder.map(({ service }) =>
        stringOffer(service, 'value', { ...noteOf(means, service), ...aboutOf(means, service) }),
      );
    case 'arn':
      return [];
    default:
      return format === organizationTarget ? targetOffers(context) : [];
  }
}

/** The roots, organizational units and accounts that the organization of the file names. */
function targetOffers({ cursor: { root } }: Context): readonly Offer[] {
  const accounts = root?.type === 'object' ? resolvePath(root, ['organization', 'accounts'])?.node : undefined;
  if (accounts?.type !== 'object') return [];
  const ids = accounts.members.flatMap(({ key, value }) => {
    const path = value?.type === 'object' ? valueOf(value, 'path') : undefined;
    return [...(path?.type === 'string' ? path.value.split('/') : []), key.value];
  });
  return [...new Set(ids)].filter((id) => id !== '').map((id) => stringOffer(id, 'value'));
}

/** With `kms:` where somebody has begun so. */
function operationOffers(context: Context, names: readonly string[]): readonly Offer[] {
  const { token } = context.cursor;
  const typed = context.source.text.slice(token.start, token.end);
  const prefix = /^"?kms:/i.test(typed) ? 'kms:' : '';
  return inOrder(context, 'operation', names).map((name) => {
    const note = findAction(name)?.access.join(', ');
    return stringOffer(`${prefix}${name}`, 'action', {
      ...(note ? { note } : {}),
      ...aboutOf('operation', name),
    });
  });
}

/** Those that the operation of the step can answer with. */
function errorOffers({ cursor }: Context): readonly Offer[] {
  return errorsOf(operationAt(cursor.root, cursor.path)).map((name) =>
    stringOffer(name, 'value', aboutOf('error', name)),
  );
}

/** What the service of the step can be asked for. */
function askedOffers({ cursor }: Context): readonly Offer[] {
  const { service = '' } = askedAt(cursor.root, cursor.path);
  return operationsOfService(service).map(({ name }) =>
    stringOffer(name, 'action', aboutOf('service-operation', `${service} ${name}`)),
  );
}

/** What other steps call things of the kind; a copy is of a snapshot or of an object. */
function resourceOffers({ cursor: { root, path } }: Context): readonly Offer[] {
  const steps = root?.type === 'object' ? valueOf(root, 'steps') : undefined;
  if (steps?.type !== 'array') return [];
  const member = String(path.at(-1));
  const members = member === 'source' ? ['snapshot', 'object'] : [member];
  return steps.elements.flatMap((step, index) => {
    if (step.type !== 'object' || index === path[1]) return [];
    const values = members.map((name) => valueOf(step, name));
    return values.flatMap((value) => (value?.type === 'string' ? [stringOffer(value.value, 'value')] : []));
  });
}

/** In the order in which people look for them. */
function inOrder(context: Context, means: Meaning | undefined, texts: readonly string[]): readonly string[] {
  const usual =
    means === 'operation'
      ? USUAL
      : means === 'region'
        ? [regionOf(context), likelyRegion(context)]
        : means === 'service'
          ? servicesInOrder.map(({ service }) => service)
          : [];
  const first = [...new Set(usual)].filter((text) => texts.includes(text));
  return [...first, ...texts.filter((text) => !first.includes(text))];
}

/** The Region of the file. */
function regionOf({ cursor: { root } }: Context): string {
  const region = root?.type === 'object' ? valueOf(root, 'region') : undefined;
  return region?.type === 'string' ? region.value : '';
}

const USUAL = ['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncrypt', 'DescribeKey', 'CreateGrant', 'PutKeyPolicy'];

function noteOf(means: Meaning | undefined, text: string): { readonly note?: string } {
  const note =
    means === 'region'
      ? findRegion(text)?.region.place
      : means === 'service'
        ? findViaService(text)?.name.replaceAll('`', '')
        : means === 'asked-service'
          ? serviceName(text)
          : undefined;
  return note === undefined ? {} : { note };
}

function aboutOf(means: Meaning | undefined, name: string): Pick<Offer, 'about'> {
  return means ? { about: { type: 'scenario-value', name, of: means } } : {};
}

/** The files of the workspace that hold such a policy. */
function fileOffers({ workspace }: Context, kind: string): readonly Offer[] {
  return (workspace?.files ?? [])
    .filter((file) => file.kind === kind)
    .map(({ path }) => stringOffer(path, 'file', { note: 'a file' }));
}

/** A policy that is written out. */
function inlineOffers(context: Context, kind: PolicyKind): readonly Offer[] {
  return documentOffers(contextWithin(context, { ...context.cursor, root: undefined, path: [] }, [kind]));
}
