import { type Piece, type Report, ReportWriter, wrap } from '../answers/writer.ts';
import type { TimelineLane, TimelineMark, TimelineView } from '../protocol.ts';

/** Of what stands below a line. */
const WIDTH = 90;

/** A timeline as text: for each key its states, then everything that happened, in the order of time. */
export function describeTimeline(
  { title, lanes, moments, isCut }: TimelineView,
  linkTo: (step: number, text: string) => Piece,
): Report {
  const out = new ReportWriter().title(title);
  out.heading('Keys');
  const width = Math.max(...lanes.map((lane) => nameOf(lane, lanes).length));
  for (const lane of lanes)
    if (lane.spans.length > 0)
      out.line(
        `  ${nameOf(lane, lanes).padEnd(width)}  ${lane.spans.map(({ state, from }) => `${state} from ${moments[from]?.time}`).join(', ')}`,
      );
  out.heading('What happened');
  const rows = lanes.flatMap((lane) => lane.marks.map((mark) => ({ lane: nameOf(lane, lanes), mark })));
  rows.sort((a, b) => a.mark.moment - b.mark.moment);
  const times = Math.max(...moments.map(({ time }) => time.length));
  for (const { lane, mark } of rows) {
    const indent = ' '.repeat(times + width + 6);
    out.line(
      `  ${(moments[mark.moment]?.time ?? '').padEnd(times)}  ${lane.padEnd(width)}  ${whoAndWhat(mark)}  (`,
      linkTo(mark.step.index, `${mark.step.index + 1}. ${mark.step.name}`),
      ')',
    );
    for (const text of detailsOf(mark)) for (const line of wrap(text, WIDTH)) out.line(`${indent}${line}`);
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
