import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { words } from '../../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { nothing, type Slot } from '../../../bot/grammar/slots/slot.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { saySetDay } from '../../../core/calendar/workdays.ts'
import { textCard } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { counted, type Text } from '../../../core/text.ts'
import { undoRow } from '../../../core/undo-button.ts'
import { clientRef, nobodyCalledSo, resolveClient } from '../../clients/resolve-client.ts'
import { type Client, noMarketing } from '../../clients/rules.ts'
import type { Playbook } from '../../playbook/rules.ts'
import { playbookOn } from '../../playbook/store.ts'
import { type CareFacts, dueTasks, nextCareOn } from '../care/care-rules.ts'
import { careFacts, generate } from '../care/store.ts'
import { noNextLabel } from '../labels.ts'
import * as policy from '../policy.ts'
import { silence } from '../store.ts'
import { type Ended, endedTasks, liftSilence, nowEndedBy, reopen } from './contact-store.ts'
import { tellOwnerOfSilence } from './tell-owner.ts'

const input = z.object({
  ...clientRef,
  reason: z.string().trim().min(1, '请写明理由。 Please give the reason.').max(200),
})
type Input = z.infer<typeof input>

/** A reason that is only a time or a way (晚上8点后, 发微信就行): that is no end of all contact. */
const LIMITED =
  /^(?:(?:每天|平时|工作日)?(?:[上下中]午|晚上?|早上|白天|夜里|周末|午休|上班|下班|\d{1,2}(?::\d\d|\s?[点时])|周[一二三四五六日])[^,;。]{0,16}|(?:发|用|加)(?:微信|短信|信息)(?:就行|即可|可以)?|(?:before|after|in the|at night|on weekends?|during|until)\b.{0,30})$/i

/** Why, in the client's words; asked for where nothing is said, or with `limited` what is no end of all contact. */
function reason(ask: Text, limited: Text = ask): Slot {
  const said = words('reason', () => ask)
  return {
    ...said,
    take(part, before, claimed) {
      const taken = said.take(part, before, claimed)
      if (limited === ask || !LIMITED.test(String(taken.value))) return taken
      const doubt = { code: 'unclear', said: String(taken.value), about: part.pieces } as const
      return { ...nothing, doubt }
    },
    ask: ({ code }) => ({ question: code === 'unclear' ? limited : ask, expects: 'text' }),
  }
}

/** Nobody markets to the client any more: open tasks go, and nothing makes new ones. */
export const doNotContact = command<Input, Client, Client & { readonly why: string }>({
  name: 'do-not-contact',
  may: policy.silenceClient,
  undoable: true,
  help: {
    usage: { zh: '勿扰 张三 本人要求', en: 'do not contact Zhang asked us to stop' },
    purpose: {
      zh: '不再联系这位客户，写明理由',
      en: 'nobody contacts this client any more; say why',
    },
  },
  phrases: phrase(
    { words: ['勿扰', '别再联系', '不再联系', 'do not contact', 'dnc'] },
    client('named', { alone: true }),
    reason(
      { zh: '为什么不再联系？', en: 'Why should nobody contact them?' },
      {
        zh: '是完全不再联系吗？是就写明理由。只是某个时段不打，发"免打扰 姓名 12:00-14:00"。',
        en: 'Is nobody to contact them at all? Then say why. For some hours only, say "quiet", the name and 12:00-14:00.',
      },
    ),
  ),
  input,
  askedInVain: nobodyCalledSo,
  load: (tx, asked, asker) =>
    resolveClient(tx, asker, asked, { command: 'do-not-contact', input: asked }),
  decide: (client, { reason }) =>
    client.doNotContact === null
      ? { ...client, why: reason }
      : refuse(
          `${client.name} 已设勿扰（${client.doNotContact}）。要恢复请说"可联系 ${client.name} 理由"。`,
          `${client.name} is marked already (${client.doNotContact}). To lift it say "may contact ${client.name} reason".`,
        ),
  async save(tx, { id, why }, context) {
    await silence(tx, id, why, context.actId, context.at.now)
    await tellOwnerOfSilence(tx, id, why, context)
  },
  reply: ({ name, why }, _client, { say }) =>
    textCard(
      say(
        `已设勿扰：**${name}**（${why}）。未办的任务已取消，任何名单和活动都不会再排到。`,
        `Marked: nobody contacts **${name}** (${why}). Open tasks are cancelled, and no list or campaign makes new ones.`,
      ),
      undoRow(say),
    ),
})

interface Silenced {
  readonly client: Client
  readonly playbook: Playbook
  readonly care: CareFacts
  /** What the silence ended and may go on. */
  readonly ended: readonly Ended[]
}

interface Lifted {
  readonly client: Client
  readonly playbook: Playbook
  /** What else bars marketing to the client; null: nothing does. */
  readonly still: ReturnType<typeof noMarketing>
  /** What goes on, each on its day or, where that is past, on the next workday. */
  readonly back: readonly Ended[]
  /** When the client hears from us next; null: nothing asks for it. */
  readonly next: Day | null
}

const dayOf = ({ dueOn }: Ended): Day => dueOn

/** The client may be contacted again: what the silence ended goes on, and what falls due is made. */
export const mayContact = command<Input, Silenced, Lifted>({
  name: 'may-contact',
  may: policy.liftSilence,
  undoable: true,
  help: {
    usage: { zh: '可联系 张三 本人同意', en: 'may contact Zhang agreed again' },
    purpose: {
      zh: '解除勿扰，写明理由；由归属经理或主管',
      en: 'lift do-not-contact, with the reason; by the owner or a lead',
    },
  },
  phrases: phrase(
    { words: ['可联系', '可以联系', '解除勿扰', 'may contact'] },
    client('named', { alone: true }),
    reason({ zh: '为什么可以恢复联系？', en: 'Why may they be contacted again?' }),
  ),
  input,
  askedInVain: nobodyCalledSo,
  async load(tx, asked, { who, reach, at }) {
    const intent = { command: 'may-contact', input: asked }
    const client = await resolveClient(tx, { who, reach }, asked, intent)
    if (!('id' in client)) return client
    const care = await careFacts(tx, client.id, at.timezone)
    if (!care) throw new Error('a client without facts of care')
    const ended = await endedTasks(tx, client.id, at.today)
    return { client, care, ended, playbook: await playbookOn(tx, at.today) }
  },
  decide({ client, care, ended, playbook }, _input, { at }) {
    if (client.doNotContact === null) {
      return refuse(`${client.name} 没有设勿扰。`, `${client.name} is not marked.`)
    }
    const still = noMarketing({ ...client, doNotContact: null })
    const free = { ...care, noMarketing: still }
    const kinds = new Set(ended.map(({ kind }) => kind))
    const [due] = dueTasks(playbook, free, at.today, at.workdays).filter(
      ({ kind }) => !kinds.has(kind),
    )
    const back = ended.map(({ dueOn, ...task }) => {
      return { ...task, dueOn: dueOn < at.today ? at.workdays.onOrAfter(at.today) : dueOn }
    })
    const planned = back.length > 0 ? null : nextCareOn(playbook, free, at.today)
    const days = [due?.dueOn ?? planned, ...back.map(dayOf)]
    const [next = null] = days.filter((day) => day !== null).sort()
    return { client, playbook, still, back, next }
  },
  async save(tx, { client, playbook, still, back }, { at, actId }) {
    await liftSilence(tx, client.id, actId)
    if (still) await nowEndedBy(tx, back, still)
    else await reopen(tx, back)
    await generate(tx, playbook, at, { clients: [client.id] }, actId)
  },
  reply({ client, still, back, next }, _facts, { say, at, who }) {
    const on = next && saySetDay(next, at, who.language)
    const then = still
      ? noNextLabel(still, say)
      : on && back.length > 0
        ? say(
            `恢复 ${back.length} 件任务，最早 ${on}`,
            `${counted(back.length, 'task')} open again, the next ${on}`,
          )
        : next
          ? say(
              `${saySetDay(next, at, 'zh')} 起按打法跟进`,
              `the playbook goes on from ${saySetDay(next, at, who.language)}`,
            )
          : noNextLabel('no-rhythm', say)
    return textCard(
      say(
        `已解除勿扰：**${client.name}**，${then}。`,
        `**${client.name}** may be contacted again; ${then}.`,
      ),
      undoRow(say),
    )
  },
})
