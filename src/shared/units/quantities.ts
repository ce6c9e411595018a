/**
 * Quantities carry their unit in the name and in the type.
 *
 * The brand is optional, so a plain number may become a quantity (parsers do that), but milliseconds can't be
 * handed to someone who asks for bytes.
 */
type Quantity<Unit extends string> = number & { readonly __unit?: Unit }

/** A span of time in milliseconds, fractions allowed. */
export type Milliseconds = Quantity<'ms'>
/** A moment: milliseconds since 1970-01-01 UTC, fractions allowed. */
export type EpochMs = Quantity<'epochMs'>
/** A size in bytes. */
export type Bytes = Quantity<'bytes'>
/** A number of server blocks (8 KiB unless the server was built otherwise). */
export type Blocks = Quantity<'blocks'>
/** A share between 0 and 1. */
export type Ratio = Quantity<'ratio'>
/** Events per second. */
export type Hertz = Quantity<'hz'>
