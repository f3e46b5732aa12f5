import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import type { Reading } from '../../bot/grammar/reading.ts'
import { type Asker, pathOf } from '../../bot/policy.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { takenBy } from '../../infra/sheets/writing/taken.ts'
import { holdersBelow } from '../quotas/store.ts'
import { bookName, clientsBook } from './clients-book.ts'
import * as policy from './policy.ts'
import { type Book, seesPhones, sizeFault } from './rules.ts'
import { clientsIn } from './store.ts'

const input = z.object({ of: z.string().trim().min(1).max(40).nullable().default(null) })

interface Exported {
  readonly book: Book
  readonly count: number
  readonly file: Buffer
}

/** The clients of one's own book, or of one's units, as a workbook. */
export const exportClients = query<z.infer<typeof input>, Exported>({
  name: 'export-clients',
  may: policy.exportClients,
  concurrency: 'long',
  help: {
    usage: { zh: '导出 我的客户', en: 'export my clients' },
    purpose: {
      zh: '客户表格：经理导出自己的；主管和负责人说"导出 客户"导出本机构，"导出 客户 一队"导出其中的（电话打码）',
      en: 'clients as a workbook: your own book; leads and heads "export clients" of their unit, "export clients T01" of one below (phones masked)',
    },
  },
  phrases: {
    words: ['导出', 'export'],
    lacks: asking({
      zh: '导出哪些客户？比如 我的客户，或一个客群的名字。',
      en: 'Which clients? For example my clients, or the name of a segment.',
    }),
    read: readOf,
  },
  input,
  async load(tx, { of }, context) {
    const { who, at, shared, givesOut } = context
    const book = await bookMeant(tx, context, of)
    if (book instanceof Refusal) return book
    const fault = sizeFault(await clientsIn(tx, book), book)
    if (fault) return fault
    let count = 0
    const writing = {
      ...{ phones: seesPhones(who.role, shared), timezone: at.timezone, language: who.language },
      taken: takenBy(who, at),
    }
    const chunks: Buffer[] = []
    for await (const chunk of clientsBook(tx, book, writing, (more) => {
      count += more
    })) {
      chunks.push(chunk)
    }
    givesOut(count)
    return { book, count, file: Buffer.concat(chunks) }
  },
  reply: ({ book, count, file }, _input, { who, at, shared, say }) => ({
    blocks: [
      {
        kind: 'text',
        text: seesPhones(who.role, shared)
          ? say(
              `${book.name} 的 ${count} 位客户；证件号打码。导出已留痕，请只在工作中使用。`,
              `${count} clients of ${book.name}; ID numbers are masked. The export is on the audit trail; keep it to your work.`,
            )
          : say(
              `${book.name} 的 ${count} 位客户；电话和证件号打码。导出已留痕，请只在工作中使用。`,
              `${count} clients of ${book.name}; phones and ID numbers are masked. The export is on the audit trail; keep it to your work.`,
            ),
      },
      {
        kind: 'file',
        name: bookName(book, at.today, who.language),
        base64: file.toString('base64'),
      },
    ],
  }),
})

/** Whose book is meant: without a name one's own, or that of one's unit. */
export async function bookMeant(
  tx: Queries,
  asker: Asker,
  of: string | null,
): Promise<Book | Refusal> {
  const { who, reach } = asker
  const own: Book =
    reach === 'own book'
      ? { kind: 'person', staffId: who.id, name: who.name }
      : { kind: 'unit', unitId: who.unitId, name: who.name }
  if (of === null)
    return own.kind === 'person' ? own : { ...own, name: await nameOf(tx, who.unitId) }
  if (reach === 'own book') {
    const isOwn = of === who.name || of.toLowerCase() === who.code.toLowerCase()
    return isOwn ? own : NOT_YOURS(of)
  }
  const [holder, other] = await holdersBelow(tx, pathOf(asker), of)
  if (!holder) return NOT_YOURS(of)
  if (other) {
    return refuse(
      `"${of}"不止一个，请写工号或机构代码。`,
      `There is more than one "${of}"; give a staff code or the code of a unit.`,
    )
  }
  const { whose, name } = holder
  return 'staffId' in whose ? { kind: 'person', ...whose, name } : { kind: 'unit', ...whose, name }
}

const nameOf = async (tx: Queries, unitId: string): Promise<string> =>
  (await tx.unit.findUniqueOrThrow({ where: { id: unitId }, select: { name: true } })).name

const NOT_YOURS = (of: string): Refusal =>
  refuse(
    `您能导出的客户里没有"${of}"的。自己的说"导出 我的客户"；主管可写本机构的团队或经理工号。`,
    `Among the clients that you may export are none of "${of}". Say "export my clients" for yours; leads may give a team or a staff code of their unit.`,
  )

/** Workbooks of other commands, which not everybody may have. */
const OTHERS =
  /^(?:标准|打法|数据|报表|待批|负面清单|淘汰清单|figures|standards?|playbook|pending)/i
const CLIENTS = /^(?:(?:我的|全部|所有)?客户|(?:my |all )?clients\b)(?:名单|清单|表格?)?\s*/i

/** Reads "我的客户", "客户 一队", "M003 的客户", "一队"; not 导出 alone. */
function readOf(rest: string): Reading<{ of: string | null }> {
  const said = rest.replace(/[\s。.!?]+$/, '')
  const of = said.replace(CLIENTS, '').replace(/\s*的?\s*客户$/, '')
  return said === '' || OTHERS.test(said) || of.length > 40 || /\s/.test(of)
    ? { kind: 'no' }
    : { kind: 'understood', input: { of: of || null } }
}
