import { may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Holder } from './rules.ts'

/** What a unit itself is to reach is set from above it, not by who answers for it. */
export const setForOwnUnit = refuse(
  '本机构的指标由上级来定，没有改动。给下级机构和人员定指标请写他们的代码。',
  'What your own unit is to reach is set from above it, so nothing was changed. For a unit or a person below, give their code.',
)

/** Leads and heads set what people and the units below theirs are to reach, marketing of the whole bank. */
export const setQuotas = may<Pick<Holder, 'unitPath'>>(
  { lead: 'unit below', head: 'unit below', marketing: 'bank' },
  (who, { unitPath }) =>
    who.role !== 'marketing' && unitPath === who.unitPath ? setForOwnUnit : null,
)

/** Leads and heads give out what their units are to reach to those below, marketing in the whole bank. */
export const splitQuotas = may({ lead: 'unit below', head: 'unit below', marketing: 'bank' })

/** Managers see their own quotas, leads and heads those of their units. */
export const showQuotas = may({ manager: 'self', lead: 'unit below', head: 'unit below' })
