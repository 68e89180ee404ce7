import type { Change, Proposal } from '../../simulator/access/changes.ts';
import { denialMessage } from '../../simulator/access/message.ts';
import type { Answer } from './ask.ts';
import { obstaclesInWords, placeOf, remedyOf, whereOf } from './changes.ts';
import type { Documents } from './explanation.ts';
import { type ReportWriter, wrap } from './writer.ts';

/** The part of an explanation that says what AWS answers, and what would have to change for another answer. */
export function writeRemedy(out: ReportWriter, answer: Answer, documents: Documents): void {
  writeMessage(out, answer);
  const remedy = remedyOf(answer);
  const obstacles = obstaclesInWords(remedy);
  if (remedy.proposals.length === 0 && obstacles.length === 0) return;
  out.heading('What would have to change');
  remedy.proposals.forEach((proposal, index) => {
    writeProposal(out, proposal, index, documents);
  });
  for (const obstacle of obstacles) paragraph(out, '  • ', obstacle);
}

function writeMessage(out: ReportWriter, { decision, request }: Answer): void {
  const message = denialMessage(decision, request);
  if (!message) return;
  out.heading('What AWS says');
  paragraph(out, '  ', `AccessDeniedException: ${message.text}`);
  for (const assumed of message.assumed) paragraph(out, '  • ', assumed);
}

function writeProposal(out: ReportWriter, proposal: Proposal, index: number, documents: Documents): void {
  const nameOf = (document: string): string => documents.nameOf(document);
  const lead = index === 0 ? '  An Allow ' : '  Or an Allow ';
  const where = whereOf(proposal, nameOf);
  const target = isApplicable(proposal) ? documents.applying?.(index) : undefined;
  const [first = '', ...more] = wrap(
    `${where}${proposal.changes.length > 1 ? ', all of them' : ''}:`,
    WIDTH - lead.length,
  );
  out.line(lead, { text: first, target });
  for (const line of more) out.line('  ', { text: line, target });
  for (const change of proposal.changes) writeStatement(out, change, proposal, nameOf);
}

/** Whether a document of the proposal is there to be changed. */
const isApplicable = ({ changes }: Proposal): boolean => changes.some(({ document }) => document !== undefined);

function writeStatement(
  out: ReportWriter,
  change: Change,
  { changes }: Proposal,
  nameOf: (document: string) => string,
): void {
  if (changes.length > 1) out.line(`    ${placeOf(change, nameOf)}`);
  for (const line of JSON.stringify(change.statement, null, 2).split('\n')) out.line(`    + ${line}`);
}

function paragraph(out: ReportWriter, lead: string, text: string): void {
  wrap(text.replaceAll('`', ''), WIDTH - lead.length).forEach((line, index) => {
    out.line(index === 0 ? lead : ' '.repeat(lead.length), line);
  });
}

/** Reports are read in half a window. */
const WIDTH = 72;
