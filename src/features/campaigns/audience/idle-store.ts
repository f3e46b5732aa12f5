import type { Moment } from '../../../bot/moment.ts'
import type { Scope } from '../../../bot/policy.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { MOST_REMINDED, type Remindable } from '../../tasks/remind/rules.ts'
import type { Campaign } from '../rules.ts'
import { memberSql } from './store.ts'

/** What says that somebody was reminded of a campaign on a day: once. */
export const nudgeKey = (campaignId: string, today: Moment['today'], staffId: string): string =>
  `campaign:${campaignId}:nudge:${today}:${staffId}`

/** The managers of the audience, within a scope and at work, who have approached nobody yet, by staff code. */
export async function idleMembers(
  tx: Queries,
  campaign: Campaign,
  scope: Scope,
  { today }: Pick<Moment, 'today'>,
): Promise<Remindable[]> {
  if (scope.kind === 'none' || scope.kind === 'own') return []
  const path = scope.kind === 'subtree' ? scope.path : '/'
  return tx.$queryRaw<Omit<Remindable, 'open'>[]>`
    select staff.id::text, staff.name, unit.path as "unitPath",
      coalesce(muted_until >= ${today}::date, false) as muted,
      exists (select from message where once_key = ${nudgeKey(campaign.id, today, '')} || staff.id) as reminded
    from staff join unit on unit.id = staff.unit_id
    where ${memberSql(campaign)} and staff.role = 'manager' and starts_with(unit.path, ${path})
      and not exists (select from campaign_figure as figure where campaign_id = ${campaign.id}::uuid
        and dimension = 'manager' and figure.key = staff.id::text and reached > 0)
      and not exists (select from absence where absence.staff_id = staff.id and cancelled_at is null
        and ${today}::date between from_day and until_day)
    order by staff.code limit ${MOST_REMINDED}`
}
