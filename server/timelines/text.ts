import { type Piece, type Report, ReportWriter, wrap } from '../answers/writer.ts';
import type { TimelineLane, TimelineMark, TimelineView } from '../protocol.ts';

/** Reports are read in half a window. */
const WIDTH = 72;
const INDENT = '      ';

/** A timeline as text: for each key its states, then everything that happened, in the order of time. */
export function describeTimeline(
  { title, lanes, moments, isCut }: TimelineView,
  linkTo: (step: number, text: string) => Piece,
): Report {
  const out = new ReportWriter().title(title);
  const width = Math.max(...lanes.map((lane) => nameOf(lane, lanes).length));
  out.heading('Keys');
  for (const lane of lanes) {
    if (lane.spans.length === 0) continue;
    const states = lane.spans.map(({ state, from }) => `${state} from ${moments[from]?.time}`).join(', ');
    const [first = '', ...rest] = wrap(states, Math.max(WIDTH - width, 40));
    out.line(`  ${nameOf(lane, lanes).padEnd(width)}  ${first}`);
    for (const line of rest) out.line(`  ${' '.repeat(width)}  ${line}`);
  }
  out.heading('What happened (times are UTC)');
  const rows = lanes.flatMap((lane) => lane.marks.map((mark) => ({ lane: nameOf(lane, lanes), mark })));
  rows.sort((a, b) => a.mark.moment - b.mark.moment);
  for (const { lane, mark } of rows) {
    const { index, name } = mark.step;
    out.line(
      `  ${moments[mark.moment]?.time}  ${lane.padEnd(width)}  ${whoAndWhat(mark)} (`,
      linkTo(index, `step ${index + 1}`),
      ')',
    );
    for (const text of [`“${name}”`, ...detailsOf(mark)])
      for (const line of wrap(text, WIDTH - INDENT.length)) out.line(`${INDENT}${line}`);
  }
  if (rows.length === 0) out.line('  Nothing.');
  if (isCut) out.line().line('So much happens that the rest was left out.');
  return out.report();
}

/** `orders`, and `orders (eu-west-1)` where keys of several Regions are called so. */
export function nameOf({ name, region }: TimelineLane, lanes: readonly TimelineLane[]): string {
  return lanes.filter((lane) => lane.name === name).length > 1 ? `${name} (${region})` : name;
}

const whoAndWhat = ({ title, by }: TimelineMark): string => (by ? `${title}, by ${by}` : title);

/** Policies are long, and stand where the step is. */
function detailsOf({ detail, changes, facts }: TimelineMark): string[] {
  return [
    ...(detail ? [detail] : []),
    ...changes.map(({ what, before = 'none', after = 'none' }) =>
      what === 'policy' ? 'policy: another text' : `${what}: ${before} → ${after}`,
    ),
    ...facts.flatMap(([what, value]) => (what === 'Region' ? [] : [`${what}: ${value}`])),
  ];
}
