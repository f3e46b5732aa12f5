import { z } from 'zod'
import { type Command, command } from '../../bot/command.ts'
import type { RequestKind } from '../../bot/request-kind.ts'
import { Refusal } from '../../core/decision.ts'
import type { Text } from '../../core/text.ts'
import { aboutOf, visibleEnquiry } from './about.ts'
import { withdrawnCard, withdrawnLetterCard } from './cards.ts'
import * as policy from './policy.ts'
import type { Enquiry } from './rules.ts'
import { answerersOf, lockEnquiry, withdraw } from './store.ts'

interface Facts {
  readonly enquiry: Enquiry
  readonly about: Text
  readonly answerers: readonly { readonly id: string }[]
}

/** Whoever asked does not want the answer any more: what waited for it can be decided. */
export const withdrawEnquiry = (kindsOf: () => readonly RequestKind[]): Command =>
  command<{ enquiryId: string }, Facts, Facts>({
    name: 'withdraw-enquiry',
    may: policy.withdrawEnquiry,
    undoable: true,
    help: {
      usage: { zh: '"询问"里的"撤回"按钮', en: 'the button "Take back" of "enquiries"' },
      purpose: { zh: '撤回自己提的问题', en: 'takes back a question of your own' },
    },
    input: z.object({ enquiryId: z.uuid() }),
    async load(tx, { enquiryId }, context) {
      const enquiry = await visibleEnquiry(tx, context, await lockEnquiry(tx, enquiryId))
      if (enquiry instanceof Refusal) return enquiry
      const { addressee, clientId } = enquiry
      const answerers = await answerersOf(
        tx,
        { addressee, clientId, requestId: null },
        context.at.today,
      )
      const requester = enquiry.requester ? [{ id: enquiry.requester }] : []
      return {
        enquiry,
        about: await aboutOf(tx, enquiry, kindsOf()),
        answerers: addressee === 'requester' ? requester : answerers,
      }
    },
    decide: (facts) => facts,
    async save(tx, { enquiry, about, answerers }, { who, actId, tell }) {
      await withdraw(tx, enquiry.id, actId)
      for (const { id } of answerers) {
        if (id === who.id) continue
        await tell(id, (language) => withdrawnLetterCard(who.name, enquiry, about, language))
      }
    },
    reply: ({ enquiry, about }, _facts, { who }) => withdrawnCard(enquiry, about, who.language),
  })
