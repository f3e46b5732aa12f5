import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { speaker } from '../../../core/text.ts'
import { type Colleague, findColleague } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import { endSessions as end } from './store.ts'

const input = z.object({
  /** A staff code; null: whoever says it. */
  of: z.string().trim().min(1).max(40).nullable().default(null),
})

/** Logs somebody out of the pages in every browser: whoever says it or, by risk, anybody. */
export const endSessions = command<z.infer<typeof input>, Colleague, Colleague>({
  name: 'end-sessions',
  may: policy.overseeSessions,
  help: {
    usage: { zh: '退出看板', en: 'log out' },
    purpose: {
      zh: '在所有浏览器里退出看板；风险可加工号',
      en: 'ends the pages in every browser; risk may add a staff code',
    },
  },
  phrases: {
    words: ['退出看板', '退出登录', 'log out', 'logout'],
    read: (rest) =>
      /^[A-Za-z0-9_-]{0,40}$/.test(rest)
        ? { kind: 'understood', input: { of: rest || null } }
        : { kind: 'no' },
  },
  input,
  async load(tx, { of }, { who, reach }) {
    if (of === null || of.toLowerCase() === who.code.toLowerCase()) return who
    return (
      (reach === 'bank' && (await findColleague(tx, { who, reach }, of))) ||
      refuse(`没有工号 ${of}，或不归您管。`, `There is no ${of}, or they are not yours.`)
    )
  },
  decide: (whose) => whose,
  async save(tx, { id }, { who, at, tell }) {
    const count = await end(tx, [id], at.now)
    if (id === who.id || count === 0) return
    await tell(id, (language) =>
      textCard(
        speaker(language)(
          `${who.name} 退出了您在看板的所有会话。要再看请发"看板"；有疑问请找风险管理部。`,
          `${who.name} logged you out of the pages. To see them again say "desk"; for why, ask risk.`,
        ),
      ),
    )
  },
  reply: ({ name }, _facts, { say }) =>
    textCard(
      say(`${name} 已在所有浏览器里退出看板。`, `${name} is logged out of the pages everywhere.`),
    ),
})
