/** How the server reaches files: handed in by whoever runs it, so that it also works without a file system. */
export interface Workspace {
  /** The text of a file as it is edited now, else as it is stored. Undefined where it cannot be read. */
  read(uri: string): Promise<string | undefined>;
  /** The stored files below the workspace folders whose name ends so, in the order of their URIs. */
  find(ending: string): Promise<readonly string[]>;
}
