import { each, isBelow, may, serves } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Owned } from '../staff/policy.ts'
import type { Named } from '../staff/store.ts'

/** Managers and leads work lists of their own, and of whom they stand in for. */
export const workList = may({ manager: 'serves', lead: 'serves' })

/** A task is worked by whose it is, or who stands in for them. */
export const workTask = may<{ readonly managerId: string }>(workList.reach, (who, task) =>
  serves(who, task.managerId) ? null : refuse('这件任务不在您名下。', 'This task is not yours.'),
)
export const workTasks = each(workTask)
export const finishErrands = may<{
  readonly found: readonly { readonly task: { readonly managerId: string } | null }[]
}>(
  workList.reach,
  (who, { found }) =>
    found.map(({ task }) => task && workTask.judge(who, task)).find((fault) => fault) ?? null,
)
export const openOutcomeForm = may<{ readonly line: { readonly managerId: string } | null }>(
  workList.reach,
  (who, { line }) => line && workTask.judge(who, line),
)

/** Whoever serves a client, and their lead, set themselves tasks with it. */
export const setOwnTask = may({ manager: 'serves', lead: 'unit below' })

/** Leads and heads set tasks with clients of their units for people of their units. */
export const assignTask = may<{ readonly to: Named }>(
  { lead: 'unit below', head: 'unit below' },
  (who, { to }) =>
    isBelow(who, to.unitPath)
      ? null
      : refuse(
          `${to.name} 不在您的团队，请找其主管安排。`,
          `${to.name} is not of your unit; ask their lead.`,
        ),
)

/** The form of it: of whom and for whom is judged once it is sent. */
export const beginAssigning = may({ lead: 'unit below', head: 'unit below' })

/** What one works is given to others; leads and heads give what their people work, or take it. */
export const giveTasks = may({ manager: 'serves', lead: 'unit below', head: 'unit below' })

/** Those who set tasks see what came of their own. */
export const seeAssigned = may({ lead: 'self', head: 'self' })

/** Leads and heads decide what becomes of overdue tasks of their units. */
export const decideOverdue = may({ lead: 'unit below', head: 'unit below' })

/** What a client wishes is taken from whoever serves it, or leads them: no contact, or not now. */
export const silenceClient = may({ manager: 'serves', lead: 'unit below' })

/** The owner, or a lead, lifts it. */
export const liftSilence = may<{ readonly client: Owned }>(
  silenceClient.reach,
  (who, { client }) =>
    who.role === 'lead' || client.ownerId === who.id
      ? null
      : refuse(
          `${client.name} 归 ${client.ownerName}，请由其本人或主管解除。`,
          `${client.name} belongs to ${client.ownerName}; they or their lead may lift it.`,
        ),
)
