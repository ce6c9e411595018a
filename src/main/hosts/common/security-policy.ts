/**
 * The content security policy of every window: our own files and our own socket, nothing else.
 *
 * Styles may be inline, since the editor and the panes position their parts by style attributes; the editor's
 * workers come from blobs.
 *
 * @param socketOrigin the contract's WebSocket (`ws://127.0.0.1:4711`); absent where a port of messages is used
 */
export function contentSecurityPolicy(socketOrigin?: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `worker-src 'self' blob:`,
    `style-src 'self' 'unsafe-inline'`,
    `font-src 'self' data:`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'${socketOrigin === undefined ? '' : ` ${socketOrigin}`}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
  ].join('; ')
}
