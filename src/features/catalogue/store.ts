import { type Followed, followed } from '../../bot/followed.ts'
import type { Catalogue, Product } from '../../core/catalogue.ts'
import type { Queries } from '../../infra/database/index.ts'
import { SHIPPED_LINES, SHIPPED_PRODUCTS } from './rules.ts'

/** A line of business with the department that serves it. */
export interface BusinessLine {
  readonly code: string
  readonly labelZh: string
  readonly labelEn: string
  /** Null: no department is named yet. */
  readonly unit: { readonly id: string; readonly name: string; readonly path: string } | null
}

/** Puts the shipped catalogue on file where the bank has none yet. */
export async function installCatalogue(tx: Queries): Promise<void> {
  const shipped = SHIPPED_PRODUCTS.map(({ label, ...product }, position) => ({
    ...product,
    labelZh: label.zh,
    labelEn: label.en,
    position,
  }))
  const lines = Object.entries(SHIPPED_LINES).map(([code, label]) => ({
    code,
    labelZh: label.zh,
    labelEn: label.en,
  }))
  await tx.$executeRaw`
    insert into product (code, line, label_zh, label_en, words, position)
    select code, line, "labelZh", "labelEn", words, position
    from jsonb_to_recordset(${JSON.stringify(shipped)}::jsonb) as shipped (code text, line text,
      "labelZh" text, "labelEn" text, words text[], position int)
    on conflict do nothing`
  await tx.$executeRaw`
    insert into business_line (code, label_zh, label_en)
    select code, "labelZh", "labelEn"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as shipped (code text, "labelZh" text,
      "labelEn" text)
    on conflict do nothing`
}

/** The catalogue of a service that runs. */
export const followCatalogue = (tx: Queries): Promise<Followed<Catalogue>> =>
  followed(() => loadCatalogue(tx))

/** The bank's catalogue as it is on file, in its order. */
async function loadCatalogue(tx: Queries): Promise<Catalogue> {
  const rows = await tx.product.findMany({ orderBy: { position: 'asc' } })
  return rows.map(({ labelZh, labelEn, code, line, words, active }) => {
    return { code, line, label: { zh: labelZh, en: labelEn }, words, active }
  })
}

export async function saveProduct(tx: Queries, product: Product): Promise<void> {
  const { code, line, label, words, active } = product
  const row = { line, labelZh: label.zh, labelEn: label.en, words: [...words], active }
  const last = await tx.product.aggregate({ _max: { position: true } })
  const position = (last._max.position ?? 0) + 1
  await tx.product.upsert({ where: { code }, create: { code, position, ...row }, update: row })
}

export async function businessLines(tx: Queries): Promise<BusinessLine[]> {
  return tx.businessLine.findMany({
    include: { unit: { select: { id: true, name: true, path: true } } },
    orderBy: { code: 'asc' },
  })
}

/** The department of this name or code; null when there is none. */
export async function departmentNamed(tx: Queries, named: string) {
  return tx.unit.findFirst({
    where: { kind: 'department', OR: [{ name: named }, { code: named }] },
    select: { id: true, name: true, path: true },
  })
}

export async function saveLine(tx: Queries, line: BusinessLine): Promise<void> {
  const { code, labelZh, labelEn, unit } = line
  const row = { labelZh, labelEn, unitId: unit?.id ?? null }
  await tx.businessLine.upsert({ where: { code }, create: { code, ...row }, update: row })
}
