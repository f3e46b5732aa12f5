import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { saidDay } from '../../../bot/grammar/day.ts'
import { type Day, isDay, sayDate } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { chartPng } from '../../../infra/pictures/chart.ts'
import { isDryRun, mayPublish } from '../../editions/rules.ts'
import { latest, markDryRun, publish as publishEdition, withdraw } from '../../editions/store.ts'
import { staffOfRole } from '../../staff/store.ts'
import { type DryRun, dryRun } from '../batch/dry-run.ts'
import * as policy from '../policy.ts'
import { heldAgainst, publishStep, titleOf } from './cards.ts'
import { dryRunCard, matrixChart } from './dry-run-cards.ts'
import {
  type Draft,
  draftMeant,
  type Followed,
  followed,
  type KindInput,
  kindField,
  kindOnly,
  kindSaid,
} from './which.ts'

interface Tried extends Draft {
  readonly follows: Followed
  readonly run: DryRun
  /** Others of marketing, who may publish it. */
  readonly others: readonly { readonly id: string }[]
}

/** What the draft would do to the whole book; nothing is written but that it was tried. */
export const dryRunStandard = command<KindInput, Tried, Tried>({
  name: 'dry-run-standard',
  concurrency: 'long',
  may: policy.editStandard,
  help: {
    usage: { zh: '标准 试算', en: 'standard dry run' },
    purpose: {
      zh: '草稿会让多少客户从哪层到哪层，不写入',
      en: 'how many clients the draft would move where; nothing is written',
    },
  },
  phrases: {
    words: ['标准 试算', '标准试算', 'standard dry run', 'standard try'],
    read: kindOnly,
  },
  input: z.object(kindField),
  async load(tx, input, { who, at }) {
    const draft = await draftMeant(tx, input, { command: 'dry-run-standard', input })
    if (!('edition' in draft)) return draft
    const follows = await followed(tx, draft.standard.kind, at.today)
    const run = await dryRun(tx, follows.standard, draft.standard, at.today)
    const marketing = await staffOfRole(tx, 'marketing')
    return { ...draft, follows, run, others: marketing.filter(({ id }) => id !== who.id) }
  },
  decide: (tried) => tried,
  async save(tx, { edition, standard, run, others }, { who, at, tell }) {
    await markDryRun(tx, edition, { day: at.today, ...run }, at.now)
    if (isDryRun(edition)) return
    for (const { id } of others) {
      await tell(id, (language) =>
        textCard(
          language === 'zh'
            ? `${who.name} 试算了${titleOf(standard.kind, standard.version, (zh) => zh)}草稿：${run.moved} 位客户会变动。看过以后可以发布："标准 发布 12月1日"。`
            : `${who.name} dry-ran the draft of the ${titleOf(standard.kind, standard.version, (_zh, en) => en)}: ${run.moved} clients would move. When you agree: "standard publish 1 Dec".`,
          {
            kind: 'buttons',
            buttons: [
              {
                label: language === 'zh' ? '看草稿' : 'The draft',
                intent: { command: 'show-draft', input: { kind: standard.kind } },
              },
            ],
          },
        ),
      )
    }
  },
  async reply({ run, follows, standard, edition }, _facts, { who, at, say }) {
    const chart = matrixChart(run, follows.standard, standard, who.language)
    const png = (await chartPng(chart)).toString('base64')
    const against = heldAgainst(follows, at.today, say)
    const next = publishStep(edition.makers, who, say)
    return dryRunCard(run, standard, png, { against, next }, who.language)
  },
})

type Publication = KindInput & { readonly from: Day }

/** A second person of marketing puts the draft in force from a day on. */
export const publishStandard = command<
  Publication,
  Draft & { readonly latestFrom: Day | null },
  Draft & { readonly from: Day }
>({
  name: 'publish-standard',
  may: policy.publishStandard,
  help: {
    usage: { zh: '标准 发布 12月1日', en: 'standard publish 1 Dec' },
    purpose: {
      zh: '同事改好并试算过的草稿，从那天起生效',
      en: "a colleague's draft that was dry-run is in force from that day",
    },
  },
  phrases: {
    words: ['标准 发布', '标准发布', '发布标准', 'standard publish'],
    read(rest, at) {
      const taken = saidDay(rest, at)
      const kind = kindSaid((taken ? taken.rest : rest).trim())
      if (!kind) return { kind: 'no' }
      if (taken && 'day' in taken) {
        return { kind: 'understood', input: { ...kind, from: taken.day } }
      }
      const question = taken
        ? {
            zh: `"${taken.said}"不能作生效日期，请写今天或以后的一天。`,
            en: `"${taken.said}" cannot be the day; name today or a later one.`,
          }
        : { zh: '从哪天起生效？', en: 'From which day on?' }
      const doubts = [{ question, slots: ['from'], expects: 'day' }] as const
      return { kind: 'asks', input: { ...kind, from: '' }, doubts: [...doubts] }
    },
  },
  input: z.object({ ...kindField, from: z.string().refine(isDay) }),
  async load(tx, input) {
    const draft = await draftMeant(tx, input, { command: 'publish-standard', input })
    if (!('edition' in draft)) return draft
    return { ...draft, latestFrom: (await latest(tx, draft.edition.kind)).effectiveFrom }
  },
  decide({ latestFrom, ...draft }, { from }, { who, at }) {
    const asked = { who, effectiveFrom: from, today: at.today, latestFrom }
    return mayPublish(draft.edition, asked) ?? { ...draft, from }
  },
  async save(tx, { edition, standard, from }, { who, at, tell }) {
    await publishEdition(tx, edition, from, who, at.now)
    for (const id of edition.makers) {
      await tell(id, (language) =>
        textCard(
          language === 'zh'
            ? `${who.name} 已发布${titleOf(standard.kind, standard.version, (zh) => zh)}，${sayDate(from, 'zh')} 起生效。`
            : `${who.name} published the ${titleOf(standard.kind, standard.version, (_zh, en) => en)}; it is in force from ${sayDate(from, 'en')}.`,
        ),
      )
    }
  },
  reply: ({ standard, from }, _facts, { say, who }) =>
    textCard(
      say(
        `已发布${titleOf(standard.kind, standard.version, say)}，${sayDate(from, 'zh')} 起生效。那天凌晨重算全部客户；要审批的变动等审批。`,
        `Published: ${titleOf(standard.kind, standard.version, say)}, in force from ${sayDate(from, who.language)}. Everybody is decided anew that night; moves that need approval wait for it.`,
      ),
    ),
})

/** The draft is given up; it stays readable as a version that never was in force. */
export const dropDraft = command<KindInput, Draft, Draft>({
  name: 'drop-draft',
  may: policy.editStandard,
  help: {
    usage: { zh: '标准 弃稿', en: 'standard drop' },
    purpose: { zh: '不要这份草稿了', en: 'give up the draft' },
  },
  phrases: {
    // What its button is called can be typed.
    words: ['标准 弃稿', '标准弃稿', '标准 撤回', '标准撤回', '标准 撤回草稿', 'standard drop'],
    read: kindOnly,
  },
  input: z.object(kindField),
  load: (tx, input) => draftMeant(tx, input, { command: 'drop-draft', input }),
  decide: (draft) => draft,
  save: async (tx, { edition }, { at }) => {
    await withdraw(tx, edition, at.today)
  },
  reply: ({ standard }, _facts, { say }) =>
    textCard(
      say(
        `已作废${titleOf(standard.kind, standard.version, say)}草稿，现行标准不变。`,
        `The draft is given up: ${titleOf(standard.kind, standard.version, say)}. The standard in force stays.`,
      ),
    ),
})
