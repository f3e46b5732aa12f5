import { sayPeriod } from '../../core/calendar/period.ts'
import type { OutcomeKinds } from '../../core/outcome.ts'
import { counted, type Language, type Say, speaker } from '../../core/text.ts'
import { productLabel } from '../catalogue/rules.ts'
import { sayFilter, type Wording } from '../clients/filter/labels.ts'
import { kindLabel, sourceLabel } from '../clients/labels.ts'
import type { ClientKind, ClientSource } from '../clients/rules.ts'
import type { TaskKind } from '../playbook/rules.ts'
import { outcomeLabel, taskLabel } from '../tasks/labels.ts'
import { tierLabel } from '../tier-rules/rules.ts'
import type { Grouping, Of, Question } from './rules.ts'

/** Whose view an answer is, where the question does not say. */
export interface Told extends Wording {
  readonly kinds: OutcomeKinds
  /** "我的", "一队的", "全行": what is counted where nobody else is named. */
  readonly reach: { readonly zh: string; readonly en: string }
}

/** How a question was understood: "A类 · 存量 · 我的客户". */
export function sayQuestion(question: Question, told: Told): string {
  const { language, today } = told
  const { of, when, sorts, where, none } = question
  const say = speaker(language)
  const due = of === 'tasks' && when === 'today'
  const parts = [
    ...sayFilter(where, told),
    ...(when === null
      ? []
      : [due ? say('今天到期和逾期', 'due today or overdue') : sayPeriod(when, today, language)]),
    ...(sorts.length > 0
      ? [sorts.map((sort) => sortLabel(of, sort, told)).join(say('、', ', '))]
      : []),
    none
      ? say(
          `${whoseLabel(question, told).replace(/的$/, '')}还没有${NOUN[of].zh}的`,
          `without ${NOUN[of].en}s, ${whoseLabel(question, told)}`,
        )
      : subject(question, told),
  ]
  return parts.join(' · ')
}

const NOUN: Readonly<
  Record<Of, { readonly zh: string; readonly en: string; readonly each: string }>
> = {
  clients: { zh: '客户', en: 'client', each: '户' },
  tasks: { zh: '任务', en: 'task', each: '件' },
  outcomes: { zh: '登记', en: 'entry', each: '次' },
  needs: { zh: '需求', en: 'need', each: '个' },
  referrals: { zh: '转介', en: 'referral', each: '位' },
}

function subject(question: Question, told: Told): string {
  const whose = whoseLabel(question, told)
  const { zh, en } = NOUN[question.of]
  if (told.language === 'zh') return `${whose}${zh}`
  const many = en === 'entry' ? 'entries' : `${en}s`
  return whose === told.reach.en ? `${whose} ${many}` : `${many} of ${whose}`
}

function whoseLabel({ whose }: Question, { reach, language }: Told): string {
  if (whose === null || typeof whose === 'string') return reach[language]
  const name = 'people' in whose ? whose.people.map((each) => each.name).join('、') : whose.name
  return language === 'zh' ? `${name}的` : name
}

/** "12 户", "3 tasks". */
export function sayCount(of: Of, count: number, language: Language): string {
  const { en, each } = NOUN[of]
  if (language === 'zh') return `${count} ${each}`
  return en === 'entry' ? `${count} ${count === 1 ? 'entry' : 'entries'}` : counted(count, en)
}

/** What a kind of outcome or task, the product of a need, or how far a referral came is called. */
export function sortLabel(
  of: Of,
  sort: string,
  { catalogue, kinds, language }: Pick<Told, 'catalogue' | 'kinds' | 'language'>,
): string {
  const say = speaker(language)
  switch (of) {
    case 'clients':
      return kindLabel(sort as ClientKind, language)
    case 'tasks':
      return taskLabel(sort as TaskKind, say)
    case 'outcomes':
      return sort === 'visit' ? say('走访', 'visit') : outcomeLabel(kinds, sort, say)
    case 'needs':
      return productLabel(catalogue, sort, language)
    case 'referrals':
      return referralLabel(sort, say)
  }
}

const referralLabel = (status: string, say: Say): string =>
  status === 'held'
    ? say('待审核', 'waits for review')
    : status === 'new'
      ? say('新到', 'new')
      : say('已受理', 'accepted')

/** What a part of a count is called; null: nobody recorded it. */
export function partLabel(of: Of, by: Grouping, key: string | null, told: Told): string {
  const { language } = told
  if (key === null) return speaker(language)('没有记录', 'not recorded')
  switch (by) {
    case 'tier':
      return tierLabel(key, language)
    case 'kind':
      return kindLabel(key as ClientKind, language)
    case 'source':
      return sourceLabel(key as ClientSource, language)
    case 'sort':
      return sortLabel(of, key, told)
    default:
      return key
  }
}
