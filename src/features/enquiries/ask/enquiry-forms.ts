import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { type Text, text } from '../../../core/text.ts'
import { resolveClient } from '../../clients/resolve-client.ts'
import * as policy from '../policy.ts'
import { answerBy, DEPARTMENTS, isDepartment } from '../rules.ts'
import { enquiryFormCard } from './cards.ts'

/** The form behind "Enquire": what is asked, of whom, and until when. */
export const enquiryForm = query<{ clientId: string }, Text>({
  name: 'enquiry-form',
  may: policy.enquire,
  help: {
    usage: { zh: '客户卡片上的"询问"按钮', en: 'the button "Enquire" of a client' },
    purpose: { zh: '用表单问一位客户的事', en: 'asks about a client in a form' },
  },
  input: z.object({ clientId: z.uuid() }),
  async load(tx, ref, context) {
    const client = await resolveClient(tx, context, ref, { command: 'enquiry-form', input: ref })
    return 'id' in client ? text(client.name, client.name) : client
  },
  reply: (about, { clientId }, { at, who }) =>
    enquiryFormCard(
      { command: 'enquire', input: { clientId } },
      about,
      answerBy(at.today, at.workdays),
      isDepartment(who.role) ? null : DEPARTMENTS,
      who.language,
    ),
})

/** The same about a request, to whoever made it. */
export const requestEnquiryForm = query<{ requestId: string }, null>({
  name: 'request-enquiry-form',
  may: policy.formOfRequest,
  help: {
    usage: { zh: '（请求上的"调查"按钮）', en: '(the "Enquire" button of a request)' },
    purpose: { zh: '用表单问提出请求的人', en: 'asks whoever made a request in a form' },
  },
  input: z.object({ requestId: z.uuid() }),
  load: async () => null,
  reply: (_facts, { requestId }, { at, who }) =>
    enquiryFormCard(
      { command: 'enquire-request', input: { requestId } },
      null,
      answerBy(at.today, at.workdays),
      null,
      who.language,
    ),
})
