import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import { type Asker, pathOf, scopeOf } from '../../../bot/policy.ts'
import { addDays, type Day, daysBetween, sayDay } from '../../../core/calendar/time.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { newId } from '../../../core/ids.ts'
import type { Language } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { takeProduct } from '../../catalogue/rules.ts'
import { segmentNamed } from '../../clients/segments/store.ts'
import { filterAbout } from '../../completeness/filter-about.ts'
import { type ChoiceInput, choiceInput, filterMeant } from '../../questions/segments/choice.ts'
import { SKIP_LABELS } from '../labels.ts'
import * as policy from '../policy.ts'
import {
  type Choosing,
  type Receiver,
  type Shares,
  SKIPS,
  shareFault,
  sumOf,
  USUAL_DAYS,
  USUAL_PER_DAY,
  WAYS,
} from '../rules.ts'
import { isTaken } from '../store.ts'
import { madeCard, planChoice, receivedCard } from './cards.ts'
import { IMPORTED, LIST_PHRASES } from './phrases.ts'
import { receiversNamed } from './receivers.ts'
import { lastImport, type SharingOut, shareOut, sharesOf } from './store.ts'

const MOST_DAYS = 92

const input = z.object({
  ...choiceInput,
  name: z
    .string()
    .trim()
    .min(2, '名单名称至少两个字。 A name has at least two characters.')
    .max(30, '名单名称最多 30 字。 A name has at most 30 characters.')
    .refine((name) => !/\s/.test(name), '名单名称里不要有空格。 A name has no blanks.'),
  /** The workbook's import; absent with no conditions either: the last one. */
  importId: z.uuid().optional(),
  /** Units, teams or staff codes; blank: one's own unit. */
  audience: z.string().max(500).default(''),
  way: z.enum(WAYS).default('owner'),
  perDay: z.coerce
    .number('每天几件请写数字。 Write how many a day as a number.')
    .int()
    .min(1, '每天至少 1 件。 At least one a day.')
    .max(50, '每天最多 50 件。 At most 50 a day.')
    .default(USUAL_PER_DAY),
  endsOn: dayField,
  product: z.string().trim().max(40).nullable().default(null),
  talkingPoints: z
    .string()
    .trim()
    .min(1, '请写一句话术。 Please write what to say.')
    .max(300, '话术最多 300 字。 Talking points have at most 300 characters.'),
  /** Of the plan that was shown with the button, which is pressed; absent: nothing was shown yet. */
  seen: z.string().max(64).optional(),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly name: string
  readonly within: string
  readonly product: string | null
  readonly talkingPoints: string
  readonly endsOn: Day
  readonly out: SharingOut
  readonly receivers: readonly Receiver[]
  readonly shares: Shares
}

/**
 * A list of clients to managers, each of them a task: first it is shown who gets how many and why some go to
 * nobody. What is no longer so when the button is pressed is shown and asked anew.
 */
export const makeList = command<Input, Facts, Facts>({
  name: 'make-list',
  may: policy.makeList,
  help: {
    usage: {
      zh: '名单 新建 春茶 客群 沉睡户 给 一队 按 平均 每天 10 到 12/15 产品 结算卡 话术 上门问候',
      en: 'new list Tea segment Sleepers for T01 by load daily 10 until 15 Dec say …',
    },
    purpose: {
      zh: '定向营销：从客群，或刚导入的客户表，分给客户经理；先看预览，确认后每户一件任务',
      en: 'a targeted campaign: from a segment or the workbook imported last, shared out among managers; a preview, then a task for each client',
    },
  },
  phrases: LIST_PHRASES,
  input,
  load,
  decide: (facts) => facts,
  async save(tx, { name, within, product, talkingPoints, endsOn, out, shares }, context) {
    const { who, at, actId, tell } = context
    const startsOn = out.days[0] ?? at.today
    const list = {
      id: newId(),
      name,
      madeBy: who.id,
      within,
      product,
      talkingPoints,
      startsOn,
      endsOn,
    }
    await shareOut(tx, { ...list, madeAt: at.now, actId }, out)
    await Promise.all(
      shares.given
        .filter(({ staffId }) => staffId !== who.id)
        .map((each) =>
          tell(each.staffId, (language) =>
            receivedCard(who.name, { ...list, ...each }, at.today, language),
          ),
        ),
    )
  },
  reply: (facts, _facts, { who }) => madeCard(facts, who.language),
})

async function load(
  tx: Queries,
  asked: Input,
  context: Context & Asker,
): Promise<Facts | Refusal | Choice> {
  const { who, at } = context
  const { name, talkingPoints, way, perDay } = asked
  if (await isTaken(tx, name)) {
    return refuse(
      `已经有名单"${name}"，没有再分一次。说"名单 进度 ${name}"看进度；要另分一份请换个名字。`,
      `There is a list "${name}" already; nothing was shared out again. Say "list progress ${name}", or choose another name.`,
    )
  }
  const endsOn = asked.endsOn ?? addDays(at.today, USUAL_DAYS)
  const days = workdaysUntil(endsOn, context)
  if (days instanceof Refusal) return days
  const product = productOf(asked.product, context)
  if (product instanceof Refusal) return product
  const choosing = await choosingOf(tx, asked, context)
  if (choosing instanceof Refusal || choosing instanceof Choice) return choosing
  const receivers = await receiversNamed(tx, asked.audience, context)
  if (receivers instanceof Refusal) return receivers
  const out: SharingOut = {
    ...{ choosing, way, days, perDay, scope: scopeOf(context) },
    about: await filterAbout(tx, 'filter' in choosing ? choosing.filter : [], at),
    receivers: receivers.flatMap(({ id, away }) => (away ? [] : [id])),
  }
  const shares = await sharesOf(tx, out)
  const fault = shareFault(shares, receivers) ?? nobodyLeft(shares)
  if (fault) return fault
  const facts = { name, product, talkingPoints, endsOn, out, receivers, shares }
  const plan = createHash('sha256').update(JSON.stringify(shares)).digest('hex')
  if (asked.seen === plan) return { ...facts, within: pathOf(context) }
  const again = {
    ...{ ...asked, said: undefined, names: undefined, seen: plan, endsOn, product },
    ...('filter' in choosing ? { where: choosing.filter } : choosing),
  }
  const wording = { today: at.today, catalogue: at.catalogue, language: who.language }
  const intent = { command: 'make-list', input: again }
  return planChoice(facts, asked.seen !== undefined, intent, wording)
}

/** Why a list would have nobody: all who are chosen go to nobody; null: some are left. */
function nobodyLeft({ given, skipped }: Shares): Refusal | null {
  if (sumOf({ given }) > 0) return null
  const why = (language: Language, between: string) =>
    SKIPS.flatMap((skip) =>
      skipped[skip] ? `${SKIP_LABELS[skip][language]} ${skipped[skip]}` : [],
    ).join(between)
  return refuse(
    `没有一户可以分，名单没有建：${why('zh', '、')}。请换个客群或条件。`,
    `There is nobody to share out, and no list was made: ${why('en', ', ')}. Choose another segment or other conditions.`,
  )
}

function workdaysUntil(endsOn: Day, { who, at }: Context): readonly Day[] | Refusal {
  const [zh, en] = [sayDay(endsOn, at.today, 'zh'), sayDay(endsOn, at.today, 'en')]
  if (endsOn <= at.today) {
    return refuse(
      `截止日 ${zh} 不在今天以后，请给以后的日期。`,
      `The end, ${en}, is not after today; give a later day.`,
    )
  }
  if (daysBetween(at.today, endsOn) > MOST_DAYS) {
    return refuse(
      `截止日 ${zh} 太远，名单最多排三个月。`,
      `The end, ${en}, is too far; a list runs three months at most.`,
    )
  }
  const workdays = at.workdays.of(who.unitPath)
  const days: Day[] = []
  for (let next = workdays.next(at.today); next <= endsOn; next = workdays.next(next))
    days.push(next)
  return days.length > 0
    ? days
    : refuse(
        `到 ${zh} 没有工作日，请给晚一些的日期。`,
        `There is no workday until ${en}; give a later day.`,
      )
}

function productOf(said: string | null, { at }: Context): string | null | Refusal {
  if (!said) return null
  if (at.catalogue.some(({ code }) => code === said)) return said
  const found = takeProduct(at.catalogue, said)
  return found && found.rest === ''
    ? found.product.code
    : refuse(`没有产品"${said}"。`, `There is no product "${said}".`)
}

/** The clients that are meant: conditions or a segment by name, else the workbook that was imported. */
async function choosingOf(
  tx: Queries,
  asked: ChoiceInput & { readonly importId?: string | undefined },
  context: Context & Asker,
): Promise<Choosing | Refusal | Choice> {
  const imported = [IMPORTED.zh, IMPORTED.en].some((each) => each === asked.said)
  if (!imported && (asked.said !== undefined || asked.where !== undefined)) {
    const segment = asked.said ? await segmentNamed(tx, context.who, asked.said) : null
    const filter = segment?.filter ?? (await filterMeant(tx, context, asked, 'make-list'))
    if (filter instanceof Refusal || filter instanceof Choice) return filter
    return { filter }
  }
  const last = await lastImport(tx, context.who.id, asked.importId ?? null)
  return last
    ? { importId: last.id }
    : refuse(
        '名单从哪里来？写"客群 名称或条件"，或先把客户表发来导入，再说"名单 新建"。',
        'Where do the clients come from? Say "segment" with a name or conditions, or import a workbook first and say it again.',
      )
}
