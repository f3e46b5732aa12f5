import type { Day } from '../../core/calendar/time.ts'
import type { Catalogue } from '../../core/catalogue.ts'
import { takeProduct } from '../catalogue/rules.ts'

export const MOST_TITLE = 60
/** As much as one message holds in every chat service. */
export const MOST_BODY = 2800
export const MOST_WORDS = 20
/** Larger files are refused: a paper is sent again with every asking. */
export const MOST_MB = 5
/** So many papers are listed at once. */
export const PAGE = 10

/** A paper of the bank, for clients. */
export interface Paper {
  readonly id: string
  readonly title: string
  /** A code of the catalogue; null: of no one product. */
  readonly product: string | null
  readonly words: readonly string[]
  /** Null: it is a file. */
  readonly body: string | null
  readonly uploadId: string | null
  /** The last day on which it may be shown; null: no end. */
  readonly validUntil: Day | null
  readonly by: string
  readonly keptOn: Day
}

/** A paper as somebody keeps it, with a text or a file. */
export type NewPaper = Omit<Paper, 'id' | 'by' | 'keptOn'>

/** What is looked for: papers of a product, and words that each must stand somewhere in them. */
export interface Wanted {
  readonly product: string | null
  readonly words: readonly string[]
}

/** 房抵贷 利率: the product that is named, and what else must stand in a paper. */
export function wantedIn(catalogue: Catalogue, said: string): Wanted {
  const found = takeProduct(catalogue, said)
  const rest = found ? found.rest : said
  const words = rest.split(/[\s,，、;；的]+/).filter(Boolean)
  return { product: found?.product.code ?? null, words }
}

const OF_PAPERS =
  /(?:贷款?|卡|险|理财|存款|利率|费率|材料|清单|流程|话术|条件|手续|\b(?:loan|card|rates?|documents?))$/i

/** Whether words behind 资料 look for the bank's papers: a product of ours, or what one is called elsewhere. */
export const looksForPapers = (catalogue: Catalogue, said: string): boolean =>
  takeProduct(catalogue, said) !== null || OF_PAPERS.test(said)

export interface SaidPaper {
  readonly title: string
  readonly body: string | null
  readonly validUntil: string | null
}

const VALID =
  /[\s,，;；。（(]*(?:有效期?[至到]|有效至|valid until|until)[\s:：]*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[)）]?\s*/i

/** Reads "房抵贷 材料清单：身份证、房产证… 有效期至 2026-12-31"; null: there is no title. */
export function readPaper(said: string): SaidPaper | null {
  const [, year, month = '', day = ''] = said.match(VALID) ?? []
  const validUntil = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null
  const [, title = '', body = ''] =
    said.replace(VALID, ' ').match(/^\s*([^：:\n]*)(?:[：:\n]\s*([\s\S]*))?$/) ?? []
  const named = title.trim()
  return named ? { title: named, body: body.trim() || null, validUntil } : null
}
