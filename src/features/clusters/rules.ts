import { type Text, text } from '../../core/text.ts'

/** What a cluster is. */
export const CLUSTER_KINDS = ['market', 'mall', 'park', 'association', 'chain'] as const
export type ClusterKind = (typeof CLUSTER_KINDS)[number]

export const KIND_LABELS: Readonly<Record<ClusterKind, Text>> = {
  market: text('市场', 'market'),
  mall: text('商场', 'mall'),
  park: text('园区', 'park'),
  association: text('协会', 'association'),
  chain: text('连锁', 'chain'),
}

/** What each is called. */
export const KIND_PATTERNS: Readonly<Record<ClusterKind, RegExp>> = {
  market: /^(?:市场|专业市场|批发市场|market)$/i,
  mall: /^(?:商场|商城|购物中心|商圈|mall)$/i,
  park: /^(?:园区|产业园|工业园|park)$/i,
  association: /^(?:协会|商会|行会|association)$/i,
  chain: /^(?:连锁|连锁店|chain)$/i,
}

/** The kind that a word means; null: none. */
export const kindSaid = (word: string): ClusterKind | null =>
  CLUSTER_KINDS.find((kind) => KIND_PATTERNS[kind].test(word)) ?? null

/** A cluster as its card shows it; null: not recorded. */
export interface Cluster {
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly kind: ClusterKind | null
  readonly address: string | null
  readonly contactName: string | null
  /** E.164. */
  readonly contactPhone: string | null
  /** How many businesses it has, clients or not. */
  readonly businesses: number | null
}

/** Which part of a cluster's businesses are clients, 0…1; null: how many it has is not recorded. */
export const coverageOf = (clients: number, businesses: number | null): number | null =>
  businesses ? Math.min(1, clients / businesses) : null
