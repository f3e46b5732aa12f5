import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { importCard } from '../cards/import-cards.ts'
import { heldImport } from '../decide-import.ts'
import * as policy from '../policy.ts'
import type { ImportRecord, MappedTable } from '../rules.ts'
import { latestImports, noteStep, type Step } from '../store.ts'
import { columnSaid, columnsOf, withChoice } from './choices.ts'

const input = z.object({
  /** Null: the one that waits for a yes. */
  importId: z.uuid().nullable(),
  changes: z
    .array(
      z.object({
        /** Which of its tables, from 0; null: every one that has the heading. */
        table: z.int().min(0).max(50).nullable(),
        heading: z.string().max(200),
        /** A column's key, label or usual heading, or that it is not to be read. */
        column: z.string().max(60),
      }),
    )
    .min(1)
    .max(500),
})
type Input = z.infer<typeof input>
type Change = Input['changes'][number]

function readChange(rest: string): Reading<Input> {
  const [, heading, column] = rest.match(/^["“”]?(.{1,200}?)["“”]?\s*[=＝]\s*(.{1,60})$/) ?? []
  return heading && column
    ? {
        kind: 'understood',
        input: { importId: null, changes: [{ table: null, heading, column }] },
      }
    : { kind: 'no' }
}

/** So many of one's imports are looked through for one that waits for a yes. */
const LATEST = 10

/** Says what columns of a previewed book mean; it is read anew then, and once it is imported they are remembered. */
export const chooseColumns = command<Input, ImportRecord, ImportRecord & { readonly step: Step }>({
  name: 'choose-columns',
  may: policy.decideImports,
  help: {
    usage: { zh: '列 客户名=姓名 · 列 备注=不要', en: 'column customer=name · column notes=none' },
    purpose: {
      zh: '改预览里某一列的意思；确认导入后，同样的表下次照此读',
      en: 'what a column of a previewed workbook means; the next workbook like it is read the same way',
    },
  },
  phrases: {
    words: ['列', 'column'],
    lacks: asking({
      zh: '哪一列是什么？比如 客户名=姓名。',
      en: 'Which column is what? For example customer=name.',
    }),
    free: ['heading', 'column'],
    read: readChange,
  },
  input,
  async load(tx, { importId }, context) {
    const { who } = context
    const id =
      importId ??
      (await latestImports(tx, who.id, LATEST)).find(({ state }) => state === 'preview')?.id
    return id
      ? heldImport(tx, { importId: id }, context)
      : refuse(
          '没有等您确认的导入。先发表格来，看了预览再改列。',
          'No import of yours waits for a yes. Send a workbook first and look at its preview.',
        )
  },
  decide(record, { changes }) {
    if (record.state !== 'preview') {
      return refuse(
        '这份已经不能改列了，请重新发文件。',
        'Its columns can be changed no more; send the file again.',
      )
    }
    let { tables } = record.mapping
    for (const change of changes) {
      const changed = changedBy(tables, change)
      if (changed instanceof Refusal) return changed
      tables = changed
    }
    const mapping = { ...record.mapping, tables }
    const step: Step = { state: 'reading', next: 0, fault: null, mapping }
    return { ...record, ...step, step }
  },
  async save(tx, { id, step }, { beginWork }) {
    await noteStep(tx, id, step)
    beginWork()
  },
  reply: (record, _facts, { who }) => importCard(record, who.language),
})

function changedBy(
  tables: readonly MappedTable[],
  { table, heading, column }: Change,
): readonly MappedTable[] | Refusal {
  const meant = tables.filter((_, at) => table === null || table === at)
  const columns = new Map(meant.map((each) => [each, columnSaid(each.kind, column)]))
  if (meant.every((each) => columns.get(each) === undefined)) return unknownColumn(column, meant[0])
  const choices = meant.map((each) => {
    const chosen = columns.get(each)
    return chosen === undefined ? 'no-such' : withChoice(each, heading, chosen)
  })
  if (choices.includes('several')) {
    return refuse(
      `表里不止一列叫"${heading}"，请把其中一列改名，再发一次。`,
      `More than one column is called "${heading}"; rename one of them and send the file again.`,
    )
  }
  if (choices.every((each) => each === 'no-such')) return noSuchHeading(heading, meant)
  return tables.map((each) => {
    const choice = choices[meant.indexOf(each)]
    return typeof choice === 'object' ? choice : each
  })
}

/** Columns or headings that are named. */
const MOST_NAMED = 12

function unknownColumn(said: string, table: MappedTable | undefined): Refusal {
  const labels = Object.values(columnsOf(table?.kind ?? 'client')).slice(0, MOST_NAMED)
  return refuse(
    `没有"${said}"这一项。可以是：${labels.map(({ label }) => label.zh).join('、')}等，或"不要"。`,
    `There is no column "${said}". It may be: ${labels.map(({ label }) => label.en).join(', ')} and more, or "none".`,
  )
}

function noSuchHeading(heading: string, tables: readonly MappedTable[]): Refusal {
  const titles = tables.flatMap(({ columns }) => columns.map(({ title }) => title).filter(Boolean))
  const named = titles.slice(0, MOST_NAMED)
  return refuse(
    `表里没有"${heading}"这一列，有：${named.join('、')}。`,
    `The workbook has no column "${heading}". It has: ${named.join(', ')}.`,
  )
}
