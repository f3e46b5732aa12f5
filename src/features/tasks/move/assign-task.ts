import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayField, noteField, timeField } from '../../../bot/grammar/fields.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { clientRef, resolveClient } from '../../clients/resolve-client.ts'
import { noMarketing } from '../../clients/rules.ts'
import { freeFrom } from '../../playbook/contact-rules.ts'
import { playbookOn } from '../../playbook/store.ts'
import { resolveColleague } from '../../staff/resolve-colleague.ts'
import { contactsOf } from '../care/store.ts'
import { goneFault, isGone } from '../hours-rules.ts'
import * as policy from '../policy.ts'
import { openTask } from '../store.ts'
import { ASSIGN_PHRASES } from './assign-words.ts'
import { type Assigned, type Assignment, assignedCard, ordered } from './cards.ts'

const input = z.object({
  ...clientRef,
  to: z.string().trim().min(1).max(40),
  kind: z.enum(['call', 'visit', 'other']).default('other'),
  dueOn: dayField,
  dueTime: timeField,
  note: noteField,
})
type Input = z.infer<typeof input>
/** What a task from above weighs: it comes before one's own. */
const PRIORITY = 85

/** A lead or head sets a task for somebody of their unit. */
export const assignTask = command<Input, Assignment, Assigned>({
  name: 'assign',
  may: policy.assignTask,
  undoable: true,
  help: {
    usage: { zh: '派 王五 联系李四 明天 问续贷', en: 'assign Lee call Tom tomorrow about renewal' },
    purpose: { zh: '给组员派一件任务', en: 'set a task for a member of your unit' },
  },
  phrases: ASSIGN_PHRASES,
  input,
  async load(tx, asked, { who, reach, at }) {
    const intent = { command: 'assign', input: asked }
    if (EVERYBODY.test(asked.to)) return ONE_DOES_IT
    const to = await resolveColleague(tx, who, asked.to, intent, 'to')
    if (to instanceof Refusal || to instanceof Choice) return to
    const client = await resolveClient(tx, { who, reach }, asked, intent)
    if (!('id' in client)) return client
    const playbook = await playbookOn(tx, at.today)
    return { to, client, freeOn: freeFrom(playbook, await contactsOf(tx, client.id)) }
  },
  decide({ to, client, freeOn }, { kind, dueOn: said, dueTime, note }, { at }): Assigned | Refusal {
    if (said && said < at.today) {
      return refuse(
        `${said} 已经过去，请给今天或以后的日期。`,
        `${said} has gone by; give today or a later day.`,
      )
    }
    if (dueTime && isGone(said ?? at.today, dueTime, at)) return new Refusal(goneFault(dueTime))
    const barred = noMarketing(client)
    if (barred === 'do-not-contact' || (barred && kind !== 'other')) {
      return refuse(
        `${client.name} 不做营销联系（${{ 'negative-list': '负面清单', 'exit-tier': 'F 淘汰', 'do-not-contact': '勿扰' }[barred]}），没有派出。`,
        `No marketing to ${client.name} (${{ 'negative-list': 'negative list', 'exit-tier': 'tier F', 'do-not-contact': 'do not contact' }[barred]}), so nothing was assigned.`,
      )
    }
    const wanted = said ?? at.today
    const held = kind !== 'other' && freeOn !== null && freeOn > wanted
    const dueOn = at.workdays.of(to.unitPath).onOrAfter(held ? freeOn : wanted)
    const offOn = !held && dueOn !== wanted ? wanted : null
    return { to, client, freeOn: held ? freeOn : null, kind, note, dueOn, offOn, dueTime }
  },
  async save(tx, assigned, { who, at, actId, tell }) {
    const { to, client, kind, dueOn, dueTime, note } = assigned
    const task = {
      kind,
      reason: 'assigned',
      priority: PRIORITY,
      attempt: 0,
      dueOn,
      dueTime,
    } as const
    const whose = { managerId: to.id, clientId: client.id }
    await openTask(tx, { ...task, ...whose, note, product: null, amount: null }, actId, at.now)
    await tell(to.id, (language) => ordered(who.name, assigned, at, language))
  },
  reply: (assigned, _facts, { at, who }) => assignedCard(assigned, at, who.language),
})

/** 全队, everybody. */
const EVERYBODY =
  /^(?:全队|全组|全员|我队|我们队|大家|所有人|每个?人|everybody|everyone|(?:the|my) (?:whole )?team)$/i

const ONE_DOES_IT = refuse(
  '一位客户的任务由一位同事做，请说派给谁。全队一起做的事，发"活动 新建 …"，或者"通知全队 …"。',
  'One colleague does what is to be done with a client: say who. For the whole team say "campaign new …" or "tell the team …".',
)
