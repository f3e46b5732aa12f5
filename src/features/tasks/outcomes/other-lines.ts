import type { Catalogue, Product } from '../../../core/catalogue.ts'
import { findProduct, OWN_LINE } from '../../catalogue/rules.ts'
import { isWanted, type OutcomeKind } from '../../playbook/rules.ts'

/** What an outcome says of products: the first named, and others, by code. */
interface Named {
  readonly outcome: OutcomeKind
  readonly product: string | null
  readonly also: readonly string[]
}

/** A yes to products of other lines is as many needs, which are handed over to those lines. */
export function needsOf(catalogue: Catalogue, { outcome, product, also }: Named): Product[] {
  if (!isWanted(outcome)) return []
  return [product ?? '', ...also].flatMap((code) => {
    const named = findProduct(catalogue, code)
    return named && named.line !== OWN_LINE ? named : []
  })
}
