import { type Day, sayTime } from '../../../core/calendar/time.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** What begins within so many minutes of each other is at once. */
const MINUTES = 30

/** What somebody has around an hour already. */
export interface AtOnce {
  /** `HH:MM`. */
  readonly time: string
  /** A client's name, or what a reminder is of. */
  readonly what: string
  readonly clientId: string | null
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

export const isAtOnce = (one: string, other: string): boolean =>
  Math.abs(minutesOf(one) - minutesOf(other)) < MINUTES

/** The open tasks that a person has around an hour of a day. */
export async function appointmentsAt(
  tx: Queries,
  { staffId, on, time }: { readonly staffId: string; readonly on: Day; readonly time: string },
): Promise<AtOnce[]> {
  const found = await tx.$queryRaw<{ time: string; what: string; clientId: string }[]>`
    select due_time as time, client.name as what, client.id::text as "clientId"
    from task join client on client.id = client_id
    where manager_id = ${staffId}::uuid and task.status = 'open' and due_on = ${on}::date
      and due_time is not null
    order by due_time, task.id`
  return found.filter((each) => isAtOnce(each.time, time))
}

/** Two things at once, as a line; none where there is nothing beside. */
export function besideSaid(beside: readonly AtOnce[], language: Language): string[] {
  if (beside.length === 0) return []
  const others = beside.map(({ time, what }) => `${sayTime(time, language)} ${what}`)
  return [
    speaker(language)(
      `那个时间前后还有：${others.join('、')}。`,
      `Around that time there is also: ${others.join(', ')}.`,
    ),
  ]
}
