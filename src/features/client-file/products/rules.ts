import type { Catalogue } from '../../../core/catalogue.ts'

/** What a line says of the products that somebody holds. */
export interface SaidHeld {
  /** Codes of the catalogue, as they were said. */
  readonly products: readonly { readonly product: string; readonly holds: boolean }[]
  /** What no product is called; empty: all was understood. */
  readonly unknown: string
}

const GAP = /^[\s,;:、。和及]+/
const SIGN = /^(?:\+|加上?|增加|-|减|去掉|取消|没有|停)\s*/
const ENDS = /^(?:-|减|去掉|取消|没有|停)/
const WORD = /^[^\s,;:、。+-]+/

/** Reads products one after the other; a sign holds for those behind it up to the next. */
export function readHeld(catalogue: Catalogue, said: string): SaidHeld {
  const words = catalogue
    .flatMap(({ code, words, label }) =>
      [...words, label.zh, label.en.toLowerCase()].map((word) => ({ code, word })),
    )
    .filter(({ word }) => word)
    .toSorted((one, other) => other.word.length - one.word.length)
  const products = new Map<string, boolean>()
  const unknown: string[] = []
  let holds = true
  for (let rest = said.toLowerCase(); rest !== ''; ) {
    const gap = rest.match(GAP)?.[0]
    const hit = words.find(({ word }) => rest.startsWith(word))
    const sign = rest.match(SIGN)?.[0]
    if (gap) rest = rest.slice(gap.length)
    else if (hit) {
      products.set(hit.code, holds)
      rest = rest.slice(hit.word.length)
    } else if (sign) {
      holds = !ENDS.test(sign)
      rest = rest.slice(sign.length)
    } else {
      const word = rest.match(WORD)?.[0] ?? rest
      unknown.push(word)
      rest = rest.slice(word.length)
    }
  }
  return {
    products: [...products].map(([product, holds]) => ({ product, holds })),
    unknown: unknown.join(' '),
  }
}
