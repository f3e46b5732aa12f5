import { z } from 'zod'
import { type Command, type Context, command } from '../../bot/command.ts'
import type { RequestKind } from '../../bot/request-kind.ts'
import { textCard } from '../../core/card.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { inLanguage, type Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { decidedCard } from './cards.ts'
import * as policy from './policy.ts'
import type { Request } from './rules.ts'
import { closeRequest, lockRequest } from './store.ts'

const input = z.object({ requestId: z.uuid() })

interface Facts {
  readonly request: Request
  readonly kind: RequestKind
  readonly confirmers: readonly string[]
  readonly what: Text
  /** Why it can no longer be done; null: it can. */
  readonly fault: Refusal | null
}

type KindsOf = () => readonly RequestKind[]

const loading =
  (kindsOf: KindsOf) =>
  async (
    tx: Queries,
    { requestId }: z.infer<typeof input>,
    { at }: Context,
  ): Promise<Facts | Refusal> => {
    const request = await lockRequest(tx, requestId, at.timezone)
    const kind = kindsOf().find(({ name }) => name === request?.kind)
    if (!request || !kind || request.expiresAt <= at.now) return policy.notTheirs
    const what = await kind.describe(tx, request.payload)
    const confirmers = await kind.confirmers(tx, request)
    return { request, kind, what, confirmers, fault: await kind.fault(tx, request, at) }
  }

/** Whoever asked for it was asked back: nothing is decided before the answer. */
const unanswered = ({ request: { enquired, askedByName } }: Facts): Refusal | null =>
  enquired
    ? refuse(
        `已问 ${askedByName}，还没有答复，先不作决定。不等了就发"询问"撤回问题。`,
        `${askedByName} was asked and has not answered, so it is not decided yet. Say "enquiries" to take the question back.`,
      )
    : null

/** The second person agrees; what was asked is done at once, or is refused where it cannot be any more. */
export const confirmRequest = (kindsOf: KindsOf): Command =>
  command<z.infer<typeof input>, Facts, Facts>({
    name: 'confirm-request',
    may: policy.decideRequest,
    help: {
      usage: { zh: '（请求上的"确认"按钮）', en: '(the "Confirm" button of a request)' },
      purpose: { zh: '作为第二人确认一件事', en: 'confirms something as the second person' },
    },
    input,
    load: loading(kindsOf),
    decide: (facts) => unanswered(facts) ?? facts.fault ?? facts,
    async save(tx, { request, kind, what }, { who, at, tell, beginWork }) {
      await closeRequest(tx, request.id, 'confirmed', { staffId: who.id, now: at.now })
      await kind.carryOut(tx, request, { at, tell })
      // What it sets off may go on beside answers.
      beginWork()
      await tell(request.askedBy, (language) => decidedCard(who.name, what, true, language))
    },
    reply: ({ what }, _facts, { say, who }) =>
      textCard(
        say(
          `已确认，已生效：${inLanguage(what, who.language)}`,
          `Confirmed, and done: ${inLanguage(what, who.language)}`,
        ),
      ),
  })

/** The second person does not agree; nothing is changed, and whoever asked hears of it. */
export const declineRequest = (kindsOf: KindsOf): Command =>
  command<z.infer<typeof input>, Facts, Facts>({
    name: 'decline-request',
    may: policy.decideRequest,
    help: {
      usage: { zh: '（请求上的"不同意"按钮）', en: '(the "Decline" button of a request)' },
      purpose: { zh: '作为第二人不同意一件事', en: 'declines something as the second person' },
    },
    input,
    load: loading(kindsOf),
    decide: (facts) => unanswered(facts) ?? facts,
    async save(tx, { request, what }, { who, at, tell }) {
      await closeRequest(tx, request.id, 'declined', { staffId: who.id, now: at.now })
      await tell(request.askedBy, (language) => decidedCard(who.name, what, false, language))
    },
    reply: ({ what }, _facts, { say, who }) =>
      textCard(
        say(
          `没有改动，已告诉提出的人：${inLanguage(what, who.language)}`,
          `Nothing was changed, and whoever asked was told: ${inLanguage(what, who.language)}`,
        ),
      ),
  })
