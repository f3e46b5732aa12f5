import type { Day } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { Actor } from '../../core/staff.ts'

/** A salon or a market day, with how many are invited and came. */
export interface Activity {
  readonly id: string
  readonly name: string
  readonly place: string
  readonly heldOn: Day
  /** `14:30`; null: all day. */
  readonly startsAt: string | null
  readonly hostId: string
  readonly hostName: string
  readonly hostPath: string
  readonly code: string
  /** What it is one of, several of which were planned at once; null: it stands by itself. */
  readonly series: string | null
  readonly cancelled: boolean
  readonly invited: number
  readonly attended: number
}

/** Who may invite to it and note who came: everybody of the host's unit and below. */
export const takesPart = (who: Actor, activity: Activity): boolean =>
  who.id === activity.hostId || who.unitPath.startsWith(activity.hostPath)

/** Who hears that there is one: those who take part, and whoever is above the host's unit. */
export const knowsOf = (who: Actor, activity: Activity): boolean =>
  takesPart(who, activity) || activity.hostPath.startsWith(who.unitPath)

/** Why nobody can be invited any more; null while they can. */
export function inviteFault(activity: Activity, today: Day): Refusal | null {
  if (activity.cancelled) return cancelledFault(activity)
  return activity.heldOn < today
    ? refuse(
        `"${activity.name}"已在 ${activity.heldOn} 举办过，不能再邀请。`,
        `"${activity.name}" was held on ${activity.heldOn}; nobody can be invited any more.`,
      )
    : null
}

/** Why attendance cannot be noted today; null when it can: on the day, and a week after it. */
export function attendFault(activity: Activity, today: Day, lastDay: Day): Refusal | null {
  if (activity.cancelled) return cancelledFault(activity)
  if (today < activity.heldOn) {
    return refuse(
      `"${activity.name}" ${activity.heldOn} 才举办，当天起可以登记到场。`,
      `"${activity.name}" is held on ${activity.heldOn}; note who came from then on.`,
    )
  }
  return today > lastDay
    ? refuse(
        `"${activity.name}"已过去一周，不再登记到场。`,
        `"${activity.name}" was more than a week ago; attendance is closed.`,
      )
    : null
}

const cancelledFault = ({ name }: Activity): Refusal =>
  refuse(`"${name}"已取消。`, `"${name}" was cancelled.`)

/** Days after it in which attendance can still be noted. */
export const ATTEND_DAYS = 7
