/** The files of `examples/` as text: scripts/build/example-files.mjs. */
declare module '*?files' {
  const files: Readonly<Record<string, string>>;
  export default files;
}
