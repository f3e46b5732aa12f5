import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { saidDay } from '../../../bot/grammar/day.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { type Edition, mayPublish } from '../../editions/rules.ts'
import { latest, markDryRun, publish, withdraw } from '../../editions/store.ts'
import type { Body } from '../../playbook/cells/values-rules.ts'
import { changesOf, foreseenCard } from './cards.ts'
import { type Desk, openDesk } from './check.ts'
import { type Foreseen, foresee } from './foresee.ts'
import * as policy from './policy.ts'
import { wordsOf } from './show-playbook.ts'

const NO_DRAFT = refuse(
  '现在没有打法草稿。先"打法 导出"改好发回，或者说"打法 A 电话间隔 10"。',
  'There is no draft. "playbook export" gives a workbook to change and send back, or say "playbook A call every 10".',
)

interface Tried {
  readonly draft: Edition
  readonly before: Body
  readonly after: Body
  readonly foreseen: Foreseen
}

/** How many tasks more or fewer the draft makes over four weeks, by kind and manager. */
export const tryPlaybook = command<unknown, Tried, Tried>({
  name: 'try-playbook',
  concurrency: 'long',
  may: policy.editPlaybook,
  help: {
    usage: { zh: '打法 试算', en: 'playbook dry run' },
    purpose: {
      zh: '草稿在 4 周里会多排、少排多少任务',
      en: 'how many tasks more or fewer the draft makes in 4 weeks',
    },
  },
  phrases: { words: wordsOf('试算', 'dry run', 'try'), read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { at }) {
    const { draft, draftBody, follows } = await openDesk(tx, at.today)
    if (!draft || !draftBody) return NO_DRAFT
    return {
      draft,
      before: follows,
      after: draftBody,
      foreseen: await foresee(tx, follows, draftBody, at),
    }
  },
  decide: (tried) => tried,
  save: (tx, { draft, foreseen }, { at }) => {
    const { kinds, until } = foreseen
    return markDryRun(tx, draft, { kinds, until }, at.now)
  },
  reply: ({ before, after, foreseen }, _facts, { at, who }) =>
    foreseenCard(foreseen, changesOf(before, after), at, who.language),
})

interface Ready {
  readonly draft: Edition
  readonly latestFrom: Day | null
}

/** The draft comes into force, by somebody who did not edit it. */
export const publishPlaybook = command<{ from: Day | null }, Ready, Ready & { readonly from: Day }>(
  {
    name: 'publish-playbook',
    may: policy.publishPlaybook,
    help: {
      usage: { zh: '打法 发布 12月1日', en: 'playbook publish 1 Dec' },
      purpose: {
        zh: '发布试算过的草稿，由没改过它的同事',
        en: 'publish a dry-run draft that you did not edit',
      },
    },
    phrases: {
      words: wordsOf('发布', 'publish'),
      read(rest, at) {
        if (!rest) return { kind: 'understood', input: { from: at.workdays.next(at.today) } }
        const taken = saidDay(rest, at)
        if (taken && 'day' in taken) return { kind: 'understood', input: { from: taken.day } }
        const question = {
          zh: '哪一天起生效？比如 12月1日。',
          en: 'In force from which day? For example 1 Dec.',
        }
        return { kind: 'asks', input: {}, doubts: [{ question, slots: ['from'], expects: 'day' }] }
      },
    },
    input: z.object({ from: dayField }),
    async load(tx, _input, { at }) {
      const { draft } = await openDesk(tx, at.today)
      return draft ? { draft, latestFrom: (await latest(tx, 'playbook')).effectiveFrom } : NO_DRAFT
    },
    decide({ draft, latestFrom: latest }, { from }, { who, at }) {
      const effectiveFrom = from ?? at.workdays.next(at.today)
      const asked = { who, effectiveFrom, today: at.today, latestFrom: latest }
      return mayPublish(draft, asked) ?? { draft, latestFrom: latest, from: effectiveFrom }
    },
    async save(tx, { draft, from }, { who, at, momentChanged }) {
      await publish(tx, draft, from, who, at.now)
      // Its kinds of outcome.
      momentChanged()
    },
    reply: ({ draft, from }, _facts, { at, who, say }) =>
      textCard(
        say(
          `已发布打法第 ${draft.version} 版，${sayDay(from, at.today, who.language)}起生效。`,
          `Version ${draft.version} of the playbook is published, in force from ${sayDay(from, at.today, who.language)}.`,
        ),
      ),
  },
)

/** Gives the draft up; it stays readable. */
export const dropPlaybook = command<unknown, Desk, Edition>({
  name: 'drop-playbook',
  may: policy.editPlaybook,
  help: {
    usage: { zh: '打法 撤回', en: 'playbook drop' },
    purpose: { zh: '放弃打法草稿', en: 'give up the draft' },
  },
  phrases: { words: wordsOf('撤回', '撤回草稿', '放弃', 'drop'), read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, { at }) => openDesk(tx, at.today),
  decide: ({ draft }) => draft ?? NO_DRAFT,
  async save(tx, draft, { at }) {
    await withdraw(tx, draft, at.today)
  },
  reply: (_draft, _desk, { say }) => textCard(say('打法草稿已撤回。', 'The draft was dropped.')),
})
