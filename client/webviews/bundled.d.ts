/** A script or a style sheet of a page, bundled and minified: scripts/build/page-assets.mjs. */
declare module '*?bundled' {
  const text: string;
  export default text;
}
