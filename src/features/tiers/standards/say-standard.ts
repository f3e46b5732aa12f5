import { type Language, type Say, speaker } from '../../../core/text.ts'
import { INDUSTRIES } from '../../registers/industries.ts'
import { factLabel } from '../../tier-rules/facts.ts'
import { INDUSTRY_LABEL, sayFact } from '../../tier-rules/labels.ts'
import { markOf } from '../../tier-rules/marks.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import { type Condition, type Limit, limitOf, type Standard } from '../../tier-rules/standard.ts'

/** A condition in words: "净资产 ≥ 300万", "经营月数 ≥ 12 个月 且 固定住所". */
export function sayCondition(test: Condition, standard: Standard, language: Language): string {
  const say = speaker(language)
  const group = (parts: readonly Condition[], by: string) =>
    parts
      .map((part) => {
        const words = part.label?.[language] ?? sayCondition(part, standard, language)
        return 'all' in part || 'any' in part ? (part.label ? words : `(${words})`) : words
      })
      .join(by)
  if ('all' in test) return group(test.all, say(' 且 ', ' and '))
  if ('any' in test) return group(test.any, say(' 或 ', ' or '))
  if ('use' in test) return say(`条件组 ${test.use}`, `the condition ${test.use}`)
  if ('sum' in test) {
    const names = test.sum.map((name) => factLabel(name)[language]).join(' + ')
    const [first = 'savings'] = test.sum
    return `${names} ≥ ${sayFact(first, limitOf(test.atLeast, standard), say, language)}`
  }
  const { fact } = test
  const label = factLabel(fact)[language]
  const shown = (limit: Limit) => sayFact(fact, limitOf(limit, standard), say, language)
  if ('is' in test) return test.is ? label : say(`无 ${label}`, `no ${label}`)
  if ('oneOf' in test) {
    const words = test.oneOf.map((word) => sayFact(fact, word, say, language)).join('/')
    return say(`${label} 为 ${words}`, `${label} is ${words}`)
  }
  if ('between' in test) return `${label} ${test.between.map(shown).join('–')}`
  if ('atLeast' in test) return `${label} ≥ ${shown(test.atLeast)}`
  if ('atMost' in test) return `${label} ≤ ${shown(test.atMost)}`
  if ('above' in test) return `${label} > ${shown(test.above)}`
  return `${label} < ${shown(test.below)}`
}

/** A criterion by its limit where it has one, else as the standard calls it. */
export function sayCriterion(
  { label, test }: Standard['tiers'][number]['criteria'][number],
  standard: Standard,
  language: Language,
): string {
  const limited = 'fact' in test && !('is' in test) && !('oneOf' in test)
  return limited ? sayCondition(test, standard, language) : label[language]
}

/** The limit of a parameter as people say it: by the first fact that it limits. */
export function sayParam(name: string, standard: Standard, language: Language): string {
  const value = standard.params[name]?.value ?? Number.NaN
  const tests = [
    ...Object.values(standard.conditions),
    ...standard.tiers.flatMap(({ criteria }) => criteria.map(({ test }) => test)),
  ]
  const fact = tests.map((test) => limitedBy(name, test)).find((each) => each !== null)
  return fact ? sayFact(fact, value, speaker(language), language) : String(value)
}

type LimitedFact = Parameters<typeof sayFact>[0]

function limitedBy(name: string, test: Condition): LimitedFact | null {
  const parts = 'all' in test ? test.all : 'any' in test ? test.any : []
  const inside = parts.map((part) => limitedBy(name, part)).find((each) => each !== null)
  if (inside) return inside
  const { fact, sum, ...limits } = test as { fact?: LimitedFact; sum?: readonly LimitedFact[] }
  return Object.values(limits).includes(name) ? (fact ?? sum?.[0] ?? null) : null
}

/** Everything that a standard says, a line each, by what the line is about. */
function linesOf(standard: Standard, language: Language): Map<string, string> {
  const say = speaker(language)
  const { params, assumed, ages, industries, conditions, tiers, otherwise, ladder } = standard
  const joined = { all: say('全部满足', 'all of'), any: say('任一满足', 'any of') }
  return new Map([
    ...Object.entries(params).map(([name, { label }]): [string, string] => [
      `param ${name}`,
      `${label[language]} ${sayParam(name, standard, language)}`,
    ]),
    ...tiers.flatMap(({ tier, when, alsoAs, criteria }, place): [string, string][] => [
      [
        `tier ${tier}`,
        [
          say(`${place + 1}. ${tierLabel(tier, 'zh')}`, `${place + 1}. ${tierLabel(tier, 'en')}`),
          joined[when],
          alsoAs && say(`另须满足 ${alsoAs}`, `also as ${alsoAs}`),
        ]
          .filter(Boolean)
          .join(' · '),
      ],
      ...criteria.map((each): [string, string] => [
        `criterion ${tier} ${each.id}`,
        `${each.id} ${inBoth(each.label[language], sayCondition(each.test, standard, language), say)}`,
      ]),
    ]),
    ...Object.entries(conditions).map(([name, test]): [string, string] => [
      `condition ${name}`,
      `${say('条件组', 'condition')} ${name}${say('：', ': ')}${inFull(test, standard, language)}`,
    ]),
    ...Object.entries(assumed).map(([name, counts]): [string, string] => [
      `assumed ${name}`,
      say(
        `${factLabel(name as LimitedFact).zh} 未登记按${counts ? '是' : '否'}`,
        `${factLabel(name as LimitedFact).en} counts as ${counts ? 'yes' : 'no'} until recorded`,
      ),
    ]),
    ...Object.entries(ages).map(([name, age]): [string, string] => [
      `age ${name}`,
      'days' in age
        ? say(
            `${factLabel(name as LimitedFact).zh} ${age.days} 天内有效`,
            `${factLabel(name as LimitedFact).en} counts for ${age.days} days`,
          )
        : say(
            `${factLabel(name as LimitedFact).zh} ${age.months} 个月内有效`,
            `${factLabel(name as LimitedFact).en} counts for ${age.months} months`,
          ),
    ]),
    ...INDUSTRIES.map(({ code, name }): [string, string] => {
      const mark = markOf(code, industries)
      const label = mark ? INDUSTRY_LABEL[mark][language] : say('按大类', 'by division')
      return [`industry ${code}`, `${code} ${name} ${label}`]
    }),
    [
      'ladder',
      `${say('升级次序', 'ladder')} ${ladder.map((tier) => tierLabel(tier, language)).join(' < ')}`,
    ],
    [
      'otherwise',
      say(
        `其余 ${otherwise.none}，无法判定 ${otherwise.open}`,
        `the rest ${otherwise.none}, undetermined ${otherwise.open}`,
      ),
    ],
  ])
}

/** A label and what it stands for, once where they are the same. */
const inBoth = (label: string, words: string, say: Say): string =>
  label === words ? words : `${label}${say('：', ': ')}${words}`

/** Without the labels of its parts, which may hide what they ask for. */
function inFull(test: Condition, standard: Standard, language: Language): string {
  const bare = (each: Condition): Condition => {
    const { label: _, ...rest } = each
    if ('all' in rest) return { all: rest.all.map(bare) }
    return 'any' in rest ? { any: rest.any.map(bare) } : rest
  }
  return sayCondition(bare(test), standard, language)
}

/** What differs between two standards, a line each: "A5 净资产 ≥ 300万 → 500万", "+ …", "− …". */
export function differences(before: Standard, after: Standard, language: Language): string[] {
  const [old, now] = [linesOf(before, language), linesOf(after, language)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)]
    if (was === is) return []
    if (was === undefined) return [`+ ${is}`]
    return is === undefined ? [`− ${was}`] : [`${was} → ${shortened(was, is)}`]
  })
}

/** The new line without the words that both begin with. */
function shortened(was: string, is: string): string {
  const words = is.split(' ')
  const before = was.split(' ')
  const common = words.findIndex((word, place) => word !== before[place])
  return common > 0 ? words.slice(common).join(' ') : is
}
