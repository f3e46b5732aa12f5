import { z } from 'zod'
import { type Command, query } from '../../../bot/command.ts'
import type { RequestKind } from '../../../bot/request-kind.ts'
import { Refusal } from '../../../core/decision.ts'
import type { Text } from '../../../core/text.ts'
import { aboutOf, visibleEnquiry } from '../about.ts'
import * as policy from '../policy.ts'
import type { Enquiry } from '../rules.ts'
import { lockEnquiry } from '../store.ts'
import { answerFormCard } from './cards.ts'

interface Asked {
  readonly enquiries: readonly [Enquiry]
  readonly about: Text
}

/** The form behind "Answer". */
export const answerForm = (kindsOf: () => readonly RequestKind[]): Command =>
  query<{ enquiryId: string }, Asked>({
    name: 'answer-enquiry-form',
    may: policy.answerEnquiry,
    help: {
      usage: { zh: '询问上的"答复"按钮', en: 'the button "Answer" of a question' },
      purpose: { zh: '用表单答复', en: 'answers in a form' },
    },
    input: z.object({ enquiryId: z.uuid() }),
    async load(tx, { enquiryId }, context) {
      const enquiry = await visibleEnquiry(tx, context, await lockEnquiry(tx, enquiryId))
      if (enquiry instanceof Refusal) return enquiry
      return { enquiries: [enquiry], about: await aboutOf(tx, enquiry, kindsOf()) }
    },
    reply: ({ enquiries: [enquiry], about }, _input, { who }) =>
      answerFormCard(enquiry, about, who.language),
  })
