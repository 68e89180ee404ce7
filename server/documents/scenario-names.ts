import { membersNamed } from '../../simulator/json/node.ts';
import { isSamePath, type Path, type Place, resolvePath } from '../../simulator/json/place.ts';
import type { NameDefinition } from '../../simulator/scenario/names.ts';
import type { PolicyUse, ScenarioOutline } from '../../simulator/scenario/outline.ts';
import type { NameKind } from '../../simulator/scenario/shape.ts';
import { findAt } from './at.ts';
import type { SourceDocument, Span } from './source.ts';

/** A name at a position of a scenario, be it where it is given or where it is used. */
export interface NameAt {
  readonly kind: NameKind;
  /** As written: for keys perhaps an id, an ARN or an alias. */
  readonly text: string;
  /** The characters, without quotes. */
  readonly span: Span;
  readonly path: Path;
  /** Undefined for what the file does not define. */
  readonly definition: NameDefinition | undefined;
}

/** Where the file speaks of something that has a name. */
export interface Occurrence {
  readonly span: Span;
  readonly role: 'definition' | 'use';
  readonly path: Path;
  /** Whether the text there is the name itself; of keys it may be an id, an ARN or an alias. */
  readonly byName: boolean;
  /** As written. */
  readonly text: string;
}

/** The name that holds the offset; its ends count as inside. */
export function nameAt(source: SourceDocument, offset: number): NameAt | undefined {
  const { scenario } = source;
  const found = scenario && findAt(source, offset);
  if (!found) return undefined;
  const isHere = (place: Place): boolean =>
    (place.part === 'key') === (found.part === 'key') && isSamePath(place.path, found.path);
  const holds = ({ start, end }: Span, lead: number): boolean => start - lead <= offset && offset <= end + lead;
  for (const { kind, text, place, definition } of scenario.uses) {
    if (!isHere(place)) continue;
    const span = textSpan(source, place, text);
    // On the quote, or the `$`, the name is pointed at, too; behind `$name` other things follow.
    if (holds(span, 1)) return { kind, text, span, path: place.path, definition };
  }
  for (const definition of scenario.names.definitions) {
    if (!isHere(definition.place)) continue;
    const { kind, name, place } = definition;
    const span = placesOf(scenario, definition)
      .map((each) => textSpan(source, each, name))
      .find((each) => holds(each, 1));
    if (span) return { kind, text: name, span, path: place.path, definition };
  }
  return undefined;
}

/** Every place where a name is given or used, in the order of the text. */
export function occurrencesOf(source: SourceDocument, { kind, name }: NameDefinition): readonly Occurrence[] {
  const { scenario } = source;
  if (!scenario) return [];
  const given = scenario.names.definitions
    .filter((each) => each.kind === kind && each.name === name)
    .flatMap((definition) =>
      placesOf(scenario, definition).map(
        (place): Occurrence => ({
          span: textSpan(source, place, name),
          role: 'definition',
          path: place.path,
          byName: true,
          text: name,
        }),
      ),
    );
  const used = scenario.uses
    .filter(({ definition }) => definition?.kind === kind && definition.name === name)
    .map(
      ({ place, text, byName }): Occurrence => ({
        span: textSpan(source, place, text),
        role: 'use',
        path: place.path,
        byName,
        text,
      }),
    );
  return [...given, ...used].sort((a, b) => a.span.start - b.span.start);
}

/** The policy that the text at a position names or that begins there. */
export function policyUseAt(source: SourceDocument, offset: number): PolicyUse | undefined {
  const found = source.scenario && findAt(source, offset);
  if (found?.part !== 'value') return undefined;
  return source.scenario?.policies.find(({ path }) => isSamePath(path, found.path));
}

/** Where a definition stands: of members with the same name all, though the last one alone counts. */
function placesOf({ root }: ScenarioOutline, { place, name }: NameDefinition): readonly Place[] {
  if (place.part !== 'key') return [place];
  const parent = resolvePath(root, place.path.slice(0, -1))?.node;
  const named = parent?.type === 'object' ? membersNamed(parent, name) : [];
  return named.map((_, occurrence) => ({ ...place, occurrence }));
}

/** The characters of a text at a place, without its quotes. */
export function textSpan(source: SourceDocument, place: Place, text: string): Span {
  return source.spanOf(place.span ? place : { ...place, span: { start: 0, end: text.length } });
}
