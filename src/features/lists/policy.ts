import { may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { TargetList } from './rules.ts'

/** Leads and heads share lists out in their units, marketing in the bank. */
export const makeList = may({ lead: 'unit below', head: 'unit below', marketing: 'bank' })

/** Managers see what they got; leads, heads and marketing see what those within reach got. */
export const seeLists = may({
  manager: 'own book',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
})

/** Whoever leads people of a list gives their part to others, or takes it back. */
export const changeList = makeList

/** A list is recalled as a whole by its maker and by marketing. */
export const recallList = may<{ readonly list: TargetList; readonly whole: boolean }>(
  makeList.reach,
  (who, { list, whole }) =>
    !whole || who.id === list.madeBy || who.role === 'marketing'
      ? null
      : refuse(
          `名单"${list.name}"是 ${list.makerName} 分的，整份只能由 ${list.makerName} 或营销收回；可以收回您的人手上的，如"名单 收回 ${list.name} M001"。`,
          `The list "${list.name}" is that of ${list.makerName}, who alone (or marketing) recalls all of it; you may recall what one of your people has.`,
        ),
)
