import type { Row } from './cells.ts'
import type { FaultReason } from './limits.ts'

export interface ToWorker {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What the thread says, in this order: each sheet and its rows, the subject, the end. */
export type FromWorker =
  | { readonly kind: 'sheet'; readonly name: string; readonly hidden: boolean }
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'subject'; readonly subject: string | null }
  | { readonly kind: 'end' }
  | { readonly kind: 'fault'; readonly reason: FaultReason }
