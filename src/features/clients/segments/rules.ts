import type { ClientFilter } from '../filter/rules.ts'

/** A choice of clients that is kept under a name; who is in it is looked up whenever it is used. */
export interface Segment {
  readonly id: string
  readonly name: string
  readonly filter: ClientFilter
  readonly madeBy: string
  readonly makerName: string
  /** Seen by whoever is in the unit of this path or below it; null: by its maker alone. */
  readonly within: string | null
}
