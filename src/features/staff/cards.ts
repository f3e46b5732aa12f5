import { CODE_HOURS } from '../../bot/inbox/sender/codes.ts'
import { type Card, textCard } from '../../core/card.ts'
import type { PostWay } from '../../core/gateways.ts'
import type { Text } from '../../core/text.ts'
import { type Language, speaker } from '../../core/text.ts'

const PLACE: Readonly<Record<PostWay, Text>> = {
  mail: { zh: '邮箱', en: 'mail address' },
  sms: { zh: '手机', en: 'phone' },
}

/** What the person gets at the address on file; `by` asked for it. */
export function codeToPersonCard(
  { name, code, by }: { readonly name: string; readonly code: string; readonly by: string },
  language: Language,
): Card {
  const say = speaker(language)
  return {
    title: say('聊天账号绑定码', 'The code for your chat account'),
    ...textCard(
      say(
        `${name}，您好：${by} 为您开通聊天账号。请在和机器人的单独对话里说"绑定 ${code}"，${CODE_HOURS} 小时内有效，只能用一次。不要告诉别人，也不要发到群里。不是您要开通的，不用理会，请告诉上级。`,
        `${name}: ${by} opens your chat account. Say "bind ${code}" to the bot in a direct chat, within ${CODE_HOURS} hours, once. Tell nobody, and never say it in a group. If you do not want an account, let it be and tell whoever is above you.`,
      ),
    ),
  }
}

/** What the issuer hears where the code went to the person, and does not stand in the answer. */
export function codeSentCard(
  { name, code, sent }: { name: string; code: string; sent: { way: PostWay; hint: string } },
  language: Language,
): Card {
  const say = speaker(language)
  const place = PLACE[sent.way]
  return textCard(
    say(
      `绑定码已发到 ${name} 登记的${place.zh} ${sent.hint}，${CODE_HOURS} 小时内有效，只能用一次；码只给本人，这里不显示。没收到，再发一次"开通 ${code}"；${place.zh}不对，请先让管理员改登记。`,
      `The code went to the ${place.en} of ${name} on file, ${sent.hint}: good for ${CODE_HOURS} hours, once. It is for them alone and not shown here. If it does not arrive, say "enrol ${code}" again; if the ${place.en} is wrong, have the administrator mend it first.`,
    ),
  )
}

/** What the issuer hears where nothing else reaches the person: they hand the code over. */
export function codeToHandOverCard(
  { name, chatCode }: { readonly name: string; readonly chatCode: string },
  language: Language,
): Card {
  return textCard(
    speaker(language)(
      `请把绑定码 **${chatCode}** 交给 ${name}，让其在单独对话里对我说"绑定 ${chatCode}"。${CODE_HOURS} 小时内有效，只能用一次；不要发到群里。`,
      `Give ${name} the code **${chatCode}**; they say "bind ${chatCode}" to me in a direct chat. Good for ${CODE_HOURS} hours, once; never in a group.`,
    ),
  )
}
