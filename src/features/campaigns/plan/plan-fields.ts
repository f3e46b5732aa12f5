import { z } from 'zod'
import { dayField } from '../../../bot/grammar/fields.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import { takeProduct } from '../../catalogue/rules.ts'

/** Words in a field of text, however they are separated; "全部" means no limit. */
const words = z
  .string()
  .max(500)
  .nullable()
  .default(null)
  .transform((value) =>
    (value ?? '')
      .split(/[、,，;；\n]+/)
      .map((word) => word.trim())
      .filter((word) => word && !/^(全部|不限|all|any)$/i.test(word)),
  )

/** As `words`, but whoever is meant must be named. */
const audience = z
  .string()
  .max(500)
  .transform((value) =>
    value
      .split(/[、,，;；\n]+/)
      .map((word) => word.trim())
      .filter(Boolean),
  )

const products = (catalogue: Catalogue) =>
  words.transform((named, context) =>
    named.map((word) => {
      const found = takeProduct(catalogue, word)
      if (found && found.rest === '') return found.product.code
      context.addIssue(`没有产品"${word}"。 There is no product "${word}".`)
      return z.NEVER
    }),
  )

const requiredDay = (zh: string, en: string) =>
  dayField.transform((value, context) => {
    if (value) return value
    context.addIssue(`${zh} ${en}`)
    return z.NEVER
  })

/** A number of clients; blank: no target. */
const target = z
  .union([z.int().positive(), z.string()])
  .nullable()
  .default(null)
  .transform((value, context): number | null => {
    if (typeof value !== 'string') return value
    if (value.trim() === '') return null
    if (/^\d{1,8}$/.test(value.trim())) return Number(value)
    context.addIssue(`目标"${value}"不是数字，请写客户数。 The target "${value}" is no number.`)
    return null
  })

/** Percent of the clients, as a form or a line has it; blank: nobody is held out. */
const controlShare = z
  .union([z.number(), z.string()])
  .nullable()
  .default(null)
  .transform((value, context): number => {
    const said = String(value ?? '').trim()
    if (said === '' || said === '0') return 0
    const percent = said.match(/^(\d{1,3})\s*[%％]?$/)?.[1]
    if (percent) return Number(percent)
    context.addIssue(
      `对照比例"${said}"没看懂，请写百分数，如 10%。 "${said}" is no share; write percent, such as 10 %.`,
    )
    return z.NEVER
  })

/** What the form of a plan sends. */
export const planInput = ({ catalogue }: Moment) =>
  z.object({
    /** The campaign that is changed; absent for a new one. */
    campaignId: z.uuid().optional(),
    name: z
      .string()
      .trim()
      .min(2, '活动名称至少两个字。 A name has at least two characters.')
      .max(40, '活动名称最多 40 字。 A name has at most 40 characters.')
      .refine(
        (name) => !/\s/.test(name),
        '活动名称里不要有空格，便于打标。 A name has no blanks, so that tagging stays easy.',
      ),
    startsOn: requiredDay('请给开始日。', 'Please give the first day.'),
    endsOn: requiredDay('请给结束日。', 'Please give the last day.'),
    audience,
    products: products(catalogue),
    talkingPoints: z
      .string()
      .trim()
      .min(1, '请写几句话术。 Please write some talking points.')
      .max(1500, '话术最多 1500 字。 Talking points have at most 1500 characters.'),
    regions: words,
    industries: words,
    clusters: words,
    /** A segment that the planner sees, by name. */
    segment: z
      .string()
      .trim()
      .max(60)
      .nullable()
      .default(null)
      .transform((name) => name || null),
    controlShare,
    targetReached: target,
    targetInterested: target,
    targetApplied: target,
    targetGranted: target,
  })
export type PlanInput = z.infer<ReturnType<typeof planInput>>
