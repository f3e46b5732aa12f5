import type { Moment } from '../../bot/moment.ts'
import type { Card } from '../../core/card.ts'
import type { Actor } from '../../core/staff.ts'
import type { Queries } from '../../infra/database/index.ts'
import { pipelineInShort } from './cards.ts'
import * as policy from './policy.ts'
import { countStanding } from './store.ts'

/** What is under way within somebody's own reach, in short; null where nothing is, or it is the whole bank. */
export async function pipelineNow(
  tx: Queries,
  {
    id,
    code,
    name,
    role,
    unitPath,
    language,
  }: Pick<Actor, 'id' | 'code' | 'name' | 'role' | 'unitPath' | 'language'>,
  at: Moment,
): Promise<Card | null> {
  const reach = policy.showPipeline.reach[role]
  if (!reach || reach === 'bank') return null
  const whose = reach === 'own book' ? { staffId: id } : { path: unitPath }
  const standing = await countStanding(tx, { code, name, ...whose }, at.today)
  return pipelineInShort(standing, at, language)
}
