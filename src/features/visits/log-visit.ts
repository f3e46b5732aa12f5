import { type Context, command } from '../../bot/command.ts'
import { saidDay } from '../../bot/grammar/day.ts'
import { hourText } from '../../bot/grammar/scan/kinds/times.ts'
import { readUpload } from '../../bot/inbox/uploads.ts'
import type { Asker } from '../../bot/policy.ts'
import { serves } from '../../bot/policy.ts'
import { addDays, sayWhen } from '../../core/calendar/time.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import { findKind, SILENCES } from '../../core/outcome.ts'
import type { Queries } from '../../infra/database/index.ts'
import { smallPhoto } from '../../infra/pictures/picture.ts'
import { nobodyCalledSo, resolveClient } from '../clients/resolve-client.ts'
import { type Client, noMarketing } from '../clients/rules.ts'
import { playbookOn } from '../playbook/store.ts'
import { noteContacts } from '../tasks/care/store.ts'
import { tellOwnerOfSilence } from '../tasks/contact/tell-owner.ts'
import { agreedWhen, goneFault } from '../tasks/hours-rules.ts'
import { noKind } from '../tasks/labels.ts'
import { refreshList } from '../tasks/list/today.ts'
import { logContact, nextAfterContact } from '../tasks/outcomes/log-contact.ts'
import { needsOf, noteNeeds } from '../tasks/outcomes/other-lines.ts'
import { setOwnTask } from '../tasks/policy.ts'
import { openTask } from '../tasks/store.ts'
import { visitCard } from './cards.ts'
import { VISIT_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import type { Visited, VisitFacts, VisitInput } from './rules.ts'
import { nextVisit, visitInput } from './rules.ts'
import { contactsOf, insertVisit, keepPhoto } from './store.ts'

/** A visit logged later than this is rather a slip of the thumb. */
const MOST_DAYS_AGO = 7

/** Somebody went to see a client: a contact, kept with its note and photo, and the next by the playbook. */
export const logVisit = command<VisitInput, VisitFacts, Visited>({
  name: 'visit',
  may: policy.logVisit,
  undoable: true,
  files: { alongside: true },
  help: {
    usage: {
      zh: '走访 张三 库存充足，想扩店',
      en: 'visit Zhang stock is full, wants a second shop',
    },
    purpose: { zh: '登记走访，可以附一张照片', en: 'log a visit, with a photo if you like' },
  },
  phrases: VISIT_PHRASES,
  input: visitInput,
  askedInVain: nobodyCalledSo,
  ofClient: {
    label: { zh: '记成走访', en: 'Keep as a visit' },
    input: (named, note) => ({ named, note }),
  },
  load,
  decide(facts, visit, context): Visited | Refusal | Choice {
    const { at } = context
    const visitedOn = visit.visitedOn ?? at.today
    if (visitedOn > at.today || visitedOn < addDays(at.today, -MOST_DAYS_AGO)) {
      return refuse(
        `走访日期要在最近 ${MOST_DAYS_AGO} 天内。`,
        `A visit is logged within ${MOST_DAYS_AGO} days.`,
      )
    }
    if (visit.nextDate && visit.nextDate < at.today) {
      return refuse(
        `${visit.nextDate} 已经过去，请给今天或以后的日期。`,
        `${visit.nextDate} has gone by; give today or a later day.`,
      )
    }
    return madeOrToCome(facts.client, visit, context) ?? { ...facts, visit, visitedOn }
  },
  save,
  reply: (visited, _facts, { at, who }) => visitCard(visited, at, who.language),
})

/** What may stand beside a day and tell nothing of a visit. */
const GOES = /^(?:[\s,，。]|要|准备|打算|过?去|看看?|on|at)*$/i

/** 走访 张三 明天下午3点: of a visit of which nothing is told but a day to come it is asked whether it was made. */
function madeOrToCome(client: Client, visit: VisitInput, { at, who, say }: Context): Choice | null {
  const said = visit.nextDate ? null : saidDay(visit.note, at)
  if (!said || !('day' in said) || said.day <= at.today || !GOES.test(said.words)) return null
  const { day, times } = said
  const hour = times.find(({ value }) => value !== null && 'minutes' in value)?.value
  const time = hour && 'minutes' in hour ? hourText(hour.minutes) : null
  const when = { dueOn: day, dueTime: time }
  const then = sayWhen(when, at.today, who.language)
  const toCome = {
    label: say(`${then} 走访`, `Visit ${then}`),
    intent: {
      command: 'new-task',
      input: { clientId: client.id, kind: 'visit', ...when, note: say('走访', 'visit') },
    },
  }
  const made = {
    label: say(`走访过了，下次 ${then}`, `Made; the next ${then}`),
    intent: {
      command: 'visit',
      input: { ...visit, clientId: client.id, nextDate: day, nextTime: time },
    },
  }
  return new Choice(
    {
      zh: `${client.name} 是要在 ${then} 走访，还是已经走访过了？`,
      en: `Is the visit to ${client.name} to be made ${then}, or was it made?`,
    },
    // A head has no list of tasks of their own.
    who.role in setOwnTask.reach ? [toCome, made] : [made],
  )
}

async function load(tx: Queries, asked: VisitInput, { who, reach, at }: Context & Asker) {
  const client = await resolveClient(tx, { who, reach }, asked, { command: 'visit', input: asked })
  if (!('id' in client)) return client
  const kind = asked.outcome === null ? null : findKind(at.kinds, asked.outcome)
  if (asked.outcome !== null && !kind?.active) return new Refusal(noKind(asked.outcome, at.kinds))
  const agreed = agreedWhen(asked, at)
  if ('gone' in agreed) return new Refusal(goneFault(agreed.gone))
  const photo = await photoFrom(tx, asked.uploadId, who.id)
  if (photo instanceof Refusal) return photo
  const next = kind
    ? await nextAfterContact(tx, { client, kind, ...agreed }, at)
    : nextVisit(
        await playbookOn(tx, at.today),
        {
          tier: client.tier,
          noMarketing: noMarketing(client),
          contacts: [at.today, ...(await contactsOf(tx, client.id))],
        },
        agreed,
        asked.visitedOn ?? at.today,
        at.workdays,
      )
  return { client, kind, agreed, next, photo }
}

async function photoFrom(tx: Queries, uploadId: string | undefined, staffId: string) {
  if (!uploadId) return null
  const upload = await readUpload(tx, uploadId, staffId)
  const photo = upload && (await smallPhoto(upload.bytes))
  return (
    photo ??
    refuse(
      '这个文件不是照片（支持 JPG、PNG、WebP），请换一张，或不带照片再发一次。',
      'This file is no photo (JPG, PNG, WebP); send another, or say it again without one.',
    )
  )
}

async function save(
  tx: Queries,
  { client, kind, agreed, next, photo, visit, visitedOn }: Visited,
  context: Context,
) {
  const { who, at, actId } = context
  const { amount, note, uploadId } = visit
  const photoId = photo && uploadId ? uploadId : null
  if (photo && photoId) await keepPhoto(tx, photoId, photo)
  const noNext = 'none' in next ? next.none : null
  const seen = { clientId: client.id, staffId: who.id, note, photoId, noNext, visitedOn }
  await insertVisit(tx, seen, actId, at.now)
  if (kind) {
    const { product } = visit
    const contact = { client, kind, amount, product, ...agreed, note, campaignId: null }
    const by = { staffId: who.id, actId, managerId: client.ownerId }
    await logContact(tx, contact, next, by, at)
    if (kind.code === SILENCES) await tellOwnerOfSilence(tx, client.id, note, context)
  } else if ('task' in next) {
    const whose = { managerId: client.ownerId, clientId: client.id, note: null }
    await openTask(tx, { ...next.task, ...whose, product: null, amount: null }, actId, at.now)
  }
  await noteNeeds(tx, client.id, needsOf(at, visit), context)
  const last = client.lastContactOn
  const on = last && last > visitedOn ? last : visitedOn
  await noteContacts(tx, [{ clientId: client.id, on, visit: true }])
  if (who.role !== 'head' && serves(who, client.ownerId)) refreshList(context)
}
