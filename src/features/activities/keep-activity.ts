import { z } from 'zod'
import { type Context, command, query } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import { dayField } from '../../bot/grammar/fields.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { askerOf } from '../../bot/policy.ts'
import { addDays } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { newId } from '../../core/ids.ts'
import type { Actor } from '../../core/staff.ts'
import type { Queries } from '../../infra/database/index.ts'
import { svgToPng } from '../../infra/pictures/picture.ts'
import { qrOf } from '../../infra/pictures/qr.ts'
import { findVisible } from '../clients/store.ts'
import { seeClients } from '../staff/policy.ts'
import { activitiesCard, activityCard, activityFormCard, type Guest } from './cards.ts'
import { NEW, NEW_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import { type Activity, knowsOf, takesPart } from './rules.ts'
import {
  activitiesSince,
  activityById,
  activityNamed,
  cancel,
  guestsOf,
  insertActivity,
  newDoorCode,
  nextOfSeries,
} from './store.ts'

export const activityInput = z.object({
  name: z
    .string()
    .trim()
    .min(2, '名称至少两个字。 A name has at least two characters.')
    .max(40)
    .refine((name) => !/\s/.test(name), '名称里不要有空格。 A name has no blanks.'),
  place: z.string().trim().min(1, '请写地点。 Please say where.').max(80),
  heldOn: dayField,
  startsAt: z
    .string()
    .trim()
    .regex(/^(([01]?\d|2[0-3]):[0-5]\d)?$/, '时间请写成 14:30。 Write the time like 14:30.')
    .nullable()
    .default(null)
    .transform((value) => value || null),
})
type Input = z.infer<typeof activityInput>

const NOBODY_YET = { guests: [], others: 0 }

/** Keeps a salon or a market day. */
export const saveActivity = command<Input, Activity | null, Activity>({
  name: 'save-activity',
  may: policy.planActivity,
  help: {
    usage: {
      zh: '客户活动 新建 春茶沙龙 12/10 下午2点 大堂',
      en: 'new event TeaSalon 12/10 2pm main hall',
    },
    purpose: { zh: '一句话办一场客户活动', en: 'plan a client event in one line' },
  },
  phrases: NEW_PHRASES,
  input: activityInput,
  load: (tx, { name }) => activityNamed(tx, name),
  decide(taken, { name, place, heldOn, startsAt }, { who, at }) {
    if (taken) {
      return refuse(
        `已经有叫"${name}"的客户活动（${taken.heldOn}），请换个名字。`,
        `There is an event called "${name}" (${taken.heldOn}); choose another name.`,
      )
    }
    if (!heldOn || heldOn < at.today) {
      return refuse('请给今天或以后的日期。', 'Give today or a later day.')
    }
    const host = { hostId: who.id, hostName: who.name, hostPath: who.unitPath }
    const counts = { cancelled: false, invited: 0, attended: 0 }
    const one = { id: newId(), name, place, heldOn, startsAt, code: newDoorCode(), series: null }
    return { ...one, ...host, ...counts }
  },
  save: insertActivity,
  reply: (activity, _facts, { at, who }) => activityCard(activity, NOBODY_YET, at.today, who),
})

export const activityForm = query<unknown, null>({
  name: 'activity-form',
  may: policy.planActivity,
  help: {
    usage: { zh: '客户活动 新建', en: 'new event' },
    purpose: { zh: '办一场沙龙或集市日', en: 'plan a salon or a market day' },
  },
  phrases: {
    words: NEW,
    read: wholeLine({}),
  },
  input: z.unknown(),
  load: async () => null,
  reply: (_facts, _input, { at, who }) => activityFormCard(at.today, who.language),
})

export const ref = z.object({
  activityId: z.uuid().optional(),
  named: z.string().trim().max(40).optional(),
})
export type ActivityRef = z.infer<typeof ref>

/** The activity that is meant; by the name of a series, its next one. */
export async function activityOf(
  tx: Queries,
  input: ActivityRef,
  { at }: Pick<Context, 'at'>,
): Promise<Activity | Refusal> {
  const { activityId, named = '' } = input
  const found = activityId
    ? await activityById(tx, activityId)
    : ((await activityNamed(tx, named)) ?? (await nextOfSeries(tx, named, at.today)))
  return found ?? unknownActivity(input)
}

const unknownActivity = ({ named = '' }: ActivityRef): Refusal =>
  refuse(
    `没有客户活动"${named}"。发"客户活动"看有哪些。`,
    `There is no event "${named}". Say "events" for those there are.`,
  )

const SHOWN_DAYS = 30

type Shown =
  | { readonly all: readonly Activity[] }
  | { readonly activity: Activity; readonly guests: readonly Guest[]; readonly others: number }

/** The guests whom this person serves, and how many more there are; beside the host's unit nobody. */
async function guestsSeen(tx: Queries, activity: Activity, who: Actor) {
  if (!takesPart(who, activity)) return NOBODY_YET
  const all = await guestsOf(tx, activity.id)
  const asker = askerOf(seeClients, who)
  const seen = await Promise.all(all.map(({ id }) => findVisible(tx, asker, id)))
  const guests = all.filter((_guest, place) => seen[place])
  return { guests, others: all.length - guests.length }
}

/** `客户活动`: those there are; with a name, who is invited and who came. */
export const showActivity = query<ActivityRef, Shown>({
  name: 'activity',
  may: policy.showActivity,
  help: {
    usage: { zh: '客户活动 · 客户活动 春茶沙龙', en: 'events · event TeaSalon' },
    purpose: { zh: '客户活动、邀请和到场', en: 'client events, who is invited and who came' },
  },
  phrases: {
    words: ['客户活动', '沙龙', 'events', 'event'],
    read: (rest) => ({ kind: 'understood', input: rest ? { named: rest } : {} }),
  },
  input: ref,
  async load(tx, input, asker) {
    const { who, at } = asker
    if (!input.activityId && !input.named) {
      const all = await activitiesSince(tx, addDays(at.today, -SHOWN_DAYS))
      return { all: all.filter((each) => knowsOf(who, each)) }
    }
    const activity = await activityOf(tx, input, asker)
    if (!('id' in activity)) return activity
    if (!knowsOf(who, activity)) return unknownActivity(input)
    return { activity, ...(await guestsSeen(tx, activity, who)) }
  },
  reply: (shown, _input, { at, who }) =>
    'all' in shown
      ? activitiesCard(shown.all, at.today, who.language)
      : activityCard(shown.activity, shown, at.today, who),
})

/** The QR code that stands at the door. */
export const doorCode = query<ActivityRef, Activity>({
  name: 'door-code',
  may: policy.workDoor,
  help: {
    usage: { zh: '门口码 春茶沙龙', en: 'door code TeaSalon' },
    purpose: {
      zh: '签到用的二维码，放在门口',
      en: 'the code at the door, by which guests sign in',
    },
  },
  phrases: {
    words: ['门口码', '签到码', 'door code'],
    lacks: asking({ zh: '哪个客户活动？', en: 'Which event?' }),
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: ref,
  load: activityOf,
  async reply({ name, code }, _input, { say, publicUrl }) {
    const url = `${publicUrl}/door/${code}`
    return {
      title: say(`${name} 签到`, `${name}: sign in`),
      blocks: [
        {
          kind: 'picture',
          png: (await doorPng(url)).toString('base64'),
          alt: say('签到二维码', 'Sign-in QR code'),
        },
        {
          kind: 'text',
          text: say(
            '打印出来放在门口，客人当天扫码、填手机号即可签到。',
            'Put it at the door; on the day guests scan it and give their phone number.',
          ),
        },
      ],
    }
  },
})

/** The code alone, large enough to be scanned from a metre. */
function doorPng(url: string): Promise<Buffer> {
  const { side, path } = qrOf(url)
  return svgToPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`,
  )
}

const cancelling = ref.extend({
  /** And all that come after it in its series. */
  all: z.boolean().default(false),
})

interface CalledOff {
  readonly activity: Activity
  readonly series: string | null
}

/** Calls an activity off, or what is left of its series. */
export const cancelActivity = command<z.infer<typeof cancelling>, Activity, CalledOff>({
  name: 'cancel-activity',
  may: policy.cancelActivity,
  help: {
    usage: {
      zh: '取消客户活动 春茶沙龙 · 取消客户活动 春茶沙龙 全部',
      en: 'cancel event TeaSalon · cancel event TeaSalon all',
    },
    purpose: {
      zh: '取消自己办的客户活动；系列取消下一场，"全部"取消还没办的所有场次',
      en: 'call off an event of your own; of a series the next one, with "all" every one to come',
    },
  },
  phrases: {
    words: ['取消客户活动', 'cancel event'],
    lacks: asking({ zh: '哪个客户活动？', en: 'Which event?' }),
    read: (rest) => {
      const named = rest.replace(/\s+(?:全部|整个系列|所有|all)$/i, '')
      return rest ? { kind: 'understood', input: { named, all: named !== rest } } : { kind: 'no' }
    },
  },
  input: cancelling,
  load: activityOf,
  decide(activity, { all }, { at }) {
    return activity.heldOn < at.today
      ? refuse(`"${activity.name}"已经办过了。`, `"${activity.name}" has been held.`)
      : { activity: { ...activity, cancelled: true }, series: all ? activity.series : null }
  },
  async save(tx, { activity, series }) {
    await cancel(tx, { id: activity.id, series })
  },
  reply: ({ activity, series }, _facts, { at, who, say }) => {
    const card = activityCard(activity, NOBODY_YET, at.today, who)
    const text = say(
      `系列"${series}"从这一场起都已取消。`,
      `The series "${series}" is called off from this one on.`,
    )
    return series ? { ...card, blocks: [...card.blocks, { kind: 'text', text }] } : card
  },
})
