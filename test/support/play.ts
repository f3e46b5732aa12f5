import { expect } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { push } from '../../src/features/tasks/list/push-morning.ts'
import type { Bank } from './bank.ts'

/**
 * Plays a transcript against a bank. `M1> text` says a line, `M1> [label]` presses a button of the
 * last card; the lines below must stand in the answer, in that order. `@ time` sets the clock,
 * `push` runs the morning push, and `M1<` shows what that person was told without asking. With
 * `whole`, a line of an answer that the transcript does not mention fails too.
 */
export async function play(
  bank: Bank,
  transcript: string,
  { whole = false }: { readonly whole?: boolean } = {},
): Promise<void> {
  let answer = ''
  let from = 0
  let mentioned = new Set<number>()

  const end = () => {
    if (!whole) return
    const surplus = answer.split('\n').filter((line, place) => line.trim() && !mentioned.has(place))
    expect(surplus, `not mentioned, in:\n${answer}`).toEqual([])
  }
  const begin = (text: string) => {
    end()
    answer = text
    from = 0
    mentioned = new Set()
  }

  for (const line of transcript.split('\n').map((each) => each.trim())) {
    if (!line) continue
    const said = line.match(/^(\w+)> (.+)$/)
    const time = line.match(/^@ (.+)$/)
    const told = line.match(/^(\w+)<$/)
    if (time?.[1]) bank.setClock(time[1])
    else if (line === 'push')
      await push(bank.app.services, bank.app.services.moment(), { dryRun: false })
    else if (said) {
      const [, code = '', text = ''] = said
      const button = text.match(/^\[(.+)\]$/)?.[1]
      const cards = button
        ? await bank.press(code, button)
        : await bank.say(code, text.replaceAll('⏎', '\n'))
      begin(cards.map(render).join('\n'))
    } else if (told) {
      const news = await bank.told()
      begin(
        news
          .filter(({ code }) => code === told[1])
          .map(({ text }) => text)
          .join('\n'),
      )
    } else {
      const at = answer.indexOf(line, from)
      expect(at, `"${line}" in:\n${answer}`).toBeGreaterThanOrEqual(0)
      mentioned.add(answer.slice(0, at).split('\n').length - 1)
      from = at + line.length
    }
  }
  end()
}
