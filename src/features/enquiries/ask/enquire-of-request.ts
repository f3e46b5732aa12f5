import { z } from 'zod'
import { type Command, command } from '../../../bot/command.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import type { RequestKind } from '../../../bot/request-kind.ts'
import { addDays, type Day } from '../../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Text } from '../../../core/text.ts'
import { notTheirs } from '../../requests/policy.ts'
import { lastDayOf, type Request } from '../../requests/rules.ts'
import { lockRequest } from '../../requests/store.ts'
import * as policy from '../policy.ts'
import { answerBy, dayFault, MOST_DAYS } from '../rules.ts'
import { answerersOf, insertEnquiry } from '../store.ts'
import { askedCard, requestLetterCard } from './cards.ts'
import { questionField } from './enquire.ts'

const input = z.object({ requestId: z.uuid(), question: questionField, dueOn: dayField })
type Input = z.infer<typeof input>

interface Facts {
  readonly request: Request
  readonly what: Text
  readonly confirmers: readonly string[]
  readonly answerers: readonly { readonly id: string; readonly name: string }[]
}

interface Asked extends Facts {
  readonly question: string
  readonly dueOn: Day
}

/** A question to whoever asked for a second person (a change of a campaign, a new post), before it is decided. */
export const enquireOfRequest = (kindsOf: () => readonly RequestKind[]): Command =>
  command<Input, Facts, Asked>({
    name: 'enquire-request',
    may: policy.enquireOfRequest,
    undoable: true,
    help: {
      usage: { zh: '（请求上的"调查"按钮）', en: '(the "Enquire" button of a request)' },
      purpose: {
        zh: '确认前先问提出的人，答复前不作决定',
        en: 'asks whoever made a request; it is not decided meanwhile',
      },
    },
    input,
    async load(tx, { requestId }, { at }) {
      const request = await lockRequest(tx, requestId, at.timezone)
      const kind = kindsOf().find(({ name }) => name === request?.kind)
      if (!request || !kind || request.expiresAt <= at.now) return notTheirs
      const [what, confirmers, answerers] = await Promise.all([
        kind.describe(tx, request.payload),
        kind.confirmers(tx, request),
        answerersOf(tx, { addressee: 'requester', clientId: null, requestId }, at.today),
      ])
      return { request, what, confirmers, answerers }
    },
    decide(facts, { question, dueOn }, { at }): Asked | Refusal {
      const { request, answerers } = facts
      if (answerers.length === 0) {
        return refuse(
          '提出的人不在行里（或在服务器上提出），问不到；请直接决定。',
          'Whoever made it cannot be asked (they left, or made it on the server); please decide.',
        )
      }
      const latest = [addDays(at.today, MOST_DAYS), lastDayOf(request.askedOn)].sort()[0]
      const usual = answerBy(at.today, at.workdays)
      const until = dueOn ?? (latest && latest < usual ? latest : usual)
      const fault = latest ? dayFault(until, at.today, latest) : null
      return fault ?? { ...facts, question, dueOn: until }
    },
    async save(tx, asked, { who, actId, at, tell }) {
      const { request, answerers, what } = asked
      const row = { ...asked, addressee: 'requester', clientId: null, moveId: null } as const
      const by = { staffId: who.id, actId, now: at.now }
      const id = await insertEnquiry(tx, { ...row, requestId: request.id }, by)
      for (const each of answerers) {
        await tell(each.id, (language) =>
          requestLetterCard({ id, by: who, ...asked, about: what }, at, language),
        )
      }
    },
    reply: ({ what, ...asked }, _facts, { at, who }) =>
      askedCard({ ...asked, addressee: 'requester', about: what, moveId: null }, at, who.language),
  })
