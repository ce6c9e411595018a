/** A file beside the bundle, by its address. */
declare module '*?url' {
  const url: string
  export default url
}
