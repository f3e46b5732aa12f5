import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import { chartPng } from '../../infra/pictures/chart.ts'
import { writeWorkbook } from '../../infra/sheets/spreadsheet.ts'
import { sheetNameOf, takenBy } from '../../infra/sheets/writing/taken.ts'
import { bookMeant } from '../pipeline/book-meant.ts'
import { monthOf, SPAN, spanLabel } from '../quotas/span.ts'
import { heightOf, type Sources, sourcesCard, sourcesChart, sourcesSheet } from './cards.ts'
import { readSources } from './phrases.ts'
import * as policy from './policy.ts'
import { BY, groupsOf } from './rules.ts'
import { foundNobody, sourceRows } from './store.ts'

const input = z.object({
  by: z.enum(BY).default('source'),
  span: z.string().regex(SPAN).nullable().default(null),
  /** Whose: a name or a code; null: all within reach. */
  of: z.string().trim().min(1).max(40).nullable().default(null),
  /** The workbook instead of the picture. */
  book: z.boolean().default(false),
})

/** `来源`: where new clients came from, and how far those of each source have come. */
export const showSources = query<z.infer<typeof input>, Sources>({
  name: 'sources',
  may: policy.showSources,
  concurrency: 'long',
  help: {
    usage: { zh: '来源 · 来源 集群 今年 一队', en: 'sources · sources clusters 2026 T1' },
    purpose: {
      zh: '新客户从哪里来、走到哪一步，按来源、集群或推荐人，附图和表格',
      en: 'where new clients come from and how far they get, by source, cluster or introducer',
    },
  },
  phrases: {
    words: ['来源', '客户来源', '源头拓展', 'sources', 'client sources'],
    read: (rest, at) => readSources(rest, at.today),
  },
  input,
  async load(tx, { by, span: asked, of, book: asBook }, { who, reach, at }) {
    const book = await bookMeant(tx, { who, reach }, of ?? undefined, {
      command: 'sources',
      words: { zh: '来源', en: 'sources' },
    })
    if (book instanceof Refusal || book instanceof Choice) return book
    const span = asked ?? monthOf(at.today)
    const rows = await sourceRows(tx, book, span, at.timezone)
    const nobody = asBook ? await foundNobody(tx, book, rows) : []
    return { of: book.name, code: book.code, span, by, rows, nobody }
  },
  fault({ of, span, by, rows }) {
    if (groupsOf(rows, by).length > 0) return null
    return rows.length === 0
      ? refuse(
          `${of} ${spanLabel(span, 'zh')}没有新增客户。换个时间看：来源 今年。`,
          `${of} found no new clients in ${spanLabel(span, 'en')}. For another time say: sources 2026.`,
        )
      : refuse(
          `${of} ${spanLabel(span, 'zh')}新增的客户都没有登记集群或推荐人。按来源看：来源 ${span}。`,
          `Of the clients found by ${of} in ${spanLabel(span, 'en')} no cluster or introducer is recorded. By source: sources ${span}.`,
        )
  },
  async reply(sources, { book }, { who, at, say, givesOut }) {
    const { language } = who
    if (book) {
      const sheet = sourcesSheet(sources, language)
      const name = sheetNameOf(sheet.name, takenBy(who, at))
      const file = await writeWorkbook({ marker: null, sheets: [{ ...sheet, name }] })
      givesOut(sheet.rows.length)
      return {
        blocks: [
          { kind: 'text', text: `${sources.of} · ${spanLabel(sources.span, language)}` },
          {
            kind: 'file',
            name: `${say('来源', 'sources')}-${sources.span}.xlsx`,
            base64: file.toString('base64'),
          },
        ],
      }
    }
    const size = { width: 720, height: heightOf(sources) }
    const png = await chartPng(sourcesChart(sources, language), size)
    return sourcesCard(sources, png.toString('base64'), language)
  },
})
