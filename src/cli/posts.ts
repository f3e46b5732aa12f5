import { CODE_HOURS, codeUntil, OPERATOR, putCode } from '../bot/inbox/sender/codes.ts'
import { post, wayTo } from '../bot/outbox/post.ts'
import { type Config, mailOf } from '../config.ts'
import { dayIn } from '../core/calendar/time.ts'
import { newId } from '../core/ids.ts'
import type { Role } from '../core/staff.ts'
import { type Language, speaker } from '../core/text.ts'
import { deactivate } from '../features/people/portfolio/store.ts'
import { codeToPersonCard } from '../features/staff/cards.ts'
import { newCode } from '../features/staff/new-code.ts'
import { isAbove } from '../features/staff/rules.ts'
import type { Queries } from '../infra/database/index.ts'
import { Fault } from './fault.ts'
import { openForScripts } from './open.ts'

// What nobody may do in chat for those whom nobody there is above: heads, marketing, risk, lines.

/** A binding code for anybody on the staff: to their mail address on file, else printed to be handed over. */
export async function enrolByHand(config: Config, code: string): Promise<void> {
  await atTheDesk(config, 'enrol', code, async (tx, member, now) => {
    const { id, name } = member
    const chatCode = newCode()
    await putCode(tx, chatCode, { staffId: id, issuedBy: OPERATOR, now })
    const sent = wayTo(member, mailOf(config) ? ['mail'] : [])
    if (sent) {
      const language = member.language as Language
      const by = speaker(language)('管理员', 'The administrator')
      const card = codeToPersonCard({ name, code: chatCode, by }, language)
      await post(tx, { staffId: id, way: sent.way }, card, { now, staleAt: codeUntil(now) })
      return (
        `绑定码由服务发到 ${name} 登记的邮箱 ${sent.hint}，${CODE_HOURS} 小时内有效，这里不显示。\n` +
        `The service mails the code to the address of ${name} on file, ${sent.hint}: good for ${CODE_HOURS} hours, and not shown here.`
      )
    }
    return (
      `${name} 的绑定码：${chatCode}。${CODE_HOURS} 小时内由本人在单独对话里说"绑定 ${chatCode}"。\n` +
      `${name} says "bind ${chatCode}" in a direct chat within ${CODE_HOURS} hours.`
    )
  })
}

/** Ends the accounts of somebody who left, where no lead or head may. */
export async function leaveByHand(config: Config, code: string): Promise<void> {
  await atTheDesk(config, 'leave-bank', code, async (tx, { id, name, role }, now) => {
    if (isAbove('head', role as Role)) {
      throw new Fault(
        `${name} 由主管或负责人在聊天里办：离职 ${code}。`,
        `The lead or head of ${name} says in chat: left ${code}.`,
      )
    }
    await deactivate(tx, [id], dayIn(now, config.TIMEZONE), now)
    return `${name} 的账号已停用。 The accounts of ${name} are ended.`
  })
}

type Member = NonNullable<Awaited<ReturnType<Queries['staff']['findFirst']>>>

/** Does something about one of the staff, writes it into the audit, and prints what came of it. */
async function atTheDesk(
  config: Config,
  command: string,
  code: string,
  act: (tx: Queries, member: Member, now: Date) => Promise<string>,
): Promise<void> {
  const database = await openForScripts(config)
  try {
    const now = new Date()
    const done = await database.transaction(async (tx) => {
      const member = await tx.staff.findFirst({ where: { code, active: true } })
      if (!member) {
        throw new Fault(`没有工号 ${code}。`, `There is no staff code ${code}.`)
      }
      const said = await act(tx, member, now)
      const audit = { command, input: { code }, result: 'done', undoable: false, at: now }
      await tx.act.create({ data: { id: newId(), staffId: OPERATOR, channel: 'server', ...audit } })
      return said
    })
    console.log(done)
  } finally {
    await database.close()
  }
}
