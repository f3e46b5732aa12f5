import type { App } from '../../../src/app.ts'
import { SHIPPED_PLAYBOOK } from '../../../src/features/playbook/shipped-playbook.ts'
import { generate } from '../../../src/features/tasks/care/store.ts'
import { type Row, row } from '../row.ts'
import { timed } from '../timing.ts'
import { HAND_WRITTEN } from './by-hand.ts'

/** The due tasks of the whole book, by the playbook and by a statement written for it by hand. */
export async function generation({ services }: App): Promise<Row> {
  const { wholeBook: prisma } = services.database
  const playbook = { ...SHIPPED_PLAYBOOK, sizes: { page: 10, load: null, ahead: 3 } }
  const ways = {
    byHand: () => prisma.$executeRawUnsafe(HAND_WRITTEN),
    ours: () => generate(prisma, playbook, services.moment()),
  }
  const ms = { byHand: 0, ours: 0 }
  const seen = new Set<string>()
  let rows = 0n
  // In turn first and second: what one leaves to be tidied up falls upon the next.
  for (const way of ['byHand', 'ours', 'ours', 'byHand'] as const) {
    await prisma.$executeRawUnsafe('truncate task cascade')
    await prisma.$executeRawUnsafe('checkpoint')
    ms[way] += await timed(ways[way])
    const [sum] = await prisma.$queryRawUnsafe<{ rows: bigint; sum: string }[]>(
      `select count(*) as rows, sum(hashtext(client_id::text || kind || due_on || generated_for
         || reason || priority || coalesce(because, '')))::text as sum from task`,
    )
    rows = sum?.rows ?? 0n
    seen.add(`${rows} ${sum?.sum}`)
  }
  if (seen.size !== 1) throw new Error(`not the same rows: ${[...seen].join(', ')}`)
  return row(
    `${rows} tasks that fell due`,
    [ms.ours / 2000, 's'],
    ['one INSERT … SELECT by hand', ms.byHand / 2000],
    1.3,
  )
}
