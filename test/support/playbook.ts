import { markDryRun, publish, saveDraft } from '../../src/features/editions/store.ts'
import type { Playbook } from '../../src/features/playbook/rules.ts'
import { SHIPPED_PLAYBOOK } from '../../src/features/playbook/shipped-playbook.ts'
import type { Bank } from './bank.ts'

/** Publishes the shipped playbook with some sections of it changed, in force at once. */
export async function publishPlaybook(
  { database, app }: Pick<Bank, 'database' | 'app'>,
  changed: Partial<Playbook>,
): Promise<Playbook> {
  const { now, today } = app.services.moment()
  const playbook = { ...SHIPPED_PLAYBOOK, ...changed }
  const { version: _, effectiveFrom: __, ...body } = playbook
  await database.transaction(async (tx) => {
    const [who] = await tx.staff.findMany({ where: { role: 'marketing' }, take: 1 })
    if (!who) throw new Error('nobody of marketing')
    const draft = await saveDraft(tx, 'playbook', body, who, now)
    await markDryRun(tx, draft, {}, now)
    await publish(tx, draft, today, who, now)
  })
  return playbook
}
