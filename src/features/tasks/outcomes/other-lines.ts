import type { Context } from '../../../bot/command.ts'
import { ofKind } from '../../../bot/grammar/scan/piece.ts'
import type { Part } from '../../../bot/grammar/slots/slot.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Catalogue, Product } from '../../../core/catalogue.ts'
import { findKind, isWanted } from '../../../core/outcome.ts'
import { inLanguage, type Language, speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { findProduct, OWN_LINE } from '../../catalogue/rules.ts'
import { insertNeed } from '../../needs/store.ts'

/** What an outcome says of products: the first named, and others, by code. */
interface Named {
  /** Null: none was said, and the products are those that were wished for. */
  readonly outcome: string | null
  readonly product: string | null
  readonly also: readonly string[]
}

/** An amount is about the first product that our own line serves. */
export const ofOwnLine = (code: string, { scanned }: Part): boolean =>
  findProduct(scanned.context.at.catalogue, code)?.line === OWN_LINE

/** 想办代发工资, 要个收款码, 还需要开通 POS. */
const WISHES =
  /(?:想|要|需要?|办|开通?|装|申请|wants?|needs?)(?:理|通)?(?:一?[个张台部]|an?|the)?\s*$/i
/** 不想办, 没要: what is said of a wish that there is none. */
const NOT_WISHED = /(?:[不没别勿][\u4e00-\u9fff]{0,3}|(?:n't|not|no|never)\s\w*\s?)$/i

/** Codes of the products that a part says somebody wishes for. */
export function wishedIn(part: Part): readonly string[] {
  const said = ofKind(part.pieces, 'product').filter(({ start }) => {
    const before = part.scanned.text.slice(part.start, start)
    const wish = before.match(WISHES)
    return wish !== null && !NOT_WISHED.test(before.slice(0, wish.index))
  })
  return [...new Set(said.flatMap(({ value }) => value ?? []))]
}

/** Further needs that were noted, behind what else is said; empty without one. */
export function needsNoted(needs: readonly Product[], language: Language): string {
  if (needs.length === 0) return ''
  const labels = needs.map(({ label }) => inLanguage(label, language))
  return speaker(language)(
    `另记需求：${labels.join('、')}，将随名单移交。`,
    ` Needs noted: ${labels.join(', ')}; they go with the next hand-over.`,
  )
}

/** Puts the needs of other lines on file that were said beside something else. */
export async function noteNeeds(
  tx: Queries,
  clientId: string,
  needs: readonly Product[],
  { who, at, actId }: Pick<Context, 'who' | 'at' | 'actId'>,
): Promise<void> {
  for (const product of needs) {
    const about = { clientId, product, amount: null, wantedOn: null, note: null }
    const noted = { ...about, urgency: 'soon', campaignId: null } as const
    await insertNeed(tx, noted, { staffId: who.id, actId }, at.now)
  }
}

/** A yes to products of other lines, or a wish for them, is as many needs, which are handed over to those lines. */
export function needsOf(
  { catalogue, kinds }: Pick<Moment, 'catalogue' | 'kinds'>,
  { outcome, product, also }: Named,
): Product[] {
  const kind = outcome === null ? null : findKind(kinds, outcome)
  if (outcome !== null && (!kind || !isWanted(kind.stage))) return []
  return otherLines(catalogue, [product ?? '', ...also])
}

/** Of these codes, the products that other lines serve. */
export const otherLines = (catalogue: Catalogue, codes: readonly string[]): Product[] =>
  codes.flatMap((code) => {
    const named = findProduct(catalogue, code)
    return named && named.line !== OWN_LINE ? named : []
  })
