import type { Row } from './cells.ts'
import type { FaultReason } from './limits.ts'

export interface ToWorker {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The thread hands over so many groups of rows before the first of them is taken. */
export const MOST_AHEAD = 4

/** What the thread says, in this order: each sheet and its rows, the subject, the end. */
export type FromWorker =
  | { readonly kind: 'sheet'; readonly name: string; readonly hidden: boolean }
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'subject'; readonly subject: string | null }
  | { readonly kind: 'end' }
  | { readonly kind: 'fault'; readonly reason: FaultReason }
