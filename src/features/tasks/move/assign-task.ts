import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayField, noteField, timeField } from '../../../bot/grammar/fields.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { clientRef, nobodyCalledSo, resolveClient } from '../../clients/resolve-client.ts'
import { noMarketing } from '../../clients/rules.ts'
import { freeFrom } from '../../playbook/contact-rules.ts'
import { playbookOn } from '../../playbook/store.ts'
import { resolveColleague } from '../../staff/resolve-colleague.ts'
import type { Named } from '../../staff/store.ts'
import { contactsOf } from '../care/store.ts'
import { goneFault, isGone } from '../hours-rules.ts'
import * as policy from '../policy.ts'
import { openTask } from '../store.ts'
import { ASSIGN_PHRASES } from './assign-words.ts'
import { type Assigned, type Assignment, assignedCard, ordered } from './cards.ts'
import { oneOfThem } from './several-people.ts'

/** So many people are named at once. */
const MOST = 20
const NOT_SO_MANY = `请说 1 到 ${MOST} 位同事。 Name one to ${MOST} colleagues.`

const person = z.string().trim().min(1).max(40)

/** Several whom a form names, with marks between them. */
function parted(said: unknown): unknown {
  if (typeof said !== 'string') return said
  const named = said.split(SEVERAL).filter((each) => each.trim() !== '')
  return named.length === 1 ? named[0] : [...new Set(named)]
}
const SEVERAL = /[、,，;；]/

const input = z.object({
  ...clientRef,
  /** A name or staff code; several are asked about. */
  to: z.preprocess(
    parted,
    z.union([person, z.array(person).min(1, NOT_SO_MANY).max(MOST, NOT_SO_MANY)], {
      error: NOT_SO_MANY,
    }),
  ),
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
  async askedInVain(tx, asked, asker) {
    const to = z.object({ to: person }).safeParse(asked).data?.to
    const intent = { command: 'assign', input: asked }
    const found =
      to === undefined || EVERYBODY.test(to)
        ? null
        : await resolveColleague(tx, asker.who, to, intent, 'to')
    return found instanceof Refusal ? found : nobodyCalledSo(tx, asked, asker)
  },
  async load(tx, asked, asker) {
    const { who, reach, at } = asker
    const intent = { command: 'assign', input: asked }
    const named = typeof asked.to === 'string' ? [asked.to] : asked.to
    if (named.some((said) => EVERYBODY.test(said))) return oneOfThem(asked, [], null, asker)
    const people = await colleaguesNamed(tx, who, named, intent)
    if (people instanceof Refusal || people instanceof Choice) return people
    const [to] = people
    if (!to) return refuse('派给谁？', 'Whom is it for?')
    const client = await resolveClient(tx, { who, reach }, asked, intent)
    const several = people.length > 1
    if (several && client instanceof Refusal) return oneOfThem(asked, people, null, asker)
    if (!('id' in client)) return client
    if (several) return oneOfThem(asked, people, client, asker)
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

/** Those who are meant; one of several whose name is not theirs alone is asked for by staff code. */
async function colleaguesNamed(
  tx: Queries,
  who: Actor,
  named: readonly string[],
  intent: Intent,
): Promise<readonly Named[] | Refusal | Choice> {
  const people: Named[] = []
  for (const said of named) {
    const found = await resolveColleague(tx, who, said, intent, 'to')
    if (found instanceof Choice && named.length > 1) {
      return refuse(
        `"${said}"不止一位，请写工号。`,
        `There is more than one "${said}"; give the staff code.`,
      )
    }
    if (found instanceof Choice || found instanceof Refusal) return found
    // Of one it is judged with what is loaded, once the client is known.
    const refused = named.length > 1 ? policy.assignTask.judge(who, { to: found }) : null
    if (refused) return refused
    if (!people.some(({ id }) => id === found.id)) people.push(found)
  }
  return people
}
