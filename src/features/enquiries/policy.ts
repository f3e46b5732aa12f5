import { isBelow, may, serves } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Actor } from '../../core/staff.ts'
import { notTheirs } from '../requests/policy.ts'
import type { Enquiry } from './rules.ts'

/** Whoever sees a client asks marketing or risk about it; marketing and risk also ask whoever serves it. */
export { seeClients as enquire, seeClients as seeEnquiries } from '../staff/policy.ts'

/** Whoever could confirm a request asks back first. */
export const formOfRequest = may({ head: 'bank', marketing: 'bank', risk: 'bank' })
export const enquireOfRequest = may<{ readonly confirmers: readonly string[] }>(
  formOfRequest.reach,
  (who, { confirmers }) => (confirmers.includes(who.id) ? null : notTheirs),
)

const notToAnswer = refuse(
  '这个问题不是问您的，没有改动。',
  'That question is not for you to answer, so nothing was changed.',
)

/** Whether a question is for somebody: their department's, of their client or their units', of their request. */
export function isFor(who: Actor, enquiry: Enquiry): boolean {
  const { addressee, ownerId, ownerPath, requester } = enquiry
  switch (addressee) {
    case 'marketing':
    case 'risk':
      return who.role === addressee
    case 'requester':
      return who.id === requester
    case 'manager':
      return (
        (ownerId !== null && serves(who, ownerId)) ||
        ((who.role === 'lead' || who.role === 'head') &&
          ownerPath !== null &&
          isBelow(who, ownerPath))
      )
  }
}

/** Nobody answers their own. */
export const isTheirs = (who: Actor, enquiry: Enquiry): boolean =>
  isFor(who, enquiry) && enquiry.askedBy !== who.id

/** Whom a question is for answers it; of a manager, whoever is above too. */
export const answerEnquiry = may<{ readonly enquiries: readonly Enquiry[] }>(
  {
    manager: 'serves',
    lead: 'unit below',
    head: 'unit below',
    marketing: 'bank',
    risk: 'bank',
  },
  (who, { enquiries }) => (enquiries.every((each) => isTheirs(who, each)) ? null : notToAnswer),
)

/** Whoever asked takes a question back. */
export const withdrawEnquiry = may<{ readonly enquiry: Enquiry }>(
  answerEnquiry.reach,
  (who, { enquiry }) =>
    enquiry.askedBy === who.id
      ? null
      : refuse('只有提问的人可以撤回。', 'Only whoever asked takes a question back.'),
)
