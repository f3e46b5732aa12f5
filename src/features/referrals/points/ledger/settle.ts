import type { Job } from '../../../../bot/feature.ts'
import type { Moment } from '../../../../bot/moment.ts'
import { addDays } from '../../../../core/calendar/time.ts'
import { textCard } from '../../../../core/card.ts'
import { speaker } from '../../../../core/text.ts'
import type { Queries } from '../../../../infra/database/index.ts'
import { LATE_DAYS, type PointsRule, periodOf } from '../rules.ts'
import { holdLedger, rulesSince } from '../store.ts'
import { earn, keepers, noteEmptied, takeBack } from './store.ts'

/** Each morning, after the night's feeds: points are taken back and earned as things stand now. */
export const settlePoints: Job = {
  name: 'settle-points',
  at: () => '06:20',
  catchUpHours: 17,
  async run({ database, tell, wake }, at) {
    await database.transaction(async (tx) => {
      for (const rule of await settle(tx, at)) {
        if (!(await noteEmptied(tx, rule.id, at.now))) continue
        for (const staffId of await keepers(tx)) {
          await tell(tx, staffId, (language) =>
            textCard(
              speaker(language)(
                `转介谢礼（${periodOf(rule).zh}）的预算 ${rule.budget} 分已用完，之后来的新客户不再计分，也没有告诉任何推荐人会有积分。要继续就用"谢礼 规则"加预算，请第二人确认。`,
                `The budget of ${rule.budget} points for referrals (${periodOf(rule).en}) is used up: newcomers from now on earn nothing, and nobody was promised any. To go on, raise it by "points rule"; a second person confirms.`,
              ),
            ),
          )
        }
      }
    })
    wake()
  },
}

/**
 * Brings the ledger to what holds now. What was posted before is not posted again, however often this runs; of two at
 * once one waits. Resolves to the rules whose budget did not go far enough.
 */
export async function settle(
  tx: Queries,
  at: Pick<Moment, 'now' | 'today' | 'timezone'>,
): Promise<PointsRule[]> {
  await holdLedger(tx)
  await takeBack(tx, at)
  const emptied: PointsRule[] = []
  for (const rule of await rulesSince(tx, addDays(at.today, -LATE_DAYS))) {
    if (rule.countsFrom > at.today) continue
    const { due, earned } = await earn(tx, rule, at)
    if (earned < due) emptied.push(rule)
  }
  return emptied
}
