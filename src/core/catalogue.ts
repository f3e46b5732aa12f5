import type { Text } from './text.ts'

/** What a client can need. */
export interface Product {
  readonly code: string
  /** The line of business that serves it, by code. */
  readonly line: string
  readonly label: Text
  /** What people type for it, normalised; the longest match wins. */
  readonly words: readonly string[]
  /** No longer offered: it keeps its name, but nobody's words mean it. */
  readonly active: boolean
}

/** All that the bank offers or once offered, in its own order. */
export type Catalogue = readonly Product[]
