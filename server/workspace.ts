/** How the server reaches files: handed in by whoever runs it, so that it also works without a file system. */
export interface Workspace {
  /** The text of a file as it is edited now, else as it is stored. Undefined where it cannot be read. */
  read(uri: string): Promise<string | undefined>;
  /** What is stored of a file, of a longer one `most` bytes and one more. Undefined where it cannot be read. */
  bytes(uri: string, most: number): Promise<Uint8Array | undefined>;
  /** The text of one of many documents, as it is stored. Undefined where it cannot be read, or has more than `most` bytes. */
  stored(uri: string, most: number): Promise<string | undefined>;
  /** The stored files below the workspace folders whose name ends so, in the order of their URIs. */
  find(ending: string): Promise<readonly string[]>;
  /**
   * The stored files of a workspace folder that may be documents of ours, as `kms-lens check` looks for them: all of them,
   * or those at a place in it and below that.
   *
   * @param others the other workspace folders, which are left out where they lie in this one
   */
  documents(root: string, at: string | undefined, others: readonly string[]): AsyncIterable<string>;
  /**
   * The JSON files in a folder and below it as paths from there, with `/` between their parts, those near it first. At
   * most so many that nobody has to wait; files of the last seconds may be missing.
   *
   * @param folder with a slash at its end
   */
  list(folder: string): Promise<readonly string[]>;
  /** Writes a report down where editors that show only files find it, until the server ends. Undefined where it cannot. */
  store(name: string, text: string): Promise<StoredReport | undefined>;
}

export interface StoredReport {
  readonly uri: string;
  /** The same for people. */
  readonly path: string;
}
