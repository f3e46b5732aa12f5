export const REGISTERS = ['region', 'cluster', 'industry'] as const
export type Register = (typeof REGISTERS)[number]

/** A region, cluster or industry as the bank knows it. */
export interface RegisterEntry {
  readonly id: string
  readonly name: string
  /** What else it is called. */
  readonly aliases: readonly string[]
  /** Of a cluster, `market` and so on; null: not said. */
  readonly kind: string | null
  /** Of an industry, its code in GB/T 4754-2017; null: not said. */
  readonly code: string | null
}
