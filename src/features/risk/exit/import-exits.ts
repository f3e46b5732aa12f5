import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { wantsFile } from '../../../bot/grammar/reading.ts'
import { addMonths, type Day } from '../../../core/calendar/time.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { text } from '../../../core/text.ts'
import { askOthers } from '../../tiers/approvals/ask-others.ts'
import { secondPerson } from '../../tiers/approvals/maker-cards.ts'
import { colleaguesOf } from '../../tiers/approvals/store.ts'
import { nameByRisk } from '../../tiers/nominations/name-by-risk.ts'
import { MOST_YEARS } from '../../tiers/nominations/rules.ts'
import type { PeopleRows } from '../people-rows.ts'
import * as policy from '../policy.ts'
import type { PersonRow, RowFault } from '../rules.ts'
import { clientsOf } from '../store.ts'
import { MARKERS, peopleIn, takenBlocks } from '../workbooks.ts'
import { yearOf } from './rules.ts'
import { noteAnswered } from './store.ts'

interface Read extends PeopleRows {
  /** Rows with the existing client each means. */
  readonly named: readonly Named[]
  /** Who may approve what comes of it: the others of risk. */
  readonly colleagues: readonly string[]
}

/** The clients to exit, from a workbook: each is named by risk, and its move into F waits. */
export const importExits = command<{ uploadId: string }, Read, Read>({
  name: 'exit-import',
  concurrency: 'long',
  may: policy.keepExitList,
  help: {
    usage: { zh: '退出名单 导入', en: 'exit list import' },
    purpose: {
      zh: '用表格指定要退出的客户，逐户进入 F 淘汰的审批',
      en: 'name the clients to exit from a workbook; each move into F waits for approval',
    },
  },
  phrases: {
    words: ['退出名单 导入', '退出名单导入', 'exit list import', '退出名单', 'exit list'],
    read: wantsFile({
      zh: '请发来退出名单：手机号、身份证号、统一社会信用代码至少一列，还有理由。要模板发"退出名单 模板"；今年没有就发"退出名单 无"。',
      en: 'Send the exit list: at least one of phone, ID number and social credit code, and the reason. Say "exit list template" for an empty one, or "exit list none" when there is nobody this year.',
    }),
  },
  files: { marker: MARKERS.exit },
  input: z.object({ uploadId: z.uuid() }),
  async load(tx, { uploadId }, context) {
    const template = text('退出名单 模板', 'exit list template')
    const read = await peopleIn(tx, uploadId, context, template)
    if (read instanceof Refusal) return read
    const found = await clientsOf(tx, read.rows)
    const latest = addMonths(context.at.today, 12 * MOST_YEARS)
    const matched = onceEach(
      read.rows.map((row) => matchedWith(row, found.get(row.number) ?? [], latest)),
    )
    const named = matched.filter((each) => 'clientId' in each)
    const faults = [...read.faults, ...matched.filter((each) => 'why' in each)]
    const colleagues = await colleaguesOf(tx, 'risk', context.who.id)
    return { ...read, named, colleagues, faults: faults.sort((a, b) => a.number - b.number) }
  },
  decide: (read) =>
    read.named.length + read.faults.length > 0
      ? read
      : refuse('表格里没有客户。', 'The workbook names nobody.'),
  async save(tx, { named }, context) {
    const { who, at, actId } = context
    const latest = addMonths(at.today, 12)
    const nominations = named.map(({ clientId, reason, evidence, until }) => {
      return { clientId, reason, evidence, until: until ?? latest }
    })
    if (nominations.length === 0) return
    const by = { staffId: who.id, actId, today: at.today, now: at.now }
    await nameByRisk(tx, nominations, by)
    const ids = nominations.map(({ clientId }) => clientId)
    await askOthers(tx, ids, context)
    await noteAnswered(tx, yearOf(at.today), nominations.length, at.today, at.now)
  },
  async reply(read, _facts, { who, say }) {
    const count = read.named.length
    if (count === 0) return { blocks: await takenBlocks('exit', null, read, who.language) }
    const taken = say(
      `已指定 ${count} 位客户退出，进入 F 的调整等风险部门的同事批准；批准后营销任务即取消。`,
      `Named for exit: ${count}. Their moves into F wait for a colleague of risk, and marketing ends when they are approved.`,
    )
    const head = `${taken}\n${secondPerson(read.colleagues, who.language)}`
    const blocks = await takenBlocks('exit', head, read, who.language)
    const pending = {
      label: say('待批', 'Pending'),
      intent: { command: 'pending-moves', input: {} },
    }
    return { blocks: [...blocks, { kind: 'buttons', buttons: [pending] }] }
  },
})

type Named = PersonRow & { readonly clientId: string }

/** The existing client that a row means, or why it cannot be used. */
function matchedWith(
  row: PersonRow,
  found: readonly { readonly id: string; readonly kind: string }[],
  latest: Day,
): Named | RowFault {
  const [only, ...others] = found
  const { number, cells } = row
  const fault = (zh: string, en: string): RowFault => ({ number, cells, why: text(zh, en) })
  if (!only) return fault('在册没有这个客户。', 'There is no such client on file.')
  if (others.length > 0) {
    return fault('这些号码属于不同的客户。', 'These numbers belong to different clients.')
  }
  if (only.kind !== 'existing') {
    return fault('是潜在客户，不能退出。', 'A prospect cannot be exited.')
  }
  if (row.until && row.until > latest) {
    return fault(`到期日最晚 ${latest}。`, `The last day is ${latest} at the latest.`)
  }
  return { ...row, clientId: only.id }
}

/** The first row of each client; another about the same client is a fault. */
function onceEach(rows: readonly (Named | RowFault)[]): (Named | RowFault)[] {
  const first = new Map<string, number>()
  return rows.map((row) => {
    if (!('clientId' in row)) return row
    const before = first.get(row.clientId)
    if (before === undefined) {
      first.set(row.clientId, row.number)
      return row
    }
    const { number, cells } = row
    const why = text(
      `和第 ${before} 行是同一位客户。`,
      `This is the same client as in row ${before}.`,
    )
    return { number, cells, why }
  })
}
