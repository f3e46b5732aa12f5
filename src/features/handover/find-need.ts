import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { lacksClient } from '../../bot/grammar/commands/lacking.ts'
import { addDays } from '../../core/calendar/time.ts'
import { refuse } from '../../core/decision.ts'
import { nameKey } from '../../core/identity/name-key.ts'
import * as policy from './policy.ts'
import { foundCard } from './row-cards.ts'
import type { Row } from './rules.ts'
import { rowsSince } from './store.ts'

/** So long ago that somebody may still ask what became of it. */
const DAYS_BACK = 365

/** `找 张三`, `找 12`: one of the needs that were handed over to my department, answered ones too. */
export const findNeed = query<{ named: string }, readonly Row[]>({
  name: 'find-need',
  may: policy.seeOwnRows,
  help: {
    usage: { zh: '找 张三 · 找 12', en: 'find Zhang · find 12' },
    purpose: {
      zh: '找一条移交的需求：客户、店名、编号或手机后四位',
      en: 'a need handed over, by client, business, number or the end of the phone',
    },
  },
  phrases: {
    words: [
      ...[
        '找',
        '查找',
        '查',
        '查询',
        '查一下',
        '查下',
        '查一查',
        '查查',
        '移交 查',
        '找客户',
        '查客户',
      ],
      ...['find', 'look for'],
    ],
    lacks: lacksClient,
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: z.object({ named: z.string().trim().min(1).max(40) }),
  async load(tx, { named }, { who, at }) {
    const rows = await rowsSince(tx, who.unitPath, addDays(at.today, -DAYS_BACK))
    const found = rows.filter((row) => isMeant(row, named))
    return found.length > 0
      ? found
      : refuse(
          `移交给您部门的需求里没有"${named}"。可以用客户姓名、店名、编号或手机后四位。`,
          `Nothing handed over to your department is of "${named}". Say the client, the business, the number or the end of the phone.`,
        )
  },
  reply: (rows, { named }, { at, who }) => foundCard(named, rows, at, who.language),
})

/** A number means an unfinished row; of those answered it may stand for another one by now. */
function isMeant({ number, status, clientName, businessName, phone }: Row, named: string): boolean {
  const digits = named.replace(/^第|[条号件个]$/g, '').replace(/\s/g, '')
  if (/^\d+$/.test(digits)) {
    const open = status === 'sent' || status === 'accepted'
    return (
      (open && number === Number(digits)) ||
      (digits.length >= 4 && (phone?.endsWith(digits) ?? false))
    )
  }
  return nameKey(`${clientName}${businessName ?? ''}`).includes(nameKey(named))
}
