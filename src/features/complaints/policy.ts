import { may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { OpenComplaint } from './rules.ts'

export { seeClients as registerComplaint } from '../staff/policy.ts'

/**
 * Whoever serves a client, and whoever is above, settle its complaints; one about somebody of the bank is settled
 * by who is above, and never by the person complained of.
 */
export const closeComplaint = may<{
  readonly open: readonly Pick<OpenComplaint, 'aboutStaffId'>[]
}>({ manager: 'serves', lead: 'unit below', head: 'unit below' }, (who, { open }) =>
  open.some(
    ({ aboutStaffId }) =>
      aboutStaffId !== null && (who.role === 'manager' || who.id === aboutStaffId),
  )
    ? refuse(
        '这位客户的投诉针对我行人员，由主管核实并办结，没有改动。',
        'This client complains of somebody of the bank: whoever is above looks into it and closes it, so nothing was changed.',
      )
    : null,
)

/** Managers see the open complaints of their clients, leads and heads those of their units. */
export const showComplaints = may({ manager: 'own book', lead: 'unit below', head: 'unit below' })
