import { SILENCES } from '../../core/outcome.ts'
import { type Fault, fault } from './fault.ts'
import { inOrder } from './outcome-rules.ts'
import { BUILT_IN, OTHER_REASONS, type Playbook, type PlaybookOutcome } from './rules.ts'

/** Codes that mean something else where the code of a kind stands. */
const TAKEN: readonly string[] = [...OTHER_REASONS, 'unsure']

/** What is wrong with the kinds of outcome, apart from the steps that follow them. */
export const outcomeFaults = (outcomes: Playbook['outcomes']): Fault[] => [
  ...missing(outcomes),
  ...inOrder(outcomes).flatMap(([code, kind]) => [...named(code), ...follows(code, kind)]),
  ...sharedWords(outcomes),
]

const missing = (outcomes: Playbook['outcomes']): Fault[] =>
  BUILT_IN.filter((code) => !outcomes[code]).map((code) =>
    fault(
      ['outcomes', code],
      `缺少"${code}"：这一种程序要用，可以改名，不能删`,
      `"${code}" is missing: the program needs it; rename it, but keep it`,
    ),
  )

const named = (code: string): Fault[] =>
  TAKEN.includes(code)
    ? [
        fault(
          ['outcomes', code, 'label', 'zh'],
          `代码"${code}"程序另有用处，请换一个`,
          `the code "${code}" means something else, take another`,
        ),
      ]
    : []

function follows(code: string, { stage, next, times, later, active }: PlaybookOutcome): Fault[] {
  const at = (key: string, zh: string, en: string) => [fault(['outcomes', code, key], zh, en)]
  if ((stage === 'barred') !== (code === SILENCES)) {
    return at(
      'stage',
      code === SILENCES
        ? '客户不愿再被联系，阶段只能是"禁止联系"'
        : '只有 do-not-contact 一种可以是"禁止联系"',
      code === SILENCES
        ? 'a client who is not to be contacted is barred'
        : 'only do-not-contact bars a client',
    )
  }
  if (!active && (BUILT_IN as readonly string[]).includes(code)) {
    return at(
      'active',
      '这一种程序要用，不能停用',
      'the program needs this one, so it stays in use',
    )
  }
  if (code === SILENCES && next) {
    return [
      fault(
        ['outcomes', code, 'next', 'kind'],
        '客户不愿再被联系，之后不能再排任务',
        'no task follows the wish not to be contacted',
      ),
    ]
  }
  if (code !== SILENCES && !next) {
    return [
      fault(
        ['outcomes', code, 'next', 'kind'],
        '登记之后没有下一步，客户会被忘掉；请写一种任务，或写"照料"',
        'it leads nowhere, and the client would be forgotten; name a task, or "care"',
      ),
    ]
  }
  if ((times === null) !== (later === null)) {
    return at(
      times === null ? 'times' : 'later',
      '"连续次数"和"之后"要么都写，要么都不写',
      'say both how many times and what comes later, or neither',
    )
  }
  return []
}

const plain = (word: string): string => word.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
/** A word stands for itself in a text: no numbers, which are tasks and amounts, and no marks. */
const WORD = /^[\p{Script=Han}]{2,}$|^[\p{Script=Latin}][\p{Script=Latin}'’ -]*[\p{Script=Latin}]$/u

function sharedWords(outcomes: Playbook['outcomes']): Fault[] {
  const owners = new Map<string, string>()
  return inOrder(outcomes).flatMap(([code, { label, words }]) =>
    (['zh', 'en'] as const).flatMap((language) =>
      [...new Set([label[language], ...words[language]])].flatMap((word, index): Fault[] => {
        const path = ['outcomes', code, index === 0 ? 'label' : 'words', language]
        if (!WORD.test(word)) {
          return [
            fault(
              path,
              `"${word}"不能当说法：两个字以上的词，不带数字和标点`,
              `"${word}" is no word to go by: two letters or more, no numbers, no marks`,
            ),
          ]
        }
        const owner = owners.get(plain(word))
        owners.set(plain(word), owner ?? code)
        return owner === undefined || owner === code
          ? []
          : [
              fault(
                path,
                `"${word}"已经是"${outcomes[owner]?.label.zh}"的说法`,
                `"${word}" means "${outcomes[owner]?.label.en}" already`,
              ),
            ]
      }),
    ),
  )
}
