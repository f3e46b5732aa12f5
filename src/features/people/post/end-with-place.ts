import type { CarryingOut } from '../../../bot/request-kind.ts'
import { textCard } from '../../../core/card.ts'
import { counted, type Language, speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { TOGETHER, WITHIN_REACH } from '../../staff/store.ts'
import { keepPast } from '../portfolio/store.ts'

/** What somebody no longer has to do with colleagues, as one of them went elsewhere. */
export interface Ended {
  readonly staffId: string
  /** With whom. */
  readonly names: readonly string[]
  /** Clients that were shared. */
  readonly shares: number
  /** Absences in which the other was to stand in. */
  readonly absences: number
}

/**
 * What places justified ends with them: shares and absences between people who are not of one branch any
 * more, or have no list, or with a department of the branch that was left; and binding codes issued by or to `moved`. Resolves to what that means to whom.
 */
export async function endWithPlace(
  tx: Queries,
  moved: readonly string[],
  { today, now }: { readonly today: string; readonly now: Date },
): Promise<Ended[]> {
  await tx.$executeRaw`
    update enrolment_code set expires_at = ${now}::timestamptz
    where used_at is null and expires_at > ${now}::timestamptz
      and (staff_id = any(${moved}::uuid[]) or issued_by = any(${moved}::uuid[]))`
  await keepPast(tx, 'apart', today)
  return tx.$queryRaw<Ended[]>`
    with shares as (
      delete from share using client, staff as owner, staff as other
      where client.id = client_id and owner.id = owner_id and other.id = share.staff_id and not ${TOGETHER}
      returning owner.id as one, other.id as two
    ), departments as (
      delete from department_share using client, staff as owner, unit
      where client.id = client_id and owner.id = owner_id and unit.id = department_share.unit_id
        and not ${WITHIN_REACH}
      returning owner.id as one, unit.name
    ), absences as (
      update absence set cancelled_at = ${now}::timestamptz
      from staff as owner, staff as other
      where owner.id = staff_id and other.id = stand_in_id and not ${TOGETHER}
        and cancelled_at is null and until_day >= ${today}::date
      returning owner.id as one, other.id as two
    ), ended as (
      select one, two, 1 as share, 0 as absence from shares
      union all select one, two, 0, 1 from absences
    ), told as (
      select one as id, staff.name, share, absence from ended join staff on staff.id = two
      union all select two, staff.name, share, absence from ended join staff on staff.id = one
      union all select one, departments.name, 1, 0 from departments
    )
    select id as "staffId", array_agg(distinct name order by name) as names,
      sum(share)::int as shares, sum(absence)::int as absences
    from told group by id order by id`
}

/** Both sides hear what ended as one of them went elsewhere. */
export async function tellEnded(ended: readonly Ended[], tell: CarryingOut['tell']): Promise<void> {
  for (const each of ended) await tell(each.staffId, (language) => endedCard(each, language))
}

function endedCard({ names, shares, absences }: Ended, language: Language) {
  const say = speaker(language)
  const lines = [
    say(
      `您和 ${names.join('、')} 不在同一支行共事了，以下已结束：`,
      `You and ${names.join(', ')} no longer work in one branch. Ended:`,
    ),
  ]
  if (shares > 0) {
    lines.push(say(`${shares} 位客户的共享`, `sharing of ${counted(shares, 'client')}`))
  }
  if (absences > 0) {
    lines.push(
      say(
        '请假代班，请请假的一方另找代班，重新登记',
        'standing in; whoever is away names somebody else',
      ),
    )
  }
  return textCard(lines.join('\n'))
}
