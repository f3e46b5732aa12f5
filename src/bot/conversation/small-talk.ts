import type { Block, Card } from '../../core/card.ts'
import { textCard } from '../../core/card.ts'
import type { Say } from '../../core/text.ts'
import type { Command } from '../command.ts'
import { normalise } from '../grammar/normalise.ts'

/** What calls for a word back, and says nothing to be done. */
export type SmallTalk = 'greeting' | 'thanks' | 'assent' | 'farewell'

const WORDS: readonly (readonly [SmallTalk, RegExp])[] = [
  [
    'greeting',
    /^(?:你好|您好|早|早安|早[啊呀]|早上好[啊呀]?|上午好|中午好|下午好|晚上好|(?:大家|各位)(?:好|早|早上好|下午好)|嗨|哈[喽啰]|在吗|在不在|hi|hello|hey|morning|good (?:morning|afternoon|evening))$/i,
  ],
  [
    'thanks',
    /^(?:谢谢(?:你|您|了|啦|哈)?|谢了|多谢|感谢|辛苦了?|thanks?(?: you)?(?: a lot| so much| very much)?|thx|ty|cheers)$/i,
  ],
  [
    'farewell',
    /^(?:再见|拜拜|晚安|明天见|下班[了啦]?|收工[了啦]?|(?:good ?)?bye(?: bye)?|good night|see you(?: tomorrow)?|cya)$/i,
  ],
  [
    'assent',
    /^(?:好|好了|好的|好滴|好吧|好嘞|行|行吧|可以|嗯+|恩+|哦|噢|收到|知道了|明白了?|了解|没问题|ok(?:ay)?|k|yes|yep|sure|got it|great|👌|👍|🙏)$/iu,
  ],
]

/** Which small talk all of a line is, of several (好的谢谢) the last; null: none. */
export function smallTalk(typed: string): SmallTalk | null {
  const said = normalise(typed).replace(/[\s.,!?。~、]+$/, '')
  const whole = kindOf(said)
  if (whole || said.length > MOST_TALK) return whole
  for (let end = said.length - 1; end > 0; end--) {
    const last = kindOf(said.slice(end).replace(/^[\s,.!。~、]+/, ''))
    if (last && smallTalk(said.slice(0, end))) return last
  }
  return null
}

/** Longer than people greet and thank in one. */
const MOST_TALK = 30

const kindOf = (said: string): SmallTalk | null =>
  WORDS.find(([, words]) => words.test(said))?.[0] ?? null

/** A word back; to a greeting with the way to the day's work. */
export function smallTalkCard(talk: SmallTalk, sayable: readonly Command[], say: Say): Card {
  if (talk === 'thanks') return textCard(say('不客气。', 'You are welcome.'))
  if (talk === 'farewell') return textCard(say('辛苦了，再见。', 'Goodbye.'))
  if (talk === 'assent') return textCard(say('好的。', 'Good.'))
  const today = sayable.some(({ name }) => name === 'today')
  const ways: Block = {
    kind: 'buttons',
    buttons: [
      ...(today ? [{ label: say('今日', 'Today'), intent: { command: 'today', input: {} } }] : []),
      { label: say('帮助', 'Help'), intent: { command: 'help', input: {} } },
    ],
  }
  return today
    ? textCard(say('您好。发"今日"看今天的任务。', 'Hello. Say "today" for your tasks.'), ways)
    : textCard(say('您好。发"帮助"看可以说什么。', 'Hello. Say "help" for what you can say.'), ways)
}
