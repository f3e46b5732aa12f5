/** That something is done, whatever it was: 都办好了, 搞定, done. */
export const FINISHED =
  '(?:已经?|都|全部?|刚){0,4}(?:(?:处理|[办做弄])(?:好|完|妥|掉)了?|[办做]了|搞定了?|完成了?|已办)|\\b(?:all )?(?:done|finished|completed|sorted)\\b'
const WORDS = new RegExp(FINISHED, 'gi')
/** That what a word says has been done: 送|到了, 已|取. */
const PERFECT = /已经?|[好完到过掉齐妥了]/g
const NOT_YET = /[没未不别]|还[要得]|\b(?:not|never|yet)\b|n't\b/i

/**
 * Whether words say that an errand is done: by a word for that (办好了), also beside words of what it is (合同 办好了), or
 * by its own words in the perfect (of 送合同: 合同送到了, 已送). With words of anything else they do not.
 */
export function isFinished(said: string, errand: string): boolean {
  if (NOT_YET.test(said)) return false
  const beside = said.replace(WORDS, ' ')
  const of = new Set(wordsOf(errand))
  const rest = wordsOf(beside.replace(PERFECT, ' '))
  const worded = beside !== said
  return (
    rest.every((word) => of.has(word)) && (worded || (rest.length > 0 && PERFECT_IN.test(said)))
  )
}
const PERFECT_IN = new RegExp(PERFECT.source)

/** A Chinese character, or a word of another script. */
const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []
