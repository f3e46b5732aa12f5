import type { Feature } from '../../bot/feature.ts'
import type { RequestKind } from '../../bot/request-kind.ts'
import { answerEnquiry } from './answer/answer-enquiry.ts'
import { answerForm } from './answer/answer-form.ts'
import { enquire } from './ask/enquire.ts'
import { enquireOfRequest } from './ask/enquire-of-request.ts'
import { enquiryForm, requestEnquiryForm } from './ask/enquiry-forms.ts'
import { waitingNote } from './cards.ts'
import { clientSection } from './client-section.ts'
import { listEnquiries } from './list-enquiries.ts'
import { openByOwner } from './store.ts'
import { undo } from './undo.ts'
import { watchEnquiries } from './watch-enquiries.ts'
import { withdrawEnquiry } from './withdraw-enquiry.ts'

/** Questions about clients and requests, both ways between those who serve clients and departments. */
export const enquiries = (kindsOf: () => readonly RequestKind[]): Feature => ({
  topic: { zh: '客户', en: 'clients' },
  commands: [
    listEnquiries(kindsOf),
    enquire,
    answerEnquiry(kindsOf),
    withdrawEnquiry(kindsOf),
    enquireOfRequest(kindsOf),
    enquiryForm,
    requestEnquiryForm,
    answerForm(kindsOf),
  ],
  jobs: [watchEnquiries(kindsOf)],
  clientSections: [clientSection],
  undo,
  /** What waits for a manager's answer stands at the head of their list. */
  async dayNotes(tx, staffIds, { today }) {
    const waiting = await openByOwner(tx, staffIds)
    return new Map(waiting.map(({ ownerId, ...each }) => [ownerId, [waitingNote(each, today)]]))
  },
})
