import type { Config } from '../../server/config/config.ts';
import { isConfigUri } from '../../server/config/uris.ts';
import type { DocumentKind } from '../../server/documents/kinds.ts';
import type { SourceDocument } from '../../server/documents/source.ts';
import { CONFIG_NAME } from '../../server/protocol.ts';
import { check, type Diagnostic } from '../../server/rules/engine.ts';
import { fixAll } from '../../server/rules/fix-all.ts';
import { rules } from '../../server/rules/generated/index.ts';
import type { Severity } from '../../server/rules/rule.ts';
import { CommandError, EXIT } from '../failure.ts';
import { CliConfigs } from '../files/config.ts';
import { displayName, documentOf, type KnownKind, readDocument, STANDARD_INPUT, uriOf } from '../files/read.ts';
import { findFiles } from '../files/walk.ts';
import { replaceFile } from '../files/write.ts';
import { checkJson } from '../output/check-json.ts';
import { printFindings, summaryLine } from '../output/check-text.ts';
import type { Terminal } from '../output/terminal.ts';

export interface CheckOptions {
  readonly format: 'text' | 'json';
  readonly failOn: Severity;
  readonly fix?: true;
  readonly as?: DocumentKind;
}

/** A document with what was found in it. */
export interface CheckedFile {
  /** As people and programs are told. */
  readonly name: string;
  readonly document: SourceDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/** `kms-lens check` on some paths; the exit code. */
export class CheckRun {
  private readonly terminal: Terminal;
  private readonly options: CheckOptions;
  private readonly files: CheckedFile[] = [];
  private failed = false;
  private fixed = 0;
  private suppressed = 0;
  private readonly configs = new CliConfigs();

  constructor(terminal: Terminal, options: CheckOptions) {
    this.terminal = terminal;
    this.options = options;
  }

  async run(paths: readonly string[]): Promise<number> {
    const { fix, format } = this.options;
    const printsText = fix && paths.includes(STANDARD_INPUT);
    if (printsText && (paths.length > 1 || format !== 'text'))
      throw new CommandError(
        '`--fix` writes the mended standard input to standard output, so give `-` alone and no other `--format`',
      );
    // One file after the other, so that a large tree does not fill the memory; parsing is what takes the time.
    for (const path of new Set(paths)) await this.path(path);
    this.print(printsText);
    return this.failed ? EXIT.usage : this.hasGraveFindings() ? EXIT.findings : EXIT.fine;
  }

  private async path(path: string): Promise<void> {
    try {
      if (path === STANDARD_INPUT) return await this.standardInput();
      const found = await findFiles(path);
      for (const file of found) await this.file(file.path, file.certain).catch((error) => this.fail(error));
      if (found.length === 0) this.note(`\`${path}\` holds no JSON files`);
    } catch (error) {
      this.fail(error);
    }
  }

  private async file(path: string, certain: boolean): Promise<void> {
    if (this.files.some(({ name }) => name === displayName(path))) return;
    const config = await this.configOf(path);
    if (isConfigUri(uriOf(path))) return;
    const known: KnownKind = { as: certain ? this.options.as : undefined, configured: config.kindOf(uriOf(path)) };
    const document = await readDocument(path, known);
    if (document.kind.candidates.length === 0) {
      if (certain) this.note(notOurs(path));
      return;
    }
    const mended = this.options.fix ? fixAll(document, { rules, ...config.checkOptions() }) : document.text;
    if (mended === document.text) return this.add(path, document, config);
    await replaceFile(path, mended);
    this.fixed++;
    this.add(path, documentOf(path, mended, known), config);
  }

  private async standardInput(): Promise<void> {
    const config = await this.configOf(STANDARD_INPUT);
    const known: KnownKind = { as: this.options.as };
    const document = await readDocument(STANDARD_INPUT, known);
    const isOurs = document.kind.candidates.length > 0;
    const mended = this.options.fix && isOurs ? fixAll(document, { rules, ...config.checkOptions() }) : document.text;
    if (this.options.fix) this.terminal.out.write(mended);
    if (isOurs) this.add(STANDARD_INPUT, documentOf(STANDARD_INPUT, mended, known), config);
    else this.note(notOurs(STANDARD_INPUT));
  }

  /** Mistakes in the configuration end the run with an error, and what can be read of it counts all the same. */
  private async configOf(path: string): Promise<Config> {
    const config = await this.configs.of(path);
    for (const mistake of this.configs.newMistakes(config)) this.fail(new CommandError(mistake));
    return config;
  }

  private add(path: string, document: SourceDocument, config: Config): void {
    const { severities, isSuppressed } = config.checkOptions();
    const diagnostics = check(document, {
      rules,
      ...(severities ? { severities } : {}),
      isSuppressed: (rule, finding, of) => {
        const isAccepted = isSuppressed?.(rule, finding, of) === true;
        if (isAccepted) this.suppressed++;
        return isAccepted;
      },
      onError: ({ id }, error) =>
        this.note(`internal error: the rule ${id} failed on \`${displayName(path)}\`: ${String(error)}`),
    });
    this.files.push({ name: displayName(path), document, diagnostics });
  }

  /** Where standard output carries something for a program, what is for people goes to standard error. */
  private print(printedText: boolean | undefined): void {
    const { terminal, files, fixed, suppressed } = this;
    const { out, error } = terminal;
    if (fixed > 0) error.line(`mended ${fixed === 1 ? '1 file' : `${fixed} files`}`);
    if (this.options.format === 'json') out.line(JSON.stringify(checkJson(files), null, 2));
    else printFindings(files, printedText ? error : out);
    const words = this.options.format === 'json' || printedText ? error : out;
    words.line(summaryLine(files, words.colours));
    if (suppressed > 0 && this.options.format === 'text')
      error.line(`${suppressed === 1 ? '1 finding is' : `${suppressed} findings are`} suppressed by ${CONFIG_NAME}`);
  }

  private hasGraveFindings(): boolean {
    const least = RANKS[this.options.failOn];
    return this.files.some(({ diagnostics }) => diagnostics.some(({ severity }) => RANKS[severity] >= least));
  }

  /** An unreadable file ends the run with an error, but only after the others were checked. */
  private fail(error: unknown): void {
    if (!(error instanceof CommandError)) throw error;
    this.failed = true;
    this.note(error.message);
  }

  private note(message: string): void {
    this.terminal.error.line(`kms-lens: ${message}`);
  }
}

const RANKS: Readonly<Record<Severity, number>> = { information: 0, warning: 1, error: 2 };

const notOurs = (path: string): string =>
  `nothing to check in \`${displayName(path)}\`: neither its name nor its content says that it is a policy with \`kms:\` actions; say what it is with \`--as\``;
