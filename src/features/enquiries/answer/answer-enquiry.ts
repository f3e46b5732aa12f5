import { z } from 'zod'
import { type Command, type Context, command } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import type { RequestKind } from '../../../bot/request-kind.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { clientRef, nobodyCalledSo, resolveClient } from '../../clients/resolve-client.ts'
import { aboutOf, concerning, visibleEnquiry } from '../about.ts'
import * as policy from '../policy.ts'
import type { Enquiry } from '../rules.ts'
import { hearersOf, lockEnquiry, openOf, saveAnswer } from '../store.ts'
import { answeredCard, heardCard, shortQuestion } from './cards.ts'
import { ANSWER_PHRASES } from './phrases.ts'

/** Questions that are offered at most, the most pressing first. */
const MOST_ASKED = 5

const input = z.object({
  ...clientRef,
  enquiryId: z.uuid().optional(),
  answer: z
    .string()
    .trim()
    .min(1, '请写答复。 Please give the answer.')
    .max(500, '最多 500 字。 At most 500 characters.'),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly enquiries: readonly [Enquiry]
  readonly about: Text
}

interface Answered extends Facts {
  readonly answer: string
}

/** The answer to a question goes back to whoever asked, and stands on the client's card. */
export const answerEnquiry = (kindsOf: () => readonly RequestKind[]): Command =>
  command<Input, Facts, Answered>({
    name: 'answer-enquiry',
    may: policy.answerEnquiry,
    undoable: true,
    help: {
      usage: { zh: '答复 张三 已补上流水', en: 'answer Zhang the statements are in' },
      purpose: {
        zh: '答复别人问您的客户情况；发"询问"看还有哪些没答',
        en: 'answers what you were asked about a client; "enquiries" shows what waits',
      },
    },
    phrases: ANSWER_PHRASES,
    input,
    async askedInVain(tx, input, asker) {
      const nobody = await nobodyCalledSo(tx, input, asker)
      return nobody && ((await ofWhom(tx, asker, namedIn(input))) ?? nobody)
    },
    async load(tx, asked, context) {
      const found = asked.enquiryId
        ? await visibleEnquiry(tx, context, await lockEnquiry(tx, asked.enquiryId))
        : await ofClient(tx, asked, context)
      if (!('addressee' in found)) return found
      return { enquiries: [found], about: await aboutOf(tx, found, kindsOf()) }
    },
    decide: (facts, { answer }) => ({ ...facts, answer }),
    async save(tx, { enquiries: [enquiry], about, answer }, { who, actId, at, tell }) {
      await saveAnswer(tx, enquiry.id, answer, { staffId: who.id, actId, now: at.now })
      for (const id of await hearersOf(tx, enquiry.id)) {
        if (id === who.id) continue
        await tell(id, (language) => heardCard({ enquiry, about, answer, by: who.name }, language))
      }
    },
    reply: ({ enquiries: [enquiry], about, answer }, _facts, { who }) =>
      answeredCard({ enquiry, about, answer }, who.language),
  })

const namedIn = (said: unknown): string => z.object(clientRef).safeParse(said).data?.named ?? ''

/** Where nobody is called so, what was said may be the answer itself: to which question? Null: none waits for them. */
async function ofWhom(tx: Queries, asker: Asker, answer: string): Promise<Choice | null> {
  const { who } = asker
  const open = await concerning(tx, asker, MOST_ASKED)
  const theirs = open.filter((each) => policy.isTheirs(who, each))
  if (theirs.length === 0) return null
  return new Choice(
    {
      zh: `没有客户是"${answer}"。这是哪个问题的答复？`,
      en: `No client is called "${answer}". Which question does it answer?`,
    },
    theirs.map((each) => ({
      label: [each.clientName ?? [], shortQuestion(each, who.language)].flat().join(' · '),
      intent: { command: 'answer-enquiry', input: { enquiryId: each.id, answer } },
    })),
  )
}

/** The question about a client that somebody is to answer; of several they say which. */
async function ofClient(
  tx: Queries,
  asked: Input,
  context: Context & Asker,
): Promise<Enquiry | Refusal | Choice> {
  const { who } = context
  const intent = { command: 'answer-enquiry', input: asked }
  const client = await resolveClient(tx, context, asked, intent)
  if (client instanceof Refusal && asked.named) {
    return (await ofWhom(tx, context, `${asked.named} ${asked.answer}`)) ?? client
  }
  if (!('id' in client)) return client
  const open = await openOf(tx, client.id)
  const theirs = open.filter((each) => policy.isTheirs(who, each))
  const [only, another] = theirs
  if (!only) {
    return refuse(
      `${client.name} 没有等您答复的询问。发"询问"看全部。`,
      `Nothing about ${client.name} waits for your answer. Say "enquiries" for all.`,
    )
  }
  if (!another) return (await lockEnquiry(tx, only.id)) ?? only
  const which = {
    zh: `${client.name} 有 ${theirs.length} 个问题等您答复，答的是哪一个？`,
    en: `${theirs.length} questions about ${client.name} wait for you. Which one is this?`,
  }
  return new Choice(
    which,
    theirs.map((each) => ({
      label: shortQuestion(each, who.language),
      intent: {
        command: 'answer-enquiry',
        input: { enquiryId: each.id, answer: asked.answer },
      },
    })),
  )
}
