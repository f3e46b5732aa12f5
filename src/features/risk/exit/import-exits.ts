import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { wantsFile } from '../../../bot/words/reading.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { text } from '../../../core/text.ts'
import { addMonths } from '../../../core/time.ts'
import { nameByRisk } from '../../tiers/public.ts'
import type { PeopleRows, PersonRow, RowFault } from '../people-rows.ts'
import { clientsOf } from '../store.ts'
import { MARKERS, peopleIn, takenBlocks } from '../workbooks.ts'
import { yearOf } from './rules.ts'
import { noteAnswered } from './store.ts'

interface Read extends PeopleRows {
  /** Rows with the existing client each means. */
  readonly named: readonly (PersonRow & { readonly clientId: string })[]
}

/** The clients to exit, from a workbook: each is named by risk, and its move into F waits. */
export const importExits = command<{ uploadId: string }, Read, Read>({
  name: 'exit-import',
  roles: ['risk'],
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
    const matched = read.rows.map((row) => matchedWith(row, found.get(row.number) ?? []))
    const named = matched.filter((each) => 'clientId' in each)
    const faults = [...read.faults, ...matched.filter((each) => 'why' in each)]
    return { ...read, named: onceEach(named), faults: faults.sort((a, b) => a.number - b.number) }
  },
  allow: () => null,
  decide: (read) =>
    read.named.length + read.faults.length > 0
      ? read
      : refuse('表格里没有客户。', 'The workbook names nobody.'),
  async save(tx, { named }, { who, at, actId }) {
    const latest = addMonths(at.today, 12)
    const namings = named.map(({ clientId, reason, evidence, until }) => {
      return { clientId, reason, evidence, until: until ?? latest }
    })
    if (namings.length === 0) return
    const by = { staffId: who.id, actId, today: at.today, now: at.now }
    await nameByRisk(tx, namings, by)
    await noteAnswered(tx, yearOf(at.today), namings.length, at.today, at.now)
  },
  async reply(read, _facts, { who, say }) {
    const taken = say(
      `已指定 ${read.named.length} 位客户退出，进入 F 的调整等风险部门批准；批准后营销任务即取消。`,
      `${read.named.length} clients are named for exit; their moves into F wait for risk, and marketing ends when they are approved.`,
    )
    const blocks = await takenBlocks('exit', taken, read, who.language)
    const pending = {
      label: say('待批', 'Pending'),
      intent: { command: 'pending-moves', input: {} },
    }
    return { blocks: [...blocks, { kind: 'buttons', buttons: [pending] }] }
  },
})

/** The existing client that a row means, or why it means none. */
function matchedWith(
  row: PersonRow,
  found: readonly { readonly id: string; readonly kind: string }[],
): (PersonRow & { clientId: string }) | RowFault {
  const [only, ...others] = found
  const fault = (zh: string, en: string): RowFault => ({ ...row, why: text(zh, en) })
  if (!only) return fault('在册没有这个客户。', 'There is no such client on file.')
  if (others.length > 0) {
    return fault('这些号码属于不同的客户。', 'These numbers belong to different clients.')
  }
  if (only.kind !== 'existing') {
    return fault('是潜在客户，不能退出。', 'A prospect cannot be exited.')
  }
  return { ...row, clientId: only.id }
}

const onceEach = <Row extends { readonly clientId: string }>(rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [row.clientId, row])).values(),
]
