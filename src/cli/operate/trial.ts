import type { Config } from '../../config.ts'
import { dayIn } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { isLoopback } from '../../infra/database/postgres/tls.ts'
import { Fault } from '../fault.ts'

// In the chat in the browser whoever knows the secret speaks as anybody, risk and marketing included: so it is
// for a bank that was opened to try the service out, and for tests.

const TRIAL = 'trial'
/** Where nobody has an account of their own: the browser's chat and scripts. */
const NOBODYS = ['web', 'console']

/** The day a bank was opened to try the service out; null: it is a bank's own. */
export async function trialSince(tx: Queries): Promise<string | null> {
  const row = await tx.setting.findUnique({ where: { key: TRIAL } })
  return row ? String(row.value) : null
}

/** Marks a bank as opened to try the service out. */
export async function markTrial(tx: Queries, now: Date, timezone: string): Promise<void> {
  await tx.setting.create({ data: { key: TRIAL, value: dayIn(now, timezone) } })
}

/** Throws a `Fault` where the chat in the browser is configured and must not be served over this bank. */
export async function checkWebChat(config: Config, tx: Queries): Promise<void> {
  if (!config.WEB_CHAT_SECRET) return
  if (config.WEB_CHAT_TESTS === 'yes' && isLoopback(config.HOST)) return
  if ((await trialSince(tx)) === null) {
    throw new Fault(
      '浏览器聊天里知道口令的人可以扮演任何人，只能用于试用的行：请去掉 WEB_CHAT_SECRET，或另建一个库，用 npx chenhui open --trial bank.xlsx 开一个试用的行。',
      'In the chat in the browser whoever knows the secret may speak as anybody, so it serves banks on trial alone: remove WEB_CHAT_SECRET, or open a bank on trial in another database with npx chenhui open --trial bank.xlsx.',
    )
  }
  if ((await tx.account.count({ where: { channel: { notIn: NOBODYS } } })) > 0) {
    throw new Fault(
      '试用的行里已经有人绑定了聊天账号，不再提供浏览器聊天：请去掉 WEB_CHAT_SECRET。',
      'People of this trial have accounts of their own by now, so the chat in the browser is over: remove WEB_CHAT_SECRET.',
    )
  }
}
