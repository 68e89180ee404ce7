import type { Report, ReportLink } from './answers/writer.ts';
import { REPORT_SCHEME } from './protocol.ts';

/** The read-only documents that the server has written, by URI. The oldest go first. */
export class ReportStore {
  private readonly reports = new Map<number, Report>();
  private count = 0;

  /** Keeps a report and gives its URI. `title` becomes the name of the editor's tab, its ending the language. */
  add(title: string, report: Report, ending = '.kms-lens.txt'): string {
    this.count += 1;
    this.reports.set(this.count, report);
    this.reports.delete(this.count - MOST_REPORTS);
    return `${REPORT_SCHEME}:/${this.count}/${encodeURIComponent(title)}${ending}`;
  }

  text(uri: string): string | undefined {
    return this.find(uri)?.text;
  }

  links(uri: string): readonly ReportLink[] {
    return this.find(uri)?.links ?? [];
  }

  /** Editors percent-encode in ways of their own, so the number in the path is what counts. */
  private find(uri: string): Report | undefined {
    const number = /^kms-lens:\/+(\d+)\//.exec(uri)?.[1];
    return number === undefined ? undefined : this.reports.get(Number(number));
  }
}

const MOST_REPORTS = 50;
