import { may } from '../../../bot/policy.ts'
import { refuse } from '../../../core/decision.ts'
import type { Segment } from '../../clients/segments/rules.ts'
import { ask } from '../policy.ts'

/** Whoever asks about clients chooses them, and counts those within reach alone, whoever kept the choice. */
export const chooseClients = ask

export const dropSegment = may<{ readonly segment: Segment }>(ask.reach, (who, { segment }) =>
  segment.madeBy === who.id
    ? null
    : refuse(
        `客群"${segment.name}"是 ${segment.makerName} 存的，只有本人能删除。`,
        `The segment "${segment.name}" was kept by ${segment.makerName}, who alone may delete it.`,
      ),
)
