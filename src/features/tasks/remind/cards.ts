import { type Language, speaker } from '../../../core/text.ts'
import type { Remindable, Reminded, WhyNot } from './rules.ts'

/** Who was reminded, and who was not and why. */
export function remindedSaid({ reminded, others, hour }: Reminded, language: Language): string {
  const say = speaker(language)
  const names = (people: readonly Remindable[]) =>
    people.map(({ name }) => name).join(say('、', ', '))
  const why: Readonly<Record<WhyNot, string>> = {
    reminded: say('今天已经提醒过', 'Reminded today already'),
    muted: say('静音，没有打扰', 'Muted, left alone'),
    off: say('今天休息', 'A day off'),
    'nothing-due': say('今天没有到期的', 'Nothing is due'),
    unreached: say('还没绑定聊天账号，请当面说', 'Without a chat account; tell them yourself'),
  }
  return [
    reminded.length > 0
      ? say(
          `已提醒 ${reminded.length} 人：${names(reminded)}。${hour ? `现在是免打扰时段，${hour} 发出。` : ''}`,
          `Reminded ${reminded.length}: ${names(reminded)}.${hour ? ` It is quiet now; it goes at ${hour}.` : ''}`,
        )
      : say('没有提醒谁。', 'Nobody was reminded.'),
    ...others.map(([reason, people]) =>
      say(`${why[reason]}：${names(people)}。`, `${why[reason]}: ${names(people)}.`),
    ),
  ].join('\n')
}
