import { day } from '../../../src/core/calendar/time.ts'
import { decideTier } from '../../../src/features/tier-rules/rules.ts'
import { SHIPPED_EXISTING } from '../../../src/features/tier-rules/shipped-standards.ts'
import { recordedFacts } from '../../../src/features/tier-rules/store.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { type Row, row } from '../row.ts'
import { inTurn, median } from '../timing.ts'
import { closuresOf } from './peers.ts'

/** 10 µs (measured: 5) by the 1.23 µs of the closures on a calm machine. */
const LIMIT = 8.1

/** A decision with its whole explanation, from facts that are loaded; in runs too short to be disturbed. */
export async function oneDecision({ prisma }: Database): Promise<Row> {
  const some = await prisma.client.findMany({ take: 200, select: { id: true } })
  const ids = some.map(({ id }) => id)
  const facts = await recordedFacts(prisma, ids, day('2026-11-24'))
  const decide = closuresOf(SHIPPED_EXISTING)
  const times = await inTurn(400, {
    async ours() {
      for (const each of facts) decideTier(SHIPPED_EXISTING, each.facts)
    },
    async closures() {
      for (const each of facts) decide(each.facts)
    },
  })
  return row(
    'one decision with its explanation',
    [median(times.ours) / facts.length, 'ms'],
    ['closures that explain nothing', median(times.closures) / facts.length],
    LIMIT,
  )
}
