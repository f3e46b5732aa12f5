import type { Moment } from '../../../bot/moment.ts'
import type { Product } from '../../../core/catalogue.ts'
import { findKind, isWanted } from '../../../core/outcome.ts'
import { findProduct, OWN_LINE } from '../../catalogue/rules.ts'

/** What an outcome says of products: the first named, and others, by code. */
interface Named {
  readonly outcome: string
  readonly product: string | null
  readonly also: readonly string[]
}

/** A yes to products of other lines is as many needs, which are handed over to those lines. */
export function needsOf(
  { catalogue, kinds }: Pick<Moment, 'catalogue' | 'kinds'>,
  { outcome, product, also }: Named,
): Product[] {
  const kind = findKind(kinds, outcome)
  if (!kind || !isWanted(kind.stage)) return []
  return [product ?? '', ...also].flatMap((code) => {
    const named = findProduct(catalogue, code)
    return named && named.line !== OWN_LINE ? named : []
  })
}
