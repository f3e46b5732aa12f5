import { may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import { type Activity, takesPart } from './rules.ts'

const notYours = refuse('这个客户活动不是您所在机构办的。', 'This event is not of your unit.')

/** Everybody who works with clients, but risk, holds events, for clients they see. */
export const planActivity = may({
  manager: 'serves',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
})

/** Who holds events knows of those of units above and below their own; guests are shown to the host's unit alone. */
export const showActivity = may(planActivity.reach)

/** Whoever is of the host's unit or below opens the door. */
export const workDoor = may<Activity>(planActivity.reach, (who, activity) =>
  takesPart(who, activity) ? null : notYours,
)

/** They also invite and note who came, of the clients they see. */
export const inviteGuests = may<{ readonly activity: Activity }>(
  planActivity.reach,
  (who, { activity }) => workDoor.judge(who, activity),
)

/** The host alone calls an event off. */
export const cancelActivity = may<Activity>(planActivity.reach, (who, { hostId }) =>
  who.id === hostId ? null : notYours,
)
